// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of text. It may not know what they say.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"

/* All bytes of a file, which may be a pipe; false with errno. */
static bool slurp(FILE *from, char **bytes, size_t *length)
{
	FILE *to = open_memstream(bytes, length);
	char part[4096];
	size_t got;

	if (!to)
		return false;
	errno = 0;
	while ((got = fread(part, 1, sizeof(part), from)))
		fwrite(part, 1, got, to);
	if (ferror(from) || ferror(to)) {
		got = (size_t)errno;
		fclose(to);
		errno = (int)got;
		return false;
	}
	return !fclose(to);
}

char *ktb_encoding_read(const char *path, const char **why)
{
	FILE *from = fopen(path, "re");
	char *bytes = NULL;
	size_t length = 0;
	int error;

	if (!from || !slurp(from, &bytes, &length)) {
		error = errno;
		*why = strerror(error);
	} else {
		error = 0;
		*why = ktb_encoding_instead(bytes, length);
	}
	if (from)
		fclose(from);
	if (*why) {
		free(bytes);
		bytes = NULL;
	} else if (ktb_encoding_has_mark(bytes, length)) {
		memmove(bytes, bytes + KTB_ENCODING_MARK_BYTES,
			length + 1 - KTB_ENCODING_MARK_BYTES);
	}
	errno = error;
	return bytes;
}

json_t *ktb_encoding_json(const char *path, json_error_t *error)
{
	const char *why = NULL;
	char *text = ktb_encoding_read(path, &why);
	json_t *root = NULL;

	*error = (json_error_t){ .line = 1 };
	if (text && *text)
		root = json_loads(text, JSON_REJECT_DUPLICATES, error);
	else
		snprintf(error->text, sizeof(error->text), "%s",
			 text ? "it is empty" : why);
	free(text);
	return root;
}

const char *ktb_encoding_why(const char *line, size_t length,
			     const char *otherwise)
{
	const char *instead = ktb_encoding_instead(line, length);

	if (ktb_encoding_has_mark(line, length))
		return "it begins with a byte-order mark; save it without";
	return instead ? instead : otherwise;
}
