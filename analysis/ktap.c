// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of tests. It may not know what is tested. */
#include <ctype.h>
#include <string.h>

#include "ktap.h"

void ktb_ktap_word(const char *text, FILE *to)
{
	for (; *text; text++)
		fputc(isalnum((unsigned char)*text) || strchr(".-", *text) ?
			      *text :
			      '_',
		      to);
}
