// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One-sentence errors. It may not know what the errors are about.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "message.h"

int ktb_message_set(struct ktb_error *err, int code, const char *fmt, ...)
{
	va_list ap;

	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return code;
}

int ktb_message_prefix(struct ktb_error *err, const char *fmt, ...)
{
	char old[KTB_ERROR_LEN];
	va_list ap;
	size_t len;
	int n;

	memcpy(old, err->text, sizeof(old));
	va_start(ap, fmt);
	n = vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	len = (size_t)n < sizeof(err->text) ? (size_t)n : sizeof(err->text) - 1;
	/* What is longer than an error may be is cut off at its end. */
	snprintf(err->text + len, sizeof(err->text) - len, ": %.*s",
		 (int)(sizeof(err->text) - len), old);
	return err->code;
}

int ktb_message_print(const struct ktb_error *err)
{
	fflush(stdout);
	fprintf(stderr, "ktbench: %s\n", err->text);
	return err->code;
}

void ktb_message_note(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("ktbench: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}
