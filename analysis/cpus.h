/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CPUs as positions on an axis, without gaps. It knows pictures' settings and
 * nothing of what is drawn.
 */
#ifndef KTB_CPUS_H
#define KTB_CPUS_H

#include "plots.h"

/**
 * struct ktb_cpus - the CPUs on an axis
 * @at: by position, ascending, each once
 * @nr: entries there
 */
struct ktb_cpus {
	int *at;
	size_t nr;
};

/**
 * ktb_cpus_add() - put a CPU on the axis
 * @cpus: all zero at first
 * @cpu: one that may be there already
 *
 * Return: false when there is no memory.
 */
bool ktb_cpus_add(struct ktb_cpus *cpus, int cpu);

/**
 * ktb_cpus_position() - where a CPU stands
 * @cpus: the axis
 * @cpu: one that was added
 *
 * Return: its position, from 0.
 */
size_t ktb_cpus_position(const struct ktb_cpus *cpus, int cpu);

/**
 * ktb_cpus_set() - give a script the axis
 * @plot: begun
 * @cpus: the axis
 *
 * Sets the gnuplot variables cpus, the number of them, and cpu_tics.
 */
void ktb_cpus_set(struct ktb_plot *plot, const struct ktb_cpus *cpus);

/**
 * ktb_cpus_free() - free everything
 * @cpus: the axis
 */
void ktb_cpus_free(struct ktb_cpus *cpus);

#endif /* KTB_CPUS_H */
