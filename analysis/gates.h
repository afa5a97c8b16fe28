/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which figures decide on a comparison: what the job files declared, as results carry
 * it. It knows result.json and nothing of readings.
 */
#ifndef KTB_GATES_H
#define KTB_GATES_H

#include "quantity.h"
#include "reader.h"

/**
 * struct ktb_gate - one gated figure of each cell of a job
 * @quantile: which
 * @delta_ppm: the smallest change that matters; KTB_QUANTITY_AUTO
 */
struct ktb_gate {
	enum ktb_quantile quantile;
	int64_t delta_ppm;
};

/**
 * ktb_gates_check() - see that a result's gates have quantiles and deltas, each once
 * @reader: opened
 * @fault: on failure, the sentence
 *
 * Return: 0 or KTB_FAULT_USAGE.
 */
int ktb_gates_check(const struct ktb_reader *reader, struct ktb_fault *fault);

/**
 * ktb_gates_of() - the gates of a metric in a job
 * @reader: opened, its gates have been checked
 * @job: section of the job file
 * @metric: of its workload
 * @gates: array of KTB_NR_QUANTILES, filled in
 *
 * A result that is older than gates has its primary metrics' medians gated, with
 * deltas that follow the noise.
 *
 * Return: how many.
 */
size_t ktb_gates_of(const struct ktb_reader *reader, const char *job,
		    const struct ktb_metric *metric, struct ktb_gate *gates);

#endif /* KTB_GATES_H */
