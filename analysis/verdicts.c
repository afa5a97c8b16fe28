// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What checks of contracts have found, in words. It may not know where the
 * sentence is printed.
 */
#include <stdio.h>
#include <string.h>

#include "verdicts.h"

size_t ktb_verdicts_count(const json_t *checks, const char *verdict)
{
	const char *found;
	size_t i, nr = 0;

	for (i = 0; i < json_array_size(checks); i++) {
		found = json_string_value(
			json_object_get(json_array_get(checks, i), "verdict"));
		nr += found && !strcmp(found, verdict);
	}
	return nr;
}

const char *ktb_verdicts_sentence(const json_t *checks, char *text, size_t size)
{
	*text = '\0';
	if (json_is_null(checks))
		snprintf(
			text, size,
			"the contracts that the figures stand on were not checked (--no-checks)");
	else if (json_array_size(checks))
		snprintf(
			text, size,
			"contracts that the figures stand on, checked before: %zu hold, %zu in another form, %zu do not, %zu could not be checked",
			ktb_verdicts_count(checks, "holds"),
			ktb_verdicts_count(checks, "changed"),
			ktb_verdicts_count(checks, "fails"),
			ktb_verdicts_count(checks, "skipped"));
	return text;
}
