/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is unfit to measure on this machine, and how to mend it: a table of
 * checks. It changes nothing itself: knobs.c does, by the same table.
 */
#ifndef KTB_FITNESS_H
#define KTB_FITNESS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** enum ktb_fitness_state - what a check found */
enum ktb_fitness_state {
	KTB_FITNESS_OK,
	KTB_FITNESS_WARN,
	KTB_FITNESS_UNFIT,
	KTB_FITNESS_UNKNOWN,
	KTB_NR_FITNESS_STATES,
};

#define KTB_FITNESS_VALUE_LEN 160

struct ktb_fitness_check;

/**
 * struct ktb_fitness - what a check found
 * @check: the check
 * @state: how it is
 * @value: what was seen
 */
struct ktb_fitness {
	const struct ktb_fitness_check *check;
	enum ktb_fitness_state state;
	char value[KTB_FITNESS_VALUE_LEN];
};

/**
 * struct ktb_fitness_check - one check
 * @name: as results call it
 * @look: finds out; fills in the state and the value
 * @path: file, or pattern of files, that it looks at
 * @want: text that every file should have
 * @also: another text that will do, or NULL
 * @bad: state if one has not
 * @is_set: `--apply` writes @want to the files; else only a person can mend it
 * @concerns: which of the files matter, NULL: all
 * @advice: what is wrong and what to do, without a full stop
 */
struct ktb_fitness_check {
	const char *name;
	void (*look)(const struct ktb_fitness_check *check,
		     struct ktb_fitness *found);
	const char *path;
	const char *want;
	const char *also;
	enum ktb_fitness_state bad;
	bool is_set;
	bool (*concerns)(const char *path);
	const char *advice;
};

/** ktb_fitness_checks - all checks; the last one has no name */
extern const struct ktb_fitness_check ktb_fitness_checks[];

/**
 * ktb_fitness_look() - do one check
 * @check: which
 *
 * Return: what it found.
 */
struct ktb_fitness ktb_fitness_look(const struct ktb_fitness_check *check);

/** ktb_fitness_is_good() - whether a value of a knob will do */
bool ktb_fitness_is_good(const struct ktb_fitness_check *check,
			 const char *value);

/** ktb_fitness_state_name() - `ok`, `warn`, `unfit` or `unknown` */
const char *ktb_fitness_state_name(enum ktb_fitness_state state);

/**
 * ktb_fitness_json() - all checks
 *
 * Return: a new array, as results/SCHEMA.md has it.
 */
json_t *ktb_fitness_json(void);

/**
 * ktb_fitness_value() - the value of a knob
 * @path: its file
 * @text: KTB_SYSFS_LEN bytes; of a list of choices such as `always [madvise]`
 *	the one in brackets
 *
 * Return: 0 or -errno.
 */
int ktb_fitness_value(const char *path, char *text);

#endif /* KTB_FITNESS_H */
