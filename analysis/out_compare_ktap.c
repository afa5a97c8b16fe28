// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison as KTAP version 1, for LAVA and KernelCI: a test a gated figure, what
 * was found in the lines above it. See Documentation/dev-tools/ktap.rst in the kernel.
 */
#include <stdlib.h>

#include "ktap.h"
#include "out_compare.h"
#include "told.h"

static void ktap_id(const struct ktb_quantity *quantity, json_t *names,
		    FILE *to)
{
	const bool is_of_cpu = quantity->cpu != KTB_QUANTITY_ALL_CPUS;
	char cpu[32] = "";
	char *id;

	if (is_of_cpu)
		snprintf(cpu, sizeof(cpu), ".cpu%d", quantity->cpu);
	if (asprintf(&id, "%s.%s%s%s.%s%s", quantity->job, quantity->cell,
		     *quantity->cell ? "." : "", quantity->metric,
		     ktb_quantile_name(quantity->quantile), cpu) < 0)
		return;
	ktb_ktap_name(names, id, to);
	free(id);
}

static void ktap_case(const struct ktb_comparison *comparison,
		      const struct ktb_quantity *quantity, size_t number,
		      json_t *names, FILE *to)
{
	const struct ktb_told effect = ktb_told_effect(comparison, quantity);
	const bool is_bad = quantity->verdict == KTB_VERDICT_REGRESSED ||
			    quantity->verdict == KTB_VERDICT_NONE;
	struct ktb_told told;
	size_t at = 0;

	fprintf(to, "# %s: %s%s%s\n", ktb_told_name(quantity).s,
		ktb_quantity_verdict_name(quantity->verdict),
		*effect.s ? ", " : "", effect.s);
	while (ktb_told_note(comparison, quantity, &at, &told))
		fprintf(to, "#   %s\n", told.s);
	fprintf(to, "%sok %zu ", is_bad ? "not " : "", number);
	ktap_id(quantity, names, to);
	if (quantity->verdict == KTB_VERDICT_NOISY)
		fprintf(to, " # SKIP too noisy: needs %s",
			ktb_told_boots(quantity->boots_needed).s);
	fputc('\n', to);
}

static void ktap_rest(const struct ktb_comparison *comparison, FILE *to)
{
	struct ktb_told_walk walk = { .comparison = comparison };
	const struct ktb_quantity *quantity;
	const size_t left = ktb_told_left(comparison);

	fprintf(to, "# %s\n", ktb_told_rest(comparison).s);
	while ((quantity = ktb_told_walk_changed(&walk)))
		fprintf(to, "# %s: %s, %s\n", ktb_told_name(quantity).s,
			ktb_quantity_verdict_name(quantity->verdict),
			ktb_told_effect(comparison, quantity).s);
	if (left)
		fprintf(to, "# and %zu more that have changed\n", left);
}

void ktb_out_compare_ktap(const struct ktb_comparison *comparison, FILE *to)
{
	struct ktb_told_walk walk = { .comparison = comparison,
				      .is_gated = true };
	const struct ktb_quantity *quantity;
	const size_t nr = ktb_told_gated(comparison);
	const struct ktb_differences *differences = &comparison->differences;
	json_t *names = json_object();
	size_t number = 0, i;

	fprintf(to, "KTAP version 1\n1..%zu\n", nr ? nr : 1);
	ktb_told_head(comparison, "# ", to);
	for (i = 0; i < differences->nr; i++)
		fprintf(to, "# differs: %s\n",
			ktb_told_difference(&differences->items[i]).s);
	while ((quantity = ktb_told_walk(&walk)))
		ktap_case(comparison, quantity, ++number, names, to);
	/* An empty plan would pass. */
	if (!nr)
		fputs("not ok 1 no_figure_is_gated\n", to);
	json_decref(names);
	ktap_rest(comparison, to);
}
