/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan of boots as a file, DIR/plan.json. It is written once, and how far
 * the plan is does not stand in it: see boots_dir.h.
 */
#ifndef KTB_BOOTS_FILE_H
#define KTB_BOOTS_FILE_H

#include "boots.h"

#define KTB_BOOTS_FILE "plan.json"

/**
 * ktb_boots_file_write() - make a comparison's directory with its plan
 * @dir: made if it is not there; it may not hold anything yet
 * @plan: the plan
 * @err: on a failure
 *
 * Return: 0; KTB_EXIT_USAGE if the directory cannot be had or holds something;
 * KTB_EXIT_DEVICE if the plan cannot be written.
 */
int ktb_boots_file_write(const char *dir, const struct ktb_boots *plan,
			 struct ktb_error *err);

/**
 * ktb_boots_file_read() - read a plan
 * @dir: the comparison's directory
 * @plan: to be filled in; ktb_boots_free() frees it, after a failure too
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_boots_file_read(const char *dir, struct ktb_boots *plan,
			struct ktb_error *err);

#endif /* KTB_BOOTS_FILE_H */
