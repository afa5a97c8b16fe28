// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rule, applied to figures. It may not know where readings are from.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"
#include "judge.h"

#define PPM	       1e6

/* Of figures that decide on nothing the permutation test may be a rough one. */
#define REST_DEALS_MAX 20000

/**
 * struct logs - readings as logarithms
 * @log: A's, then B's; one block
 * @side: both
 */
struct logs {
	double *log;
	struct ktb_readings side[2];
};

static void refuse(struct ktb_quantity *quantity, const char *why)
{
	snprintf(quantity->reason, sizeof(quantity->reason), "%s", why);
}

/* Fills @reason where there is nothing to compare. */
static void examine(struct ktb_quantity *quantity)
{
	size_t side, i;

	if (*quantity->reason)
		return;
	for (side = 0; side < 2; side++) {
		if (quantity->lost[side]) {
			snprintf(
				quantity->reason, sizeof(quantity->reason),
				"%c lost %" PRIu64
				" samples of it, and nobody knows how large they were",
				"AB"[side], quantity -> lost[side]);
			return;
		}
		if (quantity->nr[side] < 2) {
			snprintf(
				quantity->reason, sizeof(quantity->reason),
				"%c has %s with this figure; two a side tell what the noise is, %zu find a change of twice the noise",
				"AB"[side],
				quantity -> nr[side] ? "one boot" : "no boot",
				ktb_effect_boots(1, 2, KTB_JUDGE_ALPHA));
			return;
		}
		for (i = 0; i < quantity->nr[side]; i++)
			if (!(quantity->readings[side][i].value > 0))
				refuse(quantity,
				       "a reading is not above zero, and has no ratio");
	}
}

static bool take_logs(struct logs *logs, const struct ktb_quantity *quantity)
{
	const size_t nr = quantity->nr[0] + quantity->nr[1];
	double *at = malloc(nr * sizeof(*at));
	size_t side, i;

	logs->log = at;
	if (!at)
		return false;
	for (side = 0; side < 2; side++) {
		logs->side[side].log = at;
		logs->side[side].nr = quantity->nr[side];
		for (i = 0; i < quantity->nr[side]; i++)
			*at++ = log(quantity->readings[side][i].value);
	}
	return true;
}

/* exp(mean log) of each side. */
static void center(struct ktb_quantity *quantity, const struct logs *logs)
{
	const struct ktb_readings *side;
	size_t i, k;
	double sum;

	for (i = 0; i < 2; i++) {
		side = &logs->side[i];
		for (sum = 0, k = 0; k < side->nr; k++)
			sum += side->log[k];
		quantity->center[i] = exp(sum / (double)side->nr);
	}
}

/* What the clock cannot tell apart, in logarithms. */
static double resolution(const struct ktb_quantity *quantity)
{
	return log1p(quantity->step /
		     fmin(quantity->center[0], quantity->center[1]));
}

static bool estimate(struct ktb_quantity *quantity, const struct ktb_rule *rule)
{
	struct logs logs;
	double split;
	bool is_good;
	size_t i;

	if (!take_logs(&logs, quantity))
		return false;
	center(quantity, &logs);
	is_good = ktb_effect_make(&quantity->effect, logs.side,
				  resolution(quantity));
	if (is_good && !rule->is_quick)
		is_good = ktb_effect_permute(&quantity->effect, logs.side,
					     quantity->is_gated ?
						     KTB_EFFECT_DEALS_MAX :
						     REST_DEALS_MAX,
					     rule->seed);
	for (i = 0; i < 2; i++)
		quantity->modes[i] = ktb_effect_modes(&logs.side[i], &split);
	free(logs.log);
	return is_good;
}

static double within(double value, double least, double most)
{
	return fmin(fmax(value, least), most);
}

/* No change that the clock cannot tell is called one, whatever was declared. */
static void set_limits(struct ktb_quantity *quantity)
{
	const double least = log1p(KTB_JUDGE_AUTO_LEAST);
	const double most = log1p(KTB_JUDGE_AUTO_MOST);
	const double *sd = quantity->effect.sd;
	const double noise = fmin(sd[0], sd[1]);

	if (quantity->delta_ppm == KTB_QUANTITY_AUTO) {
		quantity->delta = within(noise, least, most);
		quantity->margin = within(2 * noise, least, most);
	} else {
		quantity->delta = log1p((double)quantity->delta_ppm / PPM);
		quantity->margin = quantity->delta;
	}
	quantity->delta = fmax(quantity->delta, resolution(quantity));
}

/*
 * Of an effect as large as it is now, or of the margin's rest if it seems to be none;
 * half the margin at least, since what is left of it is chance as well.
 */
