// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Numbers with units. It may not know what they are used for.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "units.h"

#define NSEC_PER_SEC	    1000000000LL
/* More digits behind the point than any unit can make whole. */
#define MAX_FRACTION_DIGITS 18

/*
 * Ascending by factor within a kind; @print is false for other spellings of
 * the row above.
 */
static const struct suffix {
	enum ktb_unit_kind kind;
	bool print;
	const char *name;
	int64_t factor;
} suffixes[] = {
	{ KTB_UNIT_KIND_NS, true, "ns", 1 },
	{ KTB_UNIT_KIND_NS, true, "us", 1000 },
	{ KTB_UNIT_KIND_NS, true, "ms", 1000000 },
	{ KTB_UNIT_KIND_NS, true, "s", NSEC_PER_SEC },
	{ KTB_UNIT_KIND_NS, true, "min", 60 * NSEC_PER_SEC },
	{ KTB_UNIT_KIND_NS, true, "h", 3600 * NSEC_PER_SEC },
	{ KTB_UNIT_KIND_COUNT, false, "k", 1000 },
	{ KTB_UNIT_KIND_COUNT, false, "K", 1000 },
	{ KTB_UNIT_KIND_COUNT, false, "M", 1000000 },
	{ KTB_UNIT_KIND_COUNT, false, "G", 1000000000 },
	{ KTB_UNIT_KIND_BYTES, false, "B", 1 },
	{ KTB_UNIT_KIND_BYTES, true, "k", 1LL << 10 },
	{ KTB_UNIT_KIND_BYTES, false, "K", 1LL << 10 },
	{ KTB_UNIT_KIND_BYTES, false, "KiB", 1LL << 10 },
	{ KTB_UNIT_KIND_BYTES, true, "M", 1LL << 20 },
	{ KTB_UNIT_KIND_BYTES, false, "MiB", 1LL << 20 },
	{ KTB_UNIT_KIND_BYTES, true, "G", 1LL << 30 },
	{ KTB_UNIT_KIND_BYTES, false, "GiB", 1LL << 30 },
};

#define NR_SUFFIXES (sizeof(suffixes) / sizeof(suffixes[0]))

static const char *const unknown_suffix[KTB_NR_UNIT_KINDS] = {
	[KTB_UNIT_KIND_NONE] = "is not a whole number",
	[KTB_UNIT_KIND_NS] =
		"has a unit that is not one of ns, us, ms, s, min, h",
	[KTB_UNIT_KIND_COUNT] =
		"is not a count (digits, and k, M or G for powers of 1000)",
	[KTB_UNIT_KIND_BYTES] =
		"is not a size (digits, and k, M or G for powers of 1024)",
	[KTB_UNIT_KIND_PS] = "is not a whole number of picoseconds",
};

static const struct suffix *find_suffix(const char *name,
					enum ktb_unit_kind kind)
{
	size_t i;

	for (i = 0; i < NR_SUFFIXES; i++)
		if (suffixes[i].kind == kind && !strcmp(suffixes[i].name, name))
			return &suffixes[i];
	return NULL;
}

/* Digits to a number, at most INT64_MAX; false if it is more. */
static bool read_digits(const char **text, uint64_t *value, int *nr)
{
	bool fits = true;

	*value = 0;
	*nr = 0;
	for (; isdigit((unsigned char)**text); (*text)++, (*nr)++) {
		if (*value > (INT64_MAX - (uint64_t)(**text - '0')) / 10)
			fits = false;
		else
			*value = *value * 10 + (uint64_t)(**text - '0');
	}
	return fits;
}

const char *ktb_units_parse(const char *text, enum ktb_unit_kind kind,
			    int64_t *value)
{
	const bool negative = *text == '-';
	const char *const too_large = "is too large for any parameter";
	const char *at = text + negative;
	const struct suffix *suffix;
	unsigned __int128 total;
	uint64_t whole, part = 0;
	int nr_whole, nr_part = 0;
	int64_t scale = 1;

	if (!read_digits(&at, &whole, &nr_whole))
		return too_large;
	if (!nr_whole)
		return "is not a number";
	if (*at == '.') {
		at++;
		if (!read_digits(&at, &part, &nr_part) || !nr_part ||
		    nr_part > MAX_FRACTION_DIGITS)
			return "is not a number";
	}
	suffix = find_suffix(at, kind);
	if (*at && !suffix)
		return unknown_suffix[kind];
	/* 0 is 0 in every unit, and -1 stands for "the usual" where allowed. */
	if (!suffix && kind == KTB_UNIT_KIND_NS && (part || whole > negative))
		return "is a time and needs a unit: ns, us, ms, s, min or h";
	while (nr_part--)
		scale *= 10;
	total = (unsigned __int128)part *
		(uint64_t)(suffix ? suffix->factor : 1);
	if (total % (uint64_t)scale)
		return kind == KTB_UNIT_KIND_NS ?
			       "is not a whole number of nanoseconds" :
			       "is not a whole number";
	total /= (uint64_t)scale;
	total += (unsigned __int128)whole *
		 (uint64_t)(suffix ? suffix->factor : 1);
	if (total > INT64_MAX)
		return too_large;
	*value = negative ? -(int64_t)total : (int64_t)total;
	return NULL;
}

const char *ktb_units_format(int64_t value, enum ktb_unit_kind kind, char *text)
{
	const struct suffix *best = NULL;
	size_t i;

	for (i = 0; value && value != -1 && i < NR_SUFFIXES; i++)
		if (suffixes[i].kind == kind && suffixes[i].print &&
		    value % suffixes[i].factor == 0)
			best = &suffixes[i];
	if (best)
		snprintf(text, KTB_UNITS_LEN, "%" PRId64 "%s",
			 value / best->factor, best->name);
	else
		snprintf(text, KTB_UNITS_LEN, "%" PRId64, value);
	return text;
}

const char *ktb_units_about(int64_t duration_ns, char *text)
{
	const int64_t seconds =
		duration_ns / NSEC_PER_SEC +
		(duration_ns % NSEC_PER_SEC >= NSEC_PER_SEC / 2);

	if (seconds < 60)
		snprintf(text, KTB_UNITS_LEN, "%" PRId64 " s", seconds);
	else if (seconds < 3600)
		snprintf(text, KTB_UNITS_LEN, "%" PRId64 " min %" PRId64 " s",
			 seconds / 60, seconds % 60);
	else
		snprintf(text, KTB_UNITS_LEN, "%" PRId64 " h %" PRId64 " min",
			 seconds / 3600, seconds % 3600 / 60);
	return text;
}
