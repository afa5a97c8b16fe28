/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that are whole or not there, and files that grow by whole lines: what
 * a crash or a full disk leaves can be read.
 */
#ifndef KTB_FILE_H
#define KTB_FILE_H

#include <sys/types.h>

/**
 * ktb_file_replace() - put a file in the place of another, atomically
 * @path: the file
 * @text: its new content
 *
 * Written beside it, synced, renamed; the directory is synced too. A symbolic
 * link stays, and the file that it leads to is replaced. Mode and owner stay.
 * What cannot be replaced is written into instead: a device, a pipe, a stream
 * of this process, a file with several names or of an owner that we cannot be,
 * one in a directory that takes no new file.
 *
 * Return: 0 or -errno: -EACCES if the file is there and may not be written; the
 * old file is untouched then, unless it was written into.
 */
int ktb_file_replace(const char *path, const char *text);

/**
 * ktb_file_output() - the same for a file that a user names for output
 * @path: the file; a new one has the mode that the umask leaves it
 * @text: its new content
 *
 * Return: as ktb_file_replace().
 */
int ktb_file_output(const char *path, const char *text);

/**
 * ktb_file_append() - add to a file's end, and sync it
 * @fd: the file
 * @bytes: its size, which is moved on
 * @data: what to add
 * @nr: how many bytes
 *
 * Return: 0 or -errno; the file is cut back to *@bytes then, so that no half
 * of it stays.
 */
int ktb_file_append(int fd, off_t *bytes, const void *data, size_t nr);

/**
 * ktb_file_rename() - give a file or directory another name, for good
 * @from: its name
 * @to: its new one, on the same file system
 *
 * Return: 0 or -errno; nothing has changed then, or the disk failed.
 */
int ktb_file_rename(const char *from, const char *to);

/**
 * ktb_file_make_directories() - make a directory and those above it
 * @path: may exist
 *
 * Return: 0 or -errno.
 */
int ktb_file_make_directories(const char *path);

#endif /* KTB_FILE_H */
