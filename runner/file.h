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
 * Written beside it, synced, renamed; the directory is synced too.
 *
 * Return: 0 or -errno; the old file is untouched then.
 */
int ktb_file_replace(const char *path, const char *text);

/**
 * ktb_file_append() - add a text to a file's end, and sync it
 * @fd: the file
 * @bytes: its size, which is moved on
 * @text: what to add
 *
 * Return: 0 or -errno; the file is cut back to *@bytes then, so that no half
 * text stays.
 */
int ktb_file_append(int fd, off_t *bytes, const char *text);

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
