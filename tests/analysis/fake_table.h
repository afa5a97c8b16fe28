/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The workloads of an invented run, as a table. For the other fake_*.c.
 */
#ifndef KTB_FAKE_TABLE_H
#define KTB_FAKE_TABLE_H

#include <stdbool.h>
#include <stdint.h>

/* Distributions of one workload. */
#define FAKE_HISTS 40

/**
 * struct fake_param - a parameter
 * @name: of the parameter; a row with NULL ends a table
 * @type: int, bool or enum
 * @unit: none, ns, count or bytes
 * @choices: of an enum, separated by commas; the first is the default
 * @def: default of the others
 */
struct fake_param {
	const char *name;
	const char *type;
	const char *unit;
	const char *choices;
	int64_t def;
};

/**
 * struct fake_metric - a metric
 * @name: of the metric; a row with NULL ends a table
 * @marks: d distribution or c counter, then any of P primary, p part, h phase,
 *	k cost of a call (ps), l loss, b bytes, n a count, r one sample a round
 *	and of the first CPU only, m of the periods that were missed
 * @base: about what a sample is; 0: somebody else invents it, or it is the sum
 *	of the parts
 * @of: the parameter that a sample grows with, or NULL
 * @per: it doubles when that parameter reaches this
 */
struct fake_metric {
	const char *name;
	const char *marks;
	int64_t base;
	const char *of;
	int64_t per;
};

/**
 * struct fake_workload - a workload
 * @name: of the workload
 * @help: one sentence
 * @params: its own parameters
 * @metrics: its own metrics
 */
struct fake_workload {
	const char *name;
	const char *help;
	struct fake_param params[10];
	struct fake_metric metrics[FAKE_HISTS + 1];
};

/** The parameters that every workload has. */
extern const struct fake_param fake_common_params[];

/**
 * fake_workload() - find a workload
 * @name: of the workload, which is in the table
 *
 * Return: its row.
 */
const struct fake_workload *fake_workload(const char *name);

/**
 * fake_mark() - is a metric marked
 * @metric: the metric
 * @mark: one of the marks
 *
 * Return: whether it has it.
 */
bool fake_mark(const struct fake_metric *metric, char mark);

#endif /* KTB_FAKE_TABLE_H */
