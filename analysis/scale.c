// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures with units chosen by size, in integers. It knows units and nothing
 * of metrics.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "scale.h"

struct scale_step {
	int64_t divisor;
	const char *suffix;
	const char *label;
};

#define SCALE_STEPS 5

/* Ascending; the last step of a kind has the rest empty. */
static const struct scale_step scale_steps[KTB_NR_SCALES][SCALE_STEPS] = {
	[KTB_SCALE_NONE] = { { 1, "", "" } },
	[KTB_SCALE_NS] = {
		{ 1, " ns", "ns" },
		{ 1000, " us", "us" },
		{ 1000000, " ms", "ms" },
		{ 1000000000, " s", "s" },
	},
	[KTB_SCALE_COUNT] = {
		{ 1, "", "" },
		{ 1000, " k", "thousands" },
		{ 1000000, " M", "millions" },
		{ 1000000000, " G", "thousand millions" },
	},
	[KTB_SCALE_BYTES] = {
		{ 1, " B", "bytes" },
		{ 1LL << 10, " KiB", "KiB" },
		{ 1LL << 20, " MiB", "MiB" },
		{ 1LL << 30, " GiB", "GiB" },
	},
	[KTB_SCALE_INSTRUCTIONS] = {
		{ 1, "", "instructions (= virtual ns)" },
		{ 1000, " k", "thousand instructions (= virtual us)" },
		{ 1000000, " M", "million instructions (= virtual ms)" },
		{ 1000000000, " G", "10^9 instructions (= virtual s)" },
	},
	[KTB_SCALE_PS] = {
		{ 1, " ps", "ps" },
		{ 1000, " ns", "ns" },
		{ 1000000, " us", "us" },
		{ 1000000000, " ms", "ms" },
	},
	[KTB_SCALE_MILLI_INSTRUCTIONS] = {
		{ 1000, "", "instructions (= virtual ns)" },
	},
};

/* Those whose figures keep every digit. */
static const bool scale_is_plain[KTB_NR_SCALES] = {
	[KTB_SCALE_NONE] = true,
	[KTB_SCALE_COUNT] = true,
	[KTB_SCALE_INSTRUCTIONS] = true,
};

static const char *const scale_base_unit[KTB_NR_SCALES] = {
	[KTB_SCALE_NONE] = "",
	[KTB_SCALE_NS] = " ns",
	[KTB_SCALE_COUNT] = "",
	[KTB_SCALE_BYTES] = " bytes",
	[KTB_SCALE_INSTRUCTIONS] = " instructions",
	[KTB_SCALE_PS] = " ps",
	[KTB_SCALE_MILLI_INSTRUCTIONS] = " thousandths of an instruction",
};

static const char *const scale_units[KTB_NR_SCALES] = {
	[KTB_SCALE_NONE] = "none",
	[KTB_SCALE_NS] = "ns",
	[KTB_SCALE_COUNT] = "count",
	[KTB_SCALE_BYTES] = "bytes",
	[KTB_SCALE_INSTRUCTIONS] = "instructions",
	[KTB_SCALE_PS] = "ps",
	[KTB_SCALE_MILLI_INSTRUCTIONS] = "milli-instructions",
};

static const uint64_t scale_tens[] = { 1, 10, 100, 1000 };

bool ktb_scale_is_instructions(enum ktb_scale scale)
{
	return scale == KTB_SCALE_INSTRUCTIONS ||
	       scale == KTB_SCALE_MILLI_INSTRUCTIONS;
}

const char *ktb_scale_unit(enum ktb_scale scale)
{
	return scale_units[scale];
}

enum ktb_scale ktb_scale_of_unit(const char *unit)
{
	enum ktb_scale scale;

	for (scale = 0; scale < KTB_NR_SCALES; scale++)
		if (!strcmp(scale_units[scale], unit))
			return scale;
	return KTB_SCALE_NONE;
}

int64_t ktb_scale_whole(enum ktb_scale scale, int64_t value)
{
	if (scale == KTB_SCALE_PS || scale == KTB_SCALE_MILLI_INSTRUCTIONS)
		return value / 1000;
	return value;
}

