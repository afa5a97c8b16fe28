// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison in words: what is said of one figure. Each clause is a function that
 * leaves the text empty where there is nothing to say.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "schedule.h"
#include "told.h"

#define SAY(told, ...) snprintf((told)->s, sizeof((told)->s), __VA_ARGS__)

/* The difference in the figure's own unit, with a sign. */
static struct ktb_text told_difference(const struct ktb_quantity *quantity)
{
	const double step = quantity->center[1] - quantity->center[0];
	struct ktb_text text = { "" }, size;

	if (!isfinite(step) || fabs(step) > 9e18)
		return text;
	size = ktb_scale_text(quantity->scale, llround(fabs(step)));
	snprintf(text.s, sizeof(text.s), "%c%.60s", step > 0 ? '+' : '-',
		 size.s);
	return text;
}

struct ktb_told ktb_told_effect(const struct ktb_comparison *comparison,
				const struct ktb_quantity *quantity)
{
	const struct ktb_text change =
		ktb_told_percent(ktb_told_change(comparison, quantity));
	struct ktb_told told = { "" };
	struct ktb_text low, high;

	if (quantity->verdict == KTB_VERDICT_NONE)
		return told;
	if (ktb_told_is_exact(comparison) &&
	    quantity->center[0] == quantity->center[1]) {
		SAY(&told, "the same");
		return told;
	}
	if (ktb_told_is_exact(comparison)) {
		SAY(&told, *change.s ? "%s (%s)" : "%s",
		    told_difference(quantity).s, change.s);
		return told;
	}
	if (!*change.s)
		return told;
	low = ktb_told_percent(ktb_effect_percent(quantity->low));
	high = ktb_told_percent(ktb_effect_percent(quantity->high));
	SAY(&told, *low.s && *high.s ? "%s [%s, %s]" : "%s", change.s, low.s,
	    high.s);
	return told;
}

static void told_centers(const struct ktb_comparison *comparison,
			 const struct ktb_quantity *quantity,
			 struct ktb_told *told)
{
	const struct ktb_text a = ktb_told_center(quantity, 0);
	const struct ktb_text b = ktb_told_center(quantity, 1);
	const struct ktb_text shift =
		ktb_told_percent(ktb_effect_percent(quantity->effect.shift));

	if (quantity->verdict == KTB_VERDICT_NONE || !*a.s || !*b.s)
		return;
	if (ktb_told_is_exact(comparison))
		SAY(told, "%s -> %s %s, least %s -> %s", a.s, b.s,
		    ktb_scale_label(quantity->scale,
				    ktb_scale_divisor(quantity->scale, 1)),
		    ktb_scale_text(quantity->scale, llround(quantity->least[0]))
			    .s,
		    ktb_scale_text(quantity->scale, llround(quantity->least[1]))
			    .s);
	else
		SAY(told,
		    *shift.s ? "%s -> %s, Hodges-Lehmann shift %s" : "%s -> %s",
		    a.s, b.s, shift.s);
}

static void told_tests(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity,
		       struct ktb_told *told)
{
	const struct ktb_effect *effect = &quantity->effect;
	const struct ktb_text p = ktb_told_p(quantity->p);
	const struct ktb_text drawn = ktb_told_p(effect->p_permutation);

	if (quantity->verdict == KTB_VERDICT_NONE ||
	    ktb_told_is_exact(comparison) || !*p.s || !*drawn.s)
		return;
	SAY(told, "p %s, adjusted by %s; %s by permutation, %s", p.s,
	    quantity->is_gated ? "Holm" : "Benjamini-Hochberg", drawn.s,
	    effect->is_permutation_exact ? "exact" : "of 9,999 drawn");
}

static void told_noise(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity,
		       struct ktb_told *told)
{
	const double *sd = quantity->effect.sd;

	if (quantity->verdict == KTB_VERDICT_NONE ||
	    ktb_told_is_exact(comparison) ||
	    !isfinite(sd[0] + sd[1] + quantity->delta + quantity->margin))
		return;
	SAY(told,
	    "sd between boots %.2f %% and %.2f %%; delta %.2f %%, margin %.2f %%",
	    ktb_effect_percent(sd[0]), ktb_effect_percent(sd[1]),
	    ktb_effect_percent(quantity->delta),
	    ktb_effect_percent(quantity->margin));
}

