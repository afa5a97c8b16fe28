/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many interrupts each CPU has taken, as /proc/interrupts tells it: those of
 * devices, of the local timer, and from other CPUs. It knows no runs.
 */
#ifndef KTB_IRQS_H
#define KTB_IRQS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct ktb_irqs - counts at one moment
 * @nr: entries of @count; 0 where the kernel does not tell
 * @count: interrupts since boot, by number of the CPU; 0 for one that is offline
 */
struct ktb_irqs {
	size_t nr;
	uint64_t *count;
};

/**
 * ktb_irqs_parse() - read counts from an open file
 * @irqs: to be filled in; ktb_irqs_free() frees it
 * @from: as /proc/interrupts is: a line of CPUs, then a line an interrupt. Lines
 *	that have no figure for each of the CPUs are not theirs, and are left out
 */
void ktb_irqs_parse(struct ktb_irqs *irqs, FILE *from);

/** ktb_irqs_read() - read counts from /proc/interrupts */
void ktb_irqs_read(struct ktb_irqs *irqs);

/**
 * ktb_irqs_since() - interrupts of a CPU between two moments
 * @now: the later one
 * @before: the earlier one
 * @cpu: the CPU
 *
 * Return: the difference; 0 if the CPU is missing in one of them.
 */
uint64_t ktb_irqs_since(const struct ktb_irqs *now,
			const struct ktb_irqs *before, uint32_t cpu);

/** ktb_irqs_free() - free what was read */
void ktb_irqs_free(struct ktb_irqs *irqs);

#endif /* KTB_IRQS_H */
