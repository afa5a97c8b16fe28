// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Text files. It may not know what stands in them.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "ktb_encoding.h"
#include "text.h"

#define BLANKS	       " \t\r"
/* JSON of more than this is none of ours. */
#define MAX_JSON_BYTES (64L << 20)

/**
 * struct loading - a file being read
 * @text: what stands in it, its mark skipped
 * @instead: what it is that is no text, or NULL
 * @error: why it cannot be read, or 0
 */
struct loading {
	char *text;
	const char *instead;
	int error;
};

static struct loading load(const char *path, size_t most_bytes)
{
	char *bytes = ktb_alloc_zeroed(most_bytes + 2, 1);
	FILE *stream = fopen(path, "re");
	struct loading loading = { .error = stream ? 0 : errno };
	size_t length = 0, mark;

	if (stream) {
		length = fread(bytes, 1, most_bytes + 1, stream);
		if (ferror(stream))
			loading.error = errno;
		fclose(stream);
	}
	if (length > most_bytes)
		loading.instead = "it is too large";
	else
		loading.instead = ktb_encoding_instead(bytes, length);
	mark = ktb_encoding_has_mark(bytes, length) ? KTB_ENCODING_MARK_BYTES :
						      0;
	if (!loading.error && !loading.instead)
		loading.text = ktb_alloc_text("%s", bytes + mark);
	free(bytes);
	return loading;
}

int ktb_text_read(char **text, const char *path, size_t most_bytes,
		  const char *what, struct ktb_error *err)
{
	const struct loading loading = load(path, most_bytes);

	*text = loading.text;
	if (loading.text)
		return 0;
	if (loading.error)
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "cannot read the %s %s: %s", what, path,
				       strerror(loading.error));
	return ktb_message_set(err, KTB_EXIT_USAGE, "%s is not a %s: %s", path,
			       what, loading.instead);
}

json_t *ktb_text_json(const char *path, json_error_t *error)
{
	const struct loading loading = load(path, MAX_JSON_BYTES);
	json_t *json = NULL;

	*error = (json_error_t){ .line = 1 };
	if (loading.text && *loading.text)
		json = json_loads(loading.text, JSON_REJECT_DUPLICATES, error);
	else
		snprintf(error->text, sizeof(error->text), "%s",
			 loading.error	 ? strerror(loading.error) :
			 loading.instead ? loading.instead :
					   "it is empty");
	free(loading.text);
	return json;
}

/* C0 but tabs, DEL, C1, U+FFFE, U+FFFF: in UTF-8 that is known to be good. */
static bool is_control(const unsigned char *at, size_t left)
{
	if ((*at < 0x20 && *at != '\t') || *at == 0x7f)
		return true;
	if (left > 1 && at[0] == 0xc2 && at[1] < 0xa0)
		return true;
	return left > 2 && at[0] == 0xef && at[1] == 0xbf && at[2] >= 0xbe;
}

const char *ktb_text_fault(const char *text, size_t length)
{
	json_t *string = json_stringn(text, length);
	size_t i;

	if (!string)
		return "bytes that are not UTF-8; write it in UTF-8";
	json_decref(string);
	for (i = 0; i < length; i++)
		if (is_control((const unsigned char *)text + i, length - i))
			return "a control character; take it out";
	return NULL;
}

int ktb_text_refuse(const char *text, const char *what, struct ktb_error *err)
{
	const char *fault = text ? ktb_text_fault(text, strlen(text)) : NULL;

	return fault ? ktb_message_set(err, KTB_EXIT_USAGE, "%s has %s", what,
				       fault) :
		       0;
}

int ktb_text_check(const char *path, const char *text, struct ktb_error *err)
{
	const char *fault = NULL;
	unsigned int line;
	size_t length;

	for (line = 1; *text; line++) {
		length = strcspn(text, "\n");
		fault = ktb_text_fault(
			text, length - (length && text[length] == '\n' &&
					text[length - 1] == '\r'));
		if (fault)
			return ktb_message_set(err, KTB_EXIT_USAGE,
					       "%s:%u: the line has %s", path,
					       line, fault);
		text += length + (text[length] == '\n');
	}
	return 0;
}

char *ktb_text_trim(char *text)
{
	size_t length;

	text += strspn(text, BLANKS);
	for (length = strlen(text); length && strchr(BLANKS, text[length - 1]);
	     length--)
		text[length - 1] = '\0';
	return text;
}
