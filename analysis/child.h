/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs another program and keeps what it says on stderr. It knows nothing of
 * what the programs are for.
 */
#ifndef KTB_CHILD_H
#define KTB_CHILD_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct ktb_child - how a program ended
 * @is_started: it could be run at all
 * @is_late: it was killed when its time was over
 * @status: exit status, 128 + signal if one ended it; when not started, errno
 * @said: what it wrote on stderr, to be freed; NULL if nothing could be kept
 */
struct ktb_child {
	bool is_started;
	bool is_late;
	int status;
	char *said;
};

/**
 * ktb_child_run() - run a program until it ends
 * @child: filled in
 * @argv: the program, looked up in PATH, and its arguments; NULL ends it
 * @dir: where it runs
 * @timeout_s: seconds that it may take
 *
 * stdin and stdout are /dev/null. Of the environment it gets PATH, HOME, TMPDIR and
 * LD_LIBRARY_PATH; the locale is C.
 *
 * Return: true when it exited with 0.
 */
bool ktb_child_run(struct ktb_child *child, const char *const *argv,
		   const char *dir, int timeout_s);

/**
 * ktb_child_free() - free what was kept
 * @child: run
 */
void ktb_child_free(struct ktb_child *child);

#endif /* KTB_CHILD_H */