static size_t boots_needed(const struct ktb_quantity *quantity)
{
	const struct ktb_effect *effect = &quantity->effect;
	const double sd = hypot(effect->sd[0], effect->sd[1]) / M_SQRT2;
	const double size = fabs(effect->estimate);
	const double rest = fmax(quantity->margin - size, quantity->margin / 2);
	const size_t now = quantity->nr[0] < quantity->nr[1] ? quantity->nr[0] :
							       quantity->nr[1];
	const size_t boots = ktb_effect_boots(
		sd, size > quantity->delta ? size : rest, quantity->alpha);

	/* It is there, and the clock too coarse to call it one: no boots help. */
	if ((quantity->low > 0 || quantity->high < 0) &&
	    size >= quantity->margin && size <= quantity->delta)
		return SIZE_MAX;
	return boots > now ? boots : now + 1;
}

static enum ktb_verdict judge(const struct ktb_quantity *quantity, double alpha)
{
	const double estimate = quantity->effect.estimate;

	if (quantity->p <= alpha && fabs(estimate) > quantity->delta)
		return (estimate > 0) != quantity->is_rate ?
			       KTB_VERDICT_REGRESSED :
			       KTB_VERDICT_IMPROVED;
	if (quantity->low > -quantity->margin &&
	    quantity->high < quantity->margin)
		return KTB_VERDICT_UNCHANGED;
	return KTB_VERDICT_NOISY;
}

static void conclude(struct ktb_quantity *quantity,
		     const struct ktb_adjusted *adjusted, double alpha)
{
	double half;

	quantity->p = adjusted->p;
	quantity->alpha = alpha * adjusted->share;
	half = ktb_effect_half_width(&quantity->effect, quantity->alpha);
	quantity->low = quantity->effect.estimate - half;
	quantity->high = quantity->effect.estimate + half;
	set_limits(quantity);
	quantity->verdict = judge(quantity, alpha);
	if (quantity->verdict == KTB_VERDICT_NOISY)
		quantity->boots_needed = boots_needed(quantity);
}

/* Those that are gated, or those that are not: a family of its own. */
static bool judge_family(struct ktb_quantity *quantities, size_t nr,
			 bool is_gated, double alpha)
{
	struct ktb_adjusted *adjusted = malloc((nr + 1) * sizeof(*adjusted));
	double *p = malloc((nr + 1) * sizeof(*p));
	size_t members = 0, i;
	bool is_good = p && adjusted;

	for (i = 0; is_good && i < nr; i++)
		if (quantities[i].is_gated == is_gated &&
		    !*quantities[i].reason)
			p[members++] = quantities[i].effect.p;
	if (is_good)
		is_good = is_gated ? ktb_family_holm(p, members, adjusted) :
				     ktb_family_bh(p, members, adjusted);
	for (members = 0, i = 0; is_good && i < nr; i++)
		if (quantities[i].is_gated == is_gated &&
		    !*quantities[i].reason)
			conclude(&quantities[i], &adjusted[members++], alpha);
	free(adjusted);
	free(p);
	return is_good;
}

static void count(const struct ktb_quantity *quantity,
		  struct ktb_outcome *outcome)
{
	if (!quantity->is_gated) {
		outcome->rest[quantity->verdict]++;
		return;
	}
	outcome->gated[quantity->verdict]++;
	if (quantity->boots_needed > outcome->boots_needed)
		outcome->boots_needed = quantity->boots_needed;
}

enum ktb_verdict ktb_judge_sum_up(const size_t *gated)
{
	/* The first that one of them has is the whole's. */
	static const enum ktb_verdict order[] = {
		KTB_VERDICT_NONE,     KTB_VERDICT_REGRESSED, KTB_VERDICT_NOISY,
		KTB_VERDICT_IMPROVED, KTB_VERDICT_UNCHANGED,
	};
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (gated[order[i]])
			return order[i];
	/* Nothing was asked, so nothing can be said. */
	return KTB_VERDICT_NONE;
}

bool ktb_judge(struct ktb_quantity *quantities, size_t nr,
	       const struct ktb_rule *rule, struct ktb_outcome *outcome)
{
	const double alpha =
		rule->alpha / (rule->nr_looks ? rule->nr_looks : 1);
	size_t i;

	memset(outcome, 0, sizeof(*outcome));
	for (i = 0; i < nr; i++) {
		quantities[i].verdict = KTB_VERDICT_NONE;
		quantities[i].boots_needed = 0;
		examine(&quantities[i]);
		if (!*quantities[i].reason && !estimate(&quantities[i], rule))
			return false;
	}
	if (!judge_family(quantities, nr, true, alpha) ||
	    !judge_family(quantities, nr, false, alpha))
		return false;
	for (i = 0; i < nr; i++)
		count(&quantities[i], outcome);
	outcome->verdict = ktb_judge_sum_up(outcome->gated);
	return true;
}
