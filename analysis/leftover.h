/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Temporary files and directories that do not outlive the program, also when a signal
 * ends it: HUP, INT, QUIT, TERM, PIPE, XCPU and XFSZ, where they would. What an
 * ignored or caught signal does is not changed. It knows nothing of what is in them.
 */
#ifndef KTB_LEFTOVER_H
#define KTB_LEFTOVER_H

#include <stdbool.h>
#include <sys/types.h>

/** KTB_LEFTOVER_NONE - nothing was made */
#define KTB_LEFTOVER_NONE -1

/**
 * ktb_leftover_file() - make a file that nobody else has
 * @path: its directory, a slash, a name that ends in XXXXXX; the name is filled in
 * @fd: filled in: open for writing, mode 0600
 *
 * Return: what the two functions below want; KTB_LEFTOVER_NONE with errno.
 */
int ktb_leftover_file(char *path, int *fd);

/**
 * ktb_leftover_directory() - make a directory that nobody else has
 * @path: as above
 *
 * Only files may be put into it, no directories.
 *
 * Return: as above.
 */
int ktb_leftover_directory(char *path);

/**
 * ktb_leftover_rename() - give a file its name, which ends its being one
 * @leftover: of ktb_leftover_file()
 * @path: its name, in the same file system
 *
 * Return: 0, or -1 with errno, and it is still there.
 */
int ktb_leftover_rename(int leftover, const char *path);

/**
 * ktb_leftover_remove() - remove one, with all that is in it
 * @leftover: what was made; KTB_LEFTOVER_NONE is nothing; errno is kept
 */
void ktb_leftover_remove(int leftover);

/**
 * ktb_leftover_child() - say that a child writes into one of them
 * @pid: the child, which is killed before anything is removed; 0 when it has ended
 */
void ktb_leftover_child(pid_t pid);

#endif /* KTB_LEFTOVER_H */
