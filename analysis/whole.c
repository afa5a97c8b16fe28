// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A file that is written as a whole or not at all: into a temporary one first.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "whole.h"

int ktb_whole_write(const char *dir, const char *name,
		    void (*write)(const void *what, FILE *to), const void *what,
		    struct ktb_fault *fault)
{
	char *path = NULL, *temporary = NULL;
	bool bad = true;
	FILE *to = NULL;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		path = NULL;
	if (asprintf(&temporary, "%s/.%s.new", dir, name) < 0)
		temporary = NULL;
	if (path && temporary)
		to = fopen(temporary, "we");
	if (to) {
		write(what, to);
		bad = ferror(to) || fflush(to) || fsync(fileno(to));
		bad |= fclose(to) != 0;
		bad = bad || rename(temporary, path);
		if (bad) {
			ktb_fault_set(fault, KTB_FAULT_SYSTEM,
				      "cannot write %s: %s; make room and "
				      "report again",
				      path, strerror(errno));
			unlink(temporary);
		}
	} else {
		ktb_fault_set(fault, KTB_FAULT_SYSTEM,
			      "cannot write %s/%s: %s; report as a user who "
			      "may write there, or copy the directory",
			      dir, name, strerror(errno));
	}
	free(path);
	free(temporary);
	return bad ? fault->code : 0;
}
