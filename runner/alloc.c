// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Memory that is there or the program ends. It may not know what it is for.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "message.h"

static void __attribute__((noreturn)) no_memory(void)
{
	fputs("ktbench: no memory left on this machine\n", stderr);
	exit(KTB_EXIT_DEVICE);
}

void *ktb_alloc_zeroed(size_t nr, size_t size)
{
	void *memory = calloc(nr ? nr : 1, size);

	if (!memory)
		no_memory();
	return memory;
}

void *ktb_alloc_more(void *array, size_t nr, size_t size)
{
	if (!(nr & (nr - 1)))
		array = reallocarray(array, nr ? 2 * nr : 1, size);
	if (!array)
		no_memory();
	memset((char *)array + nr * size, 0, size);
	return array;
}

char *ktb_alloc_text(const char *fmt, ...)
{
	char *text;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		no_memory();
	return text;
}
