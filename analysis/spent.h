/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the repetitions of a cell took of the machine besides what they measured. It
 * knows the member `cost` of the cells and nothing of metrics.
 */
#ifndef KTB_SPENT_H
#define KTB_SPENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

/**
 * struct ktb_spent - the repetitions of a cell, together
 * @nr: repetitions that told; none do in older results
 * @elapsed_ns: from START to STOP
 * @cpu_ns: likewise, once for each CPU whose interrupts are known
 * @irqs: interrupts of those CPUs meanwhile
 * @reader_wakeups: how often the runner woke meanwhile
 * @reader_cpu_ns: CPU time that it used
 * @reader_memory_bytes: most memory that it had resident
 */
struct ktb_spent {
	unsigned int nr;
	int64_t elapsed_ns;
	int64_t cpu_ns;
	int64_t irqs;
	int64_t reader_wakeups;
	int64_t reader_cpu_ns;
	int64_t reader_memory_bytes;
};

/**
 * ktb_spent_add() - add a repetition
 * @spent: of its cell; all zero at first
 * @cost: the member `cost` of its line; NULL in older results
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: false if it is damaged.
 */
bool ktb_spent_add(struct ktb_spent *spent, const json_t *cost, char *why,
		   size_t size);

/**
 * ktb_spent_cpu_ns() - time of several CPUs
 * @elapsed_ns: from 0 up
 * @nr: CPUs
 * @cpu_ns: filled in
 *
 * Return: false if that is longer than any run can be.
 */
bool ktb_spent_cpu_ns(int64_t elapsed_ns, size_t nr, int64_t *cpu_ns);

/**
 * ktb_spent_sum_irqs() - add interrupts up
 * @irqs: an array of [CPU, interrupts]
 * @sum: of all CPUs
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: false if it is no such array.
 */
bool ktb_spent_sum_irqs(const json_t *irqs, int64_t *sum, char *why,
			size_t size);

#endif /* KTB_SPENT_H */
