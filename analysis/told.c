// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A comparison in words: numbers, names, and the order of figures.
 */
#include <math.h>
#include <string.h>

#include "told.h"
#include "utf8.h"

/* Names of results are much shorter; what is longer is no name. */
#define TOLD_NAME_MAX 600

struct ktb_told ktb_told_clean(const char *text, size_t room)
{
	size_t size = strlen(text), length, at = 0;
	struct ktb_told told = { "" };
	bool is_fit;

	for (; size && at < room; text += length, size -= length) {
		length = ktb_utf8_length(text, size, &is_fit);
		if (is_fit && at + length > room)
			break;
		if ((unsigned char)*text < ' ' || *text == 0x7f) {
			told.s[at++] = ' ';
		} else if (!is_fit) {
			told.s[at++] = '?';
		} else {
			memcpy(told.s + at, text, length);
			at += length;
		}
	}
	if (size)
		strcpy(told.s + ktb_utf8_cut(told.s, at < 3 ? 0 : at - 3),
		       "...");
	return told;
}

struct ktb_text ktb_told_percent(double percent)
{
	struct ktb_text text = { "" };
	double size = fabs(percent);

	if (!isfinite(percent))
		return text;
	if (size < 0.005)
		snprintf(text.s, sizeof(text.s), "0.00 %%");
	else if (size < 1e5)
		snprintf(text.s, sizeof(text.s), "%+.*f %%",
			 size < 9.995 ? 2 :
			 size < 99.95 ? 1 :
					0,
			 percent);
	else
		snprintf(text.s, sizeof(text.s), "%+.3g %%", percent);
	return text;
}

struct ktb_text ktb_told_p(double p)
{
	struct ktb_text text = { "" };

	if (!isfinite(p))
		return text;
	if (p < 1e-4)
		snprintf(text.s, sizeof(text.s), "< 0.0001");
	else
		snprintf(text.s, sizeof(text.s), "%.*f", p < 0.1 ? 4 : 2, p);
	return text;
}

struct ktb_text ktb_told_center(const struct ktb_quantity *quantity,
				size_t side)
{
	const double center = quantity->center[side];
	struct ktb_text text = { "" };

	/* Past that there is no integer, and no metric. */
	if (!isfinite(center) || fabs(center) > 9e18)
		return text;
	/* A mean of small integers has more digits than they have. */
	if (fabs(center) < 100 && center != rint(center)) {
		snprintf(text.s, sizeof(text.s), "%.2f %.20s", center,
			 ktb_scale_label(quantity->scale, 1));
		return text;
	}
	return ktb_scale_text(quantity->scale, llround(center));
}

struct ktb_text ktb_told_boots(size_t boots)
{
	struct ktb_text text;

	snprintf(text.s, sizeof(text.s), "%.40s boots a side",
		 boots == SIZE_MAX ? "more than a million" :
				     ktb_scale_count(boots).s);
	return text;
}

const char *ktb_told_glyph(enum ktb_verdict verdict)
{
	static const char *const glyphs[KTB_NR_VERDICTS] = {
		[KTB_VERDICT_UNCHANGED] = "=", [KTB_VERDICT_IMPROVED] = "▼",
		[KTB_VERDICT_NOISY] = "~",     [KTB_VERDICT_REGRESSED] = "▲",
		[KTB_VERDICT_NONE] = "?",
	};

	return glyphs[verdict];
}

bool ktb_told_is_exact(const struct ktb_comparison *comparison)
{
	return comparison->lane == KTB_LANE_EXACT;
}

double ktb_told_change(const struct ktb_comparison *comparison,
		       const struct ktb_quantity *quantity)
{
	const double a = quantity->center[0], b = quantity->center[1];

	if (quantity->verdict == KTB_VERDICT_NONE)
		return NAN;
	if (!ktb_told_is_exact(comparison))
		return ktb_effect_percent(quantity->effect.estimate);
	/* Of nothing there is no percentage. */
	return a > 0 ? 100 * (b - a) / a : NAN;
}

uint64_t ktb_told_samples(const struct ktb_quantity *quantity, size_t side)
{
	uint64_t samples = 0;
	size_t i;

	for (i = 0; i < quantity->nr[side]; i++)
		samples += quantity->readings[side][i].count;
	return samples;
}

