/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much of a cell is the harness's own: the ledger's costs and what the cell's
 * repetitions took, as shares and rates. It knows nothing of how things are printed.
 */
#ifndef KTB_BURDEN_H
#define KTB_BURDEN_H

#include "findings.h"

/**
 * struct ktb_burden - the harness's share of a cell; -1 where it is not known
 * @recording_ppb: of the CPU time of the cell's CPUs, in their windows, at most:
 *	reading the clock and recording, once for each value of each distribution;
 *	parts per thousand million
 * @irqs: interrupts a second and CPU, thousandths
 * @idle_irqs: likewise, while nothing was measured
 * @wakeups: how often the runner woke, in a repetition, thousandths
 * @reader_ppb: CPU time of the runner, of one CPU's
 * @kernel_bytes: what the session held
 * @reader_bytes: what the runner had resident
 */
struct ktb_burden {
	int64_t recording_ppb;
	int64_t irqs;
	int64_t idle_irqs;
	int64_t wakeups;
	int64_t reader_ppb;
	int64_t kernel_bytes;
	int64_t reader_bytes;
};

/**
 * ktb_burden_of() - the harness's share of a cell
 * @findings: gathered
 * @summary: the cell
 */
struct ktb_burden ktb_burden_of(const struct ktb_findings *findings,
				const struct ktb_summary *summary);

/**
 * ktb_burden_share() - a share for people
 * @ppb: as above
 *
 * Return: "0.053 %", "< 0.001 %", "not known".
 */
struct ktb_text ktb_burden_share(int64_t ppb);

/**
 * ktb_burden_rate() - thousandths for people
 * @milli: as above
 *
 * Return: "1,024", "12.50", "not known".
 */
struct ktb_text ktb_burden_rate(int64_t milli);

/**
 * ktb_burden_sentence() - what measuring a job took, for people
 * @findings: gathered
 * @job: the job
 * @text: filled in; empty if nothing is known of it, as in older results
 * @size: room at @text
 *
 * Return: @text.
 */
const char *ktb_burden_sentence(const struct ktb_findings *findings,
				const struct ktb_job *job, char *text,
				size_t size);

#endif /* KTB_BURDEN_H */