static void told_counts(const struct ktb_comparison *comparison,
			const struct ktb_quantity *quantity,
			struct ktb_told *told)
{
	if (ktb_told_is_exact(comparison))
		return;
	SAY(told,
	    "boots %zu and %zu, n %s and %s, lost %s and %s, missed %s and %s",
	    quantity->nr[0], quantity->nr[1],
	    ktb_scale_count(ktb_told_samples(quantity, 0)).s,
	    ktb_scale_count(ktb_told_samples(quantity, 1)).s,
	    ktb_scale_count(quantity->lost[0]).s,
	    ktb_scale_count(quantity->lost[1]).s,
	    ktb_scale_count(quantity->missed[0]).s,
	    ktb_scale_count(quantity->missed[1]).s);
}

static void told_schedule(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *quantity,
			  struct ktb_told *told)
{
	const bool *of = quantity->is_of_served;

	if (of[0] || of[1])
		SAY(told, "%s: those of %s", KTB_SCHEDULE_OF_SERVED,
		    of[0] && of[1] ? "A and B" :
		    of[0]	   ? "A" :
				     "B");
}

static void told_needed(const struct ktb_comparison *comparison,
			const struct ktb_quantity *quantity,
			struct ktb_told *told)
{
	if (quantity->verdict != KTB_VERDICT_NOISY)
		return;
	SAY(told, "too noisy: needs %s",
	    ktb_told_boots(quantity->boots_needed).s);
}

bool ktb_told_is_partial(const struct ktb_comparison *comparison,
			 const struct ktb_quantity *quantity)
{
	return !ktb_told_is_exact(comparison) && !*quantity->reason &&
	       (quantity->nr[0] < comparison->used[0] ||
		quantity->nr[1] < comparison->used[1]);
}

static void told_partial(const struct ktb_comparison *comparison,
			 const struct ktb_quantity *quantity,
			 struct ktb_told *told)
{
	if (ktb_told_is_partial(comparison, quantity))
		SAY(told,
		    "not all boots have it, or samples enough: %zu of %zu of A, %zu of %zu of B",
		    quantity->nr[0], comparison->used[0], quantity->nr[1],
		    comparison->used[1]);
}

static void told_cpu(const struct ktb_comparison *comparison,
		     const struct ktb_quantity *quantity, struct ktb_told *told)
{
	const struct ktb_quantity *worst;

	if (!quantity->is_gated || !ktb_told_is_change(quantity) ||
	    quantity->cpu != KTB_QUANTITY_ALL_CPUS)
		return;
	worst = ktb_compare_worst_cpu(comparison, quantity);
	if (worst)
		SAY(told, "most of it on CPU %d: %.200s", worst->cpu,
		    ktb_told_effect(comparison, worst).s);
}

static void told_modes(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity,
		       struct ktb_told *told)
{
	size_t side, at = 0;

	if (ktb_told_is_exact(comparison))
		return;
	for (side = 0; side < 2; side++)
		if (quantity->modes[side])
			at += (size_t)snprintf(
				told->s + at, sizeof(told->s) - at,
				"%sboots of %c fall into two groups: %zu of %zu in the lower one",
				at ? "; " : "", "AB"[side],
				quantity -> modes[side], quantity -> nr[side]);
}

static void told_reason(const struct ktb_comparison *comparison,
			const struct ktb_quantity *quantity,
			struct ktb_told *told)
{
	if (*quantity->reason)
		*told = ktb_told_clean(quantity->reason,
				       sizeof(quantity->reason));
}

bool ktb_told_note(const struct ktb_comparison *comparison,
		   const struct ktb_quantity *quantity, size_t *at,
		   struct ktb_told *told)
{
	static void (*const notes[])(const struct ktb_comparison *comparison,
				     const struct ktb_quantity *quantity,
				     struct ktb_told *told) = {
		told_reason, told_schedule, told_needed,  told_partial,
		told_cpu,    told_modes,    told_centers, told_tests,
		told_noise,  told_counts,
	};

	for (told->s[0] = '\0'; *at < sizeof(notes) / sizeof(notes[0]);) {
		notes[(*at)++](comparison, quantity, told);
		if (*told->s)
			return true;
	}
	return false;
}