struct ktb_told ktb_told_name(const struct ktb_quantity *quantity)
{
	char name[2 * TOLD_NAME_MAX];

	ktb_quantity_name(quantity, name, sizeof(name));
	return ktb_told_clean(name, TOLD_NAME_MAX);
}

/* What is worst comes first. */
static const enum ktb_verdict told_order[] = {
	KTB_VERDICT_NONE,     KTB_VERDICT_REGRESSED, KTB_VERDICT_NOISY,
	KTB_VERDICT_IMPROVED, KTB_VERDICT_UNCHANGED,
};

const struct ktb_quantity *ktb_told_walk(struct ktb_told_walk *walk)
{
	const struct ktb_comparison *comparison = walk->comparison;
	const struct ktb_quantity *quantity;

	for (; walk->rank < KTB_NR_VERDICTS; walk->rank++) {
		while (walk->next < comparison->nr) {
			quantity = &comparison->quantities[walk->next++];
			if (quantity->is_gated == walk->is_gated &&
			    quantity->verdict == told_order[walk->rank])
				return quantity;
		}
		walk->next = 0;
	}
	return NULL;
}

bool ktb_told_is_change(const struct ktb_quantity *quantity)
{
	return quantity->verdict == KTB_VERDICT_REGRESSED ||
	       quantity->verdict == KTB_VERDICT_IMPROVED;
}

size_t ktb_told_left(const struct ktb_comparison *comparison)
{
	const size_t *rest = comparison->outcome.rest;
	const size_t changed =
		rest[KTB_VERDICT_REGRESSED] + rest[KTB_VERDICT_IMPROVED];

	return changed > KTB_TOLD_REST ? changed - KTB_TOLD_REST : 0;
}

static size_t told_rank(const struct ktb_quantity *quantity)
{
	size_t rank = 0;

	while (told_order[rank] != quantity->verdict)
		rank++;
	return rank;
}

/* Of nothing any change is an endless one. */
static double told_size(const struct ktb_comparison *comparison,
			const struct ktb_quantity *quantity)
{
	const double change = ktb_told_change(comparison, quantity);

	return isnan(change) ? HUGE_VAL : fabs(change);
}

/* Does @a stand before @b? Of equal ones the first in the plan does. */
static bool told_is_worse(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *a,
			  const struct ktb_quantity *b)
{
	const size_t rank_a = told_rank(a), rank_b = told_rank(b);
	double size_a, size_b;

	if (rank_a != rank_b)
		return rank_a < rank_b;
	size_a = told_size(comparison, a);
	size_b = told_size(comparison, b);
	if (size_a > size_b || size_a < size_b)
		return size_a > size_b;
	return a < b;
}

static bool told_has_effect(const struct ktb_quantity *quantity)
{
	return quantity->is_gated && quantity->verdict != KTB_VERDICT_NONE;
}

static bool told_is_changed_rest(const struct ktb_quantity *quantity)
{
	return !quantity->is_gated && ktb_told_is_change(quantity);
}

/* The worst of those that stand behind @last, which is NULL at first. */
static const struct ktb_quantity *
told_after(const struct ktb_comparison *comparison,
	   const struct ktb_quantity *last,
	   bool (*is_meant)(const struct ktb_quantity *quantity))
{
	const struct ktb_quantity *best = NULL, *one;
	size_t i;

	for (i = 0; i < comparison->nr; i++) {
		one = &comparison->quantities[i];
		if (is_meant(one) && one != last &&
		    (!last || told_is_worse(comparison, last, one)) &&
		    (!best || told_is_worse(comparison, one, best)))
			best = one;
	}
	return best;
}

const struct ktb_quantity *
ktb_told_worst(const struct ktb_comparison *comparison, size_t index)
{
	const struct ktb_quantity *last = NULL;

	do
		last = told_after(comparison, last, told_has_effect);
	while (last && index--);
	return last;
}

const struct ktb_quantity *ktb_told_walk_changed(struct ktb_told_walk *walk)
{
	if (walk->changed == KTB_TOLD_REST || (walk->changed && !walk->last))
		return NULL;
	walk->last =
		told_after(walk->comparison, walk->last, told_is_changed_rest);
	walk->changed += walk->last != NULL;
	return walk->last;
}
