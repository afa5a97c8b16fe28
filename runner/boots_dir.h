/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory of a comparison: which boots of the plan are done, told by
 * nothing but the results that are there.
 *
 *	DIR/plan.json		never changed
 *	DIR/A/, DIR/B/		complete results, one a boot; their names end in
 *				boot-NN
 *	DIR/running/		the boot that is being measured
 *	DIR/torn/		remains of boots that did not come to their end
 *
 * A result comes into A or B by one rename(), when it is complete. What a crash
 * leaves is in running/, from where it is set aside; its boot is done again.
 */
#ifndef KTB_BOOTS_DIR_H
#define KTB_BOOTS_DIR_H

#include "boots.h"

/* As many times a boot may be torn before nobody is asked again. */
#define KTB_BOOTS_MAX_TORN 3

/**
 * struct ktb_boots_dir - a comparison's directory
 * @path: of it, absolute, without links
 * @plan: its plan
 * @is_done: of each boot of the plan
 * @boot_ids: the kernel's boot_id of each boot that is done; else NULL
 * @lock_fd: holds the lock
 */
struct ktb_boots_dir {
	char *path;
	struct ktb_boots plan;
	bool *is_done;
	char **boot_ids;
	int lock_fd;
};

/**
 * ktb_boots_dir_open() - read the plan and look what is done
 * @dir: to be filled in; ktb_boots_dir_close() frees it, after a failure too
 * @path: the directory
 * @err: on a failure
 *
 * No other process may have it open meanwhile.
 *
 * Return: 0; KTB_EXIT_USAGE if there is no plan, it is damaged, or there is
 * something in A or B that does not belong there; KTB_EXIT_DEVICE if another
 * process is at work there.
 */
int ktb_boots_dir_open(struct ktb_boots_dir *dir, const char *path,
		       struct ktb_error *err);

/**
 * ktb_boots_dir_running() - where a boot's result is made
 * @dir: the directory
 * @err: on a failure
 *
 * What an earlier boot has left there is set aside, and told.
 *
 * Return: a string for free(), or NULL.
 */
char *ktb_boots_dir_running(struct ktb_boots_dir *dir, struct ktb_error *err);

/**
 * ktb_boots_dir_keep() - a boot is done
 * @dir: the directory
 * @result: of the boot that its name tells; it is moved
 * @kept: where it is then, a string for free()
 * @err: on a failure
 *
 * Return: 0; KTB_EXIT_USAGE if it is no complete result of a boot that is to be
 * done; KTB_EXIT_DEVICE if it cannot be moved.
 */
int ktb_boots_dir_keep(struct ktb_boots_dir *dir, const char *result,
		       char **kept, struct ktb_error *err);

/**
 * ktb_boots_dir_torn() - how often a boot was begun in vain
 * @dir: the directory
 * @boot: its number
 */
size_t ktb_boots_dir_torn(const struct ktb_boots_dir *dir, size_t boot);

/**
 * ktb_boots_dir_measured() - which boot of the machine's is this one?
 * @dir: the directory
 * @boot_id: the kernel's
 *
 * Return: the number of the plan's boot that was measured in it, or 0.
 */
size_t ktb_boots_dir_measured(const struct ktb_boots_dir *dir,
			      const char *boot_id);

/** ktb_boots_dir_close() - free what a directory holds, its lock too */
void ktb_boots_dir_close(struct ktb_boots_dir *dir);

#endif /* KTB_BOOTS_DIR_H */
