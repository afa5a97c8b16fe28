/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One figure that two kernels are compared by: a quantile of a metric of a cell, with
 * a reading of each boot, and what came out. It knows nothing of files.
 */
#ifndef KTB_QUANTITY_H
#define KTB_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "effect.h"
#include "quantile.h"
#include "scale.h"

/** enum ktb_verdict - one word on a figure, or on a comparison */
enum ktb_verdict {
	KTB_VERDICT_UNCHANGED,
	KTB_VERDICT_IMPROVED,
	KTB_VERDICT_NOISY,
	KTB_VERDICT_REGRESSED,
	/* Nothing can be said, and @reason tells why. */
	KTB_VERDICT_NONE,
	KTB_NR_VERDICTS,
};

/* @cpu: all CPUs of the cell together. */
#define KTB_QUANTITY_ALL_CPUS (-1)
/* @delta_ppm: follows the noise. */
#define KTB_QUANTITY_AUTO     (-1)

/**
 * struct ktb_reading - one boot's
 * @boot: index into the side's boots
 * @value: in the metric's scale, with the fraction that the rank has within its bucket;
 *	NAN if it is below zero or past the last bucket
 * @count: samples that it is a quantile of
 */
struct ktb_reading {
	size_t boot;
	double value;
	uint64_t count;
};

/**
 * struct ktb_quantity - one figure
 * @job: section of the job file
 * @cell: what is swept, "timers=100"; empty if nothing is
 * @metric: its name
 * @scale: what its numbers count
 * @quantile: which
 * @cpu: the CPU, or KTB_QUANTITY_ALL_CPUS
 * @is_gated: it decides on the comparison; the rest is told
 * @is_left_out: it would decide, but a side left its job out, and said so
 * @is_rate: more of it is better
 * @is_served: of the periods that were served, where others were missed
 * @is_of_served: of A and of B: it leaves missed periods out, since nothing tells how late
 *	they were
 * @delta_ppm: of a gated one: the smallest change that matters, in parts per million
 *	of A; KTB_QUANTITY_AUTO: it follows the noise
 * @readings: of A and of B, boots in their order
 * @nr: boots that have one, of A and of B
 * @lost: samples that were lost, of A and of B
 * @missed: periods of its cell that were missed, of A and of B
 * @step: the smallest difference that the clock can tell, in the metric's scale
 * @center: exp(mean log) of each side, in the metric's scale; of the exact lane the
 *	figure itself
 * @least: of the exact lane: the least sample of each side
 * @effect: B against A; of the exact lane @estimate alone
 * @p: adjusted within its family (Holm if it is gated, else Benjamini-Hochberg)
 * @alpha: what the interval is made for
 * @low: of the interval, in logarithms
 * @high: of the interval, in logarithms
 * @delta: the smallest change that is called one, in logarithms
 * @margin: a change that is surely smaller than this is none, in logarithms
 * @verdict: one word
 * @boots_needed: a side, if it is too noisy; SIZE_MAX: more than a million, or the
 *	clock is too coarse
 * @modes: of A and of B: boots in the lower of two groups, 0 if there is one group
 * @reason: why there is no verdict; empty if there is one
 */
struct ktb_quantity {
	char *job;
	char *cell;
	char *metric;
	enum ktb_scale scale;
	enum ktb_quantile quantile;
	int cpu;
	bool is_gated;
	bool is_left_out;
	bool is_rate;
	bool is_served;
	bool is_of_served[2];
	int64_t delta_ppm;
	struct ktb_reading *readings[2];
	size_t nr[2];
	uint64_t lost[2];
	uint64_t missed[2];
	double step;
	double center[2];
	double least[2];
	struct ktb_effect effect;
	double p;
	double alpha;
	double low;
	double high;
	double delta;
	double margin;
	enum ktb_verdict verdict;
	size_t boots_needed;
	size_t modes[2];
	char reason[192];
};

/** ktb_quantity_free() - free what a quantity holds; not the struct itself */
void ktb_quantity_free(struct ktb_quantity *quantity);

/**
 * ktb_quantity_drop_served() - leave out those of the periods that were served
 * @quantities: figures; those that are left out are freed, the rest move up
 * @nr: entries there
 *
 * Return: entries that are left.
 */
size_t ktb_quantity_drop_served(struct ktb_quantity *quantities, size_t nr);

/**
 * ktb_quantity_name() - a figure in a few words
 * @quantity: the figure
 * @text: filled in: "wheel-scaling timers=100: lateness p99, CPU 2"
 * @size: room at @text
 */
void ktb_quantity_name(const struct ktb_quantity *quantity, char *text,
		       size_t size);

/**
 * ktb_quantity_verdict_name() - a verdict in words
 * @verdict: which
 *
 * Return: "regressed", "improved", "unchanged", "too noisy", "no verdict".
 */
const char *ktb_quantity_verdict_name(enum ktb_verdict verdict);

/**
 * ktb_quantity_read() - a quantile of a histogram as a number
 * @h: the histogram
 * @ppm: the quantile in parts per million
 * @value: filled in: the samples of a bucket are taken to lie evenly in it
 *
 * Return: false if it lies among early or overflowing samples, or there are none.
 */
bool ktb_quantity_read(const struct ktb_histogram *h, uint32_t ppm,
		       double *value);

#endif /* KTB_QUANTITY_H */
