// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures in the units that other programs want. It may not know formats.
 */
#include <string.h>

#include "export_units.h"

static const struct ktb_export_unit units[KTB_NR_SCALES] = {
	[KTB_SCALE_NONE] = { "", "", "value", "", 0, 0 },
	[KTB_SCALE_NS] = { "ns", "ns", "latency", "seconds", 0, 9 },
	[KTB_SCALE_COUNT] = { "count", "count", "rate", "", 0, 0 },
	[KTB_SCALE_BYTES] = { "bytes", "bytes", "memory", "bytes", 0, 0 },
	[KTB_SCALE_INSTRUCTIONS] = { "instructions", "instructions",
				     "instructions", "instructions", 0, 0 },
	[KTB_SCALE_PS] = { "ps", "ns", "latency", "seconds", 3, 12 },
	[KTB_SCALE_MILLI_INSTRUCTIONS] = { "milli-instructions", "instructions",
					   "instructions", "instructions", 3,
					   3 },
};

const struct ktb_export_unit *ktb_export_unit(enum ktb_scale scale)
{
	return &units[scale];
}

struct ktb_text ktb_export_decimal(__int128 value, unsigned int digits)
{
	unsigned __int128 rest = (unsigned __int128)value;
	struct ktb_text text;
	char *at = text.s + sizeof(text.s) - 1;
	unsigned int i = 0;

	if (value < 0)
		rest = -rest;
	*at = '\0';
	do {
		if (digits && i == digits)
			*--at = '.';
		*--at = (char)('0' + (int)(rest % 10));
		rest /= 10;
		i++;
	} while (rest || i <= digits);
	if (value < 0)
		*--at = '-';
	memmove(text.s, at, (size_t)(text.s + sizeof(text.s) - at));
	return text;
}

json_t *ktb_export_number(enum ktb_scale scale, int64_t value)
{
	int64_t divisor = 1;
	unsigned int i;

	for (i = 0; i < units[scale].whole_digits; i++)
		divisor *= 10;
	if (value % divisor)
		return json_real((double)value / (double)divisor);
	return json_integer(value / divisor);
}

int ktb_export_dump(json_t *root, FILE *to)
{
	int bad = -1;

	/* 15 digits tell every real that ktb_export_number() makes. */
	if (root)
		bad = json_dumpf(root, to,
				 JSON_INDENT(1) | JSON_REAL_PRECISION(15));
	fputc('\n', to);
	json_decref(root);
	return bad;
}