static uint64_t scale_magnitude(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static const struct scale_step *scale_find(enum ktb_scale scale,
					   uint64_t magnitude)
{
	const struct scale_step *step = scale_steps[scale];
	int i;

	for (i = 1; i < SCALE_STEPS && step[i].divisor; i++)
		if (magnitude < (uint64_t)step[i].divisor)
			break;
	return &step[i - 1];
}

struct ktb_text ktb_scale_count(uint64_t value)
{
	struct ktb_text text = { "" };
	char digits[24];
	size_t length, i;
	char *to = text.s;

	length = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, value);
	for (i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return text;
}

struct ktb_text ktb_scale_exact(enum ktb_scale scale, int64_t value)
{
	struct ktb_text count = ktb_scale_count(scale_magnitude(value));
	struct ktb_text text;

	snprintf(text.s, sizeof(text.s), "%s%.40s%s", value < 0 ? "-" : "",
		 count.s, scale_base_unit[scale]);
	return text;
}

/* Four digits; whole numbers from 1,000 on, and where nothing is divided. */
static struct ktb_text scale_divide(int64_t value, uint64_t divisor)
{
	uint64_t magnitude = scale_magnitude(value);
	const char *sign = value < 0 ? "-" : "";
	uint64_t whole = magnitude / divisor;
	struct ktb_text text;
	uint64_t ten, scaled;
	int decimals = 0;

	if (divisor > 1 && whole < 1000)
		decimals = whole < 10 ? 3 : whole < 100 ? 2 : 1;
	ten = scale_tens[decimals];
	scaled = (uint64_t)(((__uint128_t)magnitude * ten + divisor / 2) /
			    divisor);
	if (decimals)
		snprintf(text.s, sizeof(text.s), "%s%" PRIu64 ".%0*" PRIu64,
			 sign, scaled / ten, decimals, scaled % ten);
	else
		snprintf(text.s, sizeof(text.s), "%s%.40s", sign,
			 ktb_scale_count(scaled).s);
	return text;
}

struct ktb_text ktb_scale_text(enum ktb_scale scale, int64_t value)
{
	uint64_t magnitude = scale_magnitude(value);
	const struct scale_step *step = scale_find(scale, magnitude);
	struct ktb_text text;

	if (scale_is_plain[scale]) {
		text = ktb_scale_count(magnitude);
		if (value < 0) {
			memmove(text.s + 1, text.s, strlen(text.s) + 1);
			text.s[0] = '-';
		}
		return text;
	}
	text = scale_divide(value, (uint64_t)step->divisor);
	strcat(text.s, step->suffix);
	return text;
}

int64_t ktb_scale_nano(enum ktb_scale scale)
{
	return scale == KTB_SCALE_PS || scale == KTB_SCALE_MILLI_INSTRUCTIONS ?
		       1000 :
		       1;
}

struct ktb_text ktb_scale_in(int64_t divisor, int64_t value)
{
	return scale_divide(value, (uint64_t)divisor);
}

struct ktb_text ktb_scale_share(uint64_t part, uint64_t whole)
{
	uint64_t permille =
		(uint64_t)(((__uint128_t)part * 1000 + whole / 2) / whole);
	struct ktb_text text;

	snprintf(text.s, sizeof(text.s), "%" PRIu64 ".%" PRIu64 " %%",
		 permille / 10, permille % 10);
	return text;
}

struct ktb_text ktb_scale_setting(enum ktb_scale scale, int64_t value)
{
	const struct scale_step *steps = scale_steps[scale];
	struct ktb_text text;
	int i;

	if (scale_is_plain[scale] || !value)
		return ktb_scale_text(scale, value);
	for (i = SCALE_STEPS - 1; i > 0; i--)
		if (steps[i].divisor && value % steps[i].divisor == 0)
			break;
	snprintf(text.s, sizeof(text.s), "%" PRId64 "%s",
		 value / steps[i].divisor, steps[i].suffix);
	return text;
}

struct ktb_text ktb_scale_tic(enum ktb_scale scale, int64_t value)
{
	const struct scale_step *step =
		scale_find(scale, scale_magnitude(value));
	struct ktb_text text;

	/* Below the first step, which is above 1 where digits are kept. */
	if (value < step->divisor)
		snprintf(text.s, sizeof(text.s), "0.%0*" PRId64 "%s",
			 value >= 100 ? 1 :
			 value >= 10  ? 2 :
					3,
			 value >= 100 ? value / 100 :
			 value >= 10  ? value / 10 :
					value,
			 step->suffix);
	else
		snprintf(text.s, sizeof(text.s), "%" PRId64 "%s",
			 value / step->divisor, step->suffix);
	return text;
}

int64_t ktb_scale_divisor(enum ktb_scale scale, int64_t magnitude)
{
	return scale_find(scale, scale_magnitude(magnitude))->divisor;
}

const char *ktb_scale_label(enum ktb_scale scale, int64_t divisor)
{
	const struct scale_step *step = scale_steps[scale];
	int i;

	for (i = 0; i < SCALE_STEPS && step[i].divisor; i++)
		if (step[i].divisor == divisor)
			return step[i].label;
	return "";
}
