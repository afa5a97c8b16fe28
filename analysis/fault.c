// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One-sentence errors of the analysis. It knows nothing of what they are about.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fault.h"
#include "utf8.h"

int ktb_fault_set(struct ktb_fault *fault, int code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(fault->text, sizeof(fault->text), fmt, args);
	va_end(args);
	fault->code = code;
	return code;
}

int ktb_fault_memory(struct ktb_fault *fault)
{
	return ktb_fault_set(fault, KTB_FAULT_SYSTEM,
			     "not enough memory to read this result; report it "
			     "on a machine with more");
}

int ktb_fault_stdout(struct ktb_fault *fault)
{
	if (!fflush(stdout) && !ferror(stdout))
		return KTB_FAULT_NONE;
	return ktb_fault_set(fault, KTB_FAULT_SYSTEM,
			     "cannot write to stdout: %s", strerror(errno));
}

/* One line, whatever the names in it are. */
static void fault_say(char *text)
{
	char *at;

	for (at = text; *at; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	text[ktb_utf8_clean(text, strlen(text))] = '\0';
	fprintf(stderr, "ktbench: %s\n", text);
}

int ktb_fault_print(const struct ktb_fault *fault)
{
	struct ktb_fault copy = *fault;

	fault_say(copy.text);
	return fault->code;
}

void ktb_fault_note(const char *fmt, ...)
{
	char text[2048];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	fault_say(text);
}
