/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small files of the kernel, below /proc and /sys. KTBENCH_SYSROOT=DIR puts a
 * directory in front of every path, so that tests can show another machine.
 */
#ifndef KTB_SYSFS_H
#define KTB_SYSFS_H

#include <stdbool.h>
#include <stddef.h>

#define KTB_SYSFS_LEN 4096

/**
 * ktb_sysfs_path() - where a file really is
 * @path: absolute
 *
 * Return: a string for free(), KTBENCH_SYSROOT included.
 */
char *ktb_sysfs_path(const char *path);

/**
 * ktb_sysfs_read() - the text of a small file, spaces around it taken off
 * @path: absolute, without KTBENCH_SYSROOT
 * @text: where to; KTB_SYSFS_LEN bytes; empty on a failure
 *
 * What is longer than the buffer is cut off.
 *
 * Return: 0 or -errno.
 */
int ktb_sysfs_read(const char *path, char *text);

/**
 * ktb_sysfs_write() - write a value to a file
 * @path: absolute, without KTBENCH_SYSROOT
 * @text: the value
 *
 * Return: 0 or -errno.
 */
int ktb_sysfs_write(const char *path, const char *text);

/** ktb_sysfs_exists() - whether there is a file or directory */
bool ktb_sysfs_exists(const char *path);

/**
 * struct ktb_sysfs_paths - the files that a pattern matches
 * @path: sorted, without KTBENCH_SYSROOT
 * @nr: entries of @path
 */
struct ktb_sysfs_paths {
	char **path;
	size_t nr;
};

/**
 * ktb_sysfs_glob() - all files that match a pattern
 * @pattern: absolute, as for glob(3)
 *
 * Return: none, if nothing matches; ktb_sysfs_paths_free() frees them.
 */
struct ktb_sysfs_paths ktb_sysfs_glob(const char *pattern);

/** ktb_sysfs_paths_free() - free what ktb_sysfs_glob() found */
void ktb_sysfs_paths_free(struct ktb_sysfs_paths *paths);

#endif /* KTB_SYSFS_H */
