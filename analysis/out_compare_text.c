// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison on the terminal: the verdict, what was compared, a line a gated figure,
 * the worst first, and below those that have changed all that was found; of the rest
 * what has changed. Everything of each is in the other formats.
 */
#include "out_changes.h"
#include "out_compare.h"
#include "told.h"

static void text_differences(const struct ktb_comparison *comparison, FILE *to)
{
	const struct ktb_differences *differences = &comparison->differences;
	size_t i;

	if (!differences->nr) {
		fputs("\nThe environments do not differ.\n", to);
		return;
	}
	fputs("\nWhat differs between the environments:\n", to);
	for (i = 0; i < differences->nr; i++)
		fprintf(to, "  %s\n",
			ktb_told_difference(&differences->items[i]).s);
}

static void text_line(const struct ktb_comparison *comparison,
		      const struct ktb_quantity *quantity, FILE *to)
{
	const struct ktb_told effect = ktb_told_effect(comparison, quantity);

	fprintf(to, "  %-10s  %s%s%s",
		ktb_quantity_verdict_name(quantity->verdict),
		ktb_told_name(quantity).s, *effect.s ? "  " : "", effect.s);
	if (quantity->verdict == KTB_VERDICT_NOISY)
		fprintf(to, "; needs %s",
			ktb_told_boots(quantity->boots_needed).s);
	fputc('\n', to);
}

static bool text_wants_notes(const struct ktb_comparison *comparison,
			     const struct ktb_quantity *quantity)
{
	return ktb_told_is_change(quantity) ||
	       ktb_told_is_partial(comparison, quantity) ||
	       quantity->is_of_served[0] || quantity->is_of_served[1] ||
	       quantity->verdict == KTB_VERDICT_NONE;
}

static void text_gated(const struct ktb_comparison *comparison, FILE *to)
{
	struct ktb_told_walk walk = { .comparison = comparison,
				      .is_gated = true };
	const struct ktb_quantity *quantity;
	struct ktb_told told;
	size_t at;

	fputs("\nGated figures, B against A:\n", to);
	while ((quantity = ktb_told_walk(&walk))) {
		text_line(comparison, quantity, to);
		for (at = 0; text_wants_notes(comparison, quantity) &&
			     ktb_told_note(comparison, quantity, &at, &told);)
			fprintf(to, "              %s\n", told.s);
	}
}

static void text_rest(const struct ktb_comparison *comparison, FILE *to)
{
	struct ktb_told_walk walk = { .comparison = comparison };
	const struct ktb_quantity *quantity;
	const size_t left = ktb_told_left(comparison);

	fprintf(to, "\n%s.\n", ktb_told_rest(comparison).s);
	while ((quantity = ktb_told_walk_changed(&walk)))
		text_line(comparison, quantity, to);
	if (left)
		fprintf(to, "  and %zu more that have changed\n", left);
}

void ktb_out_compare_text(const struct ktb_comparison *comparison, FILE *to)
{
	ktb_told_head(comparison, "", to);
	if (ktb_told_is_exact(comparison)) {
		fputc('\n', to);
		ktb_out_changes(&comparison->changes, to);
		return;
	}
	text_gated(comparison, to);
	text_rest(comparison, to);
	text_differences(comparison, to);
}
