// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The injection that a module's build names, in words. It may not know where the
 * sentence is printed.
 */
#include <stdio.h>
#include <string.h>

#include "injected.h"
#include "shape.h"

/* Ahead of what is injected, in the module's build. */
#define INJECTED_MARK "/inject:"

const char *ktb_injected_sentence(const json_t *result, char *text, size_t size)
{
	const char *build =
		ktb_shape_string(json_object_get(result, "module"), "build");
	const char *mark = strstr(build, INJECTED_MARK);

	*text = '\0';
	if (mark)
		snprintf(
			text, size,
			"the module was built to be late on purpose (%s): the figures are not the kernel's",
			mark + strlen(INJECTED_MARK));
	return text;
}
