/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the verb `run` share: its options, one run, and plans of
 * many boots.
 */
#ifndef KTB_CMD_RUN_H
#define KTB_CMD_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "options.h"
#include "verbs.h"

/**
 * struct ktb_run_options - options of `run`
 * @sets: overrides, JOB.KEY=VALUE
 * @dry_run: print the plan only
 * @results: where result directories are made
 * @name: ends the result directory's name; NULL: the first job file's
 * @seed: every cell's randomness comes from it; -1: one is chosen
 * @align_s: each run begins at a multiple of so many seconds; -1: as the lane has it
 * @quiet: print no progress
 * @no_checks: do not check the contracts that the workloads stand on
 * @device: path of the device; NULL: the usual one
 * @module: module to load and unload
 * @topology: XML of another machine, for @dry_run
 * @boots: a side; make a plan of boots
 * @kernels: `A,B`: the kernels to compare
 * @compare_dir: where the plan goes
 * @looks: `5,10,15`: when to look whether the verdict is clear
 * @plan_only: make a plan for machines elsewhere
 * @go_on: directory of a plan to go on with
 * @next: list the boots that are left
 * @adopt: a result that was measured elsewhere
 * @reboot: boot the next kernel
 * @kexec: by kexec
 * @unit: print the systemd unit
 * @install_unit: install it
 */
struct ktb_run_options {
	struct ktb_texts sets;
	bool dry_run;
	const char *results;
	const char *name;
	int64_t seed;
	int64_t align_s;
	bool quiet;
	bool no_checks;
	const char *device;
	const char *module;
	const char *topology;
	int64_t boots;
	const char *kernels;
	const char *compare_dir;
	const char *looks;
	bool plan_only;
	const char *go_on;
	bool next;
	const char *adopt;
	bool reboot;
	bool kexec;
	bool unit;
	bool install_unit;
};

/**
 * struct ktb_run_files - the job files of a run
 * @paths: as the user wrote them
 * @texts: what they say; NULL: they are read
 * @nr: entries of both
 */
struct ktb_run_files {
	char *const *paths;
	char *const *texts;
	size_t nr;
};

/** ktb_run_choose_seed() - the seed that was given, or one of its own */
uint64_t ktb_run_choose_seed(const struct ktb_run_options *options);

/**
 * ktb_run_once() - measure what job files say, into one result
 * @call: the command line
 * @options: how
 * @files: what
 * @result: the result directory, a string for free(), or NULL; if NULL itself,
 *	the path is printed instead
 *
 * Return: enum ktb_exit; its errors have been printed. The result is complete if
 * it is KTB_EXIT_OK, KTB_EXIT_WORSE or KTB_EXIT_INVALID and there is one.
 */
int ktb_run_once(const struct ktb_call *call,
		 const struct ktb_run_options *options,
		 const struct ktb_run_files *files, char **result);

/**
 * ktb_run_is_boots() - are many boots asked for?
 * @options: of the command line
 */
bool ktb_run_is_boots(const struct ktb_run_options *options);

/**
 * ktb_run_boots() - make a plan of boots, or go on with one
 * @call: the command line
 *
 * Return: enum ktb_exit; its errors have been printed.
 */
int ktb_run_boots(const struct ktb_call *call);

/**
 * ktb_run_module_of() - the module for a kernel
 * @module: a path; `%r` in it is the kernel's release
 * @kernel: its release
 *
 * Return: a string for free().
 */
char *ktb_run_module_of(const char *module, const char *kernel);

/**
 * ktb_run_continue() - go on with a plan of boots
 * @call: the command line
 * @path: the comparison's directory
 * @is_new: the plan has just been made: nothing is measured yet
 *
 * Return: enum ktb_exit; its errors have been printed.
 */
int ktb_run_continue(const struct ktb_call *call, const char *path,
		     bool is_new);

#endif /* KTB_CMD_RUN_H */
