/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan of a comparison of two kernels over many boots: which kernel is
 * booted when, and which boot comes next. It is pure: it knows neither files
 * nor machines.
 */
#ifndef KTB_BOOTS_H
#define KTB_BOOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "looks.h"
#include "message.h"

#define KTB_BOOTS_NR_SIDES 2
/* Boots a side. */
#define KTB_BOOTS_MAX	   KTB_LOOKS_MOST_BOOTS

/** ktb_boots_side_names - "A" and "B" */
extern const char *const ktb_boots_side_names[KTB_BOOTS_NR_SIDES];

/**
 * struct ktb_boots_job - a job file of the plan
 * @path: as the user wrote it
 * @text: the whole file, as it was when the plan was made
 */
struct ktb_boots_job {
	char *path;
	char *text;
};

/**
 * struct ktb_boots - the plan; it never changes once it was made
 * @created: UTC, ISO 8601
 * @seed: the order, and each boot's randomness, come from it
 * @jobs: what is measured
 * @nr_jobs: entries of @jobs
 * @sets: overrides, JOB.KEY=VALUE
 * @nr_sets: entries of @sets
 * @module: path of ktbench.ko, `%r` in it is the kernel's release; NULL: it is
 *	loaded already, or not needed
 * @no_checks: contracts are not checked
 * @kernels: of each side
 * @boots: a side
 * @looks: when it is looked whether the verdict is clear; the last one is @boots
 * @order: 2 * @boots sides, 0 or 1
 */
struct ktb_boots {
	char *created;
	uint64_t seed;
	struct ktb_boots_job *jobs;
	size_t nr_jobs;
	char **sets;
	size_t nr_sets;
	char *module;
	bool no_checks;
	char *kernels[KTB_BOOTS_NR_SIDES];
	size_t boots;
	struct ktb_looks looks;
	uint8_t *order;
};

/**
 * ktb_boots_total() - boots of both sides
 * @plan: the plan
 */
size_t ktb_boots_total(const struct ktb_boots *plan);

/**
 * ktb_boots_order() - the order of boots, in randomised blocks
 * @plan: its @boots and @seed are set; @order is made
 *
 * A block of four is ABBA or BAAB, so a linear drift of the machine over a block
 * falls on both sides alike (results of the simulator: docs/methodology.md). Two
 * boots that remain are AB or BA.
 */
void ktb_boots_order(struct ktb_boots *plan);

/**
 * ktb_boots_is_order() - could ktb_boots_order() have made this order?
 * @plan: the plan, as it was read
 */
bool ktb_boots_is_order(const struct ktb_boots *plan);

/**
 * ktb_boots_looks() - read a list of looks
 * @plan: its @boots are set, or 0: then the last look sets them
 * @text: such as `5,10,15`
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_boots_looks(struct ktb_boots *plan, const char *text,
		    struct ktb_error *err);

/**
 * ktb_boots_next() - the first boot that is not done
 * @plan: the plan
 * @is_done: of each boot, in the plan's order
 *
 * Return: its number, from 1; 0 if all are done.
 */
size_t ktb_boots_next(const struct ktb_boots *plan, const bool *is_done);

/**
 * ktb_boots_look() - the look that is due
 * @plan: the plan
 * @is_done: of each boot
 *
 * It is due when just the boots up to it are done, and others would follow.
 *
 * Return: boots a side, or 0.
 */
size_t ktb_boots_look(const struct ktb_boots *plan, const bool *is_done);

/**
 * ktb_boots_side() - the side of a boot
 * @plan: the plan
 * @boot: its number, from 1
 *
 * Return: 0 or 1.
 */
size_t ktb_boots_side(const struct ktb_boots *plan, size_t boot);

/**
 * ktb_boots_seed() - the seed of a boot's run
 * @plan: the plan
 * @boot: its number, from 1
 *
 * Return: 1 to UINT32_MAX; another one for each boot of a plan, almost surely.
 */
uint32_t ktb_boots_seed(const struct ktb_boots *plan, size_t boot);

/**
 * ktb_boots_name() - what ends the name of a boot's result
 * @boot: its number, from 1
 *
 * Return: a string for free(), such as `boot-03`.
 */
char *ktb_boots_name(size_t boot);

/**
 * ktb_boots_number() - the boot that a result's name tells
 * @name: such as `20260714-101500-boot-03`, or with `-2` behind it
 *
 * Return: its number, or 0 if it is no such name.
 */
size_t ktb_boots_number(const char *name);

/** ktb_boots_free() - free what a plan holds */
void ktb_boots_free(struct ktb_boots *plan);

#endif /* KTB_BOOTS_H */
