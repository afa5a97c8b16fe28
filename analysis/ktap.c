// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of tests. It may not know what is tested. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"

static char *ktap_word(const char *text, size_t number)
{
	char *word, *at;
	int length;

	length = number > 1 ? asprintf(&word, "%s_%zu", text, number) :
			      asprintf(&word, "%s", text);
	if (length < 0)
		return NULL;
	for (at = word; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr(".-", *at))
			*at = '_';
	return word;
}

bool ktb_ktap_name(json_t *names, const char *text, FILE *to)
{
	size_t number = 1;
	bool fine;
	char *word;

	for (word = ktap_word(text, number);
	     word && json_object_get(names, word);
	     word = ktap_word(text, ++number))
		free(word);
	fine = word && !json_object_set_new(names, word, json_true());
	if (fine)
		fputs(word, to);
	free(word);
	return fine;
}
