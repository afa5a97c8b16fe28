// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lists of looks. It may not know what is done at a look.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include "alloc.h"
#include "looks.h"

#define FEWEST_BOOTS 2

int ktb_looks_read(struct ktb_looks *looks, const char *text,
		   struct ktb_error *err)
{
	const char *at = text;
	uintmax_t boots, last = FEWEST_BOOTS - 1;
	char *end;

	looks->nr = 0;
	do {
		boots = strtoumax(at, &end, 10);
		/* strtoumax() takes blanks and signs; -1 would be a number. */
		if (!isdigit((unsigned char)*at) || (*end && *end != ',') ||
		    boots <= last || boots > KTB_LOOKS_MOST_BOOTS ||
		    looks->nr == KTB_LOOKS_MAX)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"--looks '%s': give ascending numbers of boots a side from %d to %d, %d of them at most, such as 5,10,15,20,30",
				text, FEWEST_BOOTS, KTB_LOOKS_MOST_BOOTS,
				KTB_LOOKS_MAX);
		looks->boots[looks->nr++] = (size_t)boots;
		last = boots;
		at = end + 1;
	} while (*end);
	return 0;
}

char *ktb_looks_text(const struct ktb_looks *looks)
{
	char *text = ktb_alloc_text("%s", "");
	char *more;
	size_t i;

	for (i = 0; i < looks->nr; i++) {
		more = ktb_alloc_text("%s%s%zu", text, i ? "," : "",
				      looks->boots[i]);
		free(text);
		text = more;
	}
	return text;
}
