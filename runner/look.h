/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ways to look at the machine: each fills in what a check of fitness.c found.
 */
#ifndef KTB_LOOK_H
#define KTB_LOOK_H

#include "fitness.h"

/** ktb_look_files() - every file of the pattern has the wanted text */
void ktb_look_files(const struct ktb_fitness_check *check,
		    struct ktb_fitness *found);

/** ktb_look_not_empty() - the file has a text */
void ktb_look_not_empty(const struct ktb_fitness_check *check,
			struct ktb_fitness *found);

/** ktb_look_absent() - the file is not there */
void ktb_look_absent(const struct ktb_fitness_check *check,
		     struct ktb_fitness *found);

/** ktb_look_hypervisor() - no hypervisor runs this CPU */
void ktb_look_hypervisor(const struct ktb_fitness_check *check,
			 struct ktb_fitness *found);

/** ktb_look_clocksource() - as ktb_look_files(), and a guest's own clock is only a warning */
void ktb_look_clocksource(const struct ktb_fitness_check *check,
			  struct ktb_fitness *found);

/** ktb_look_allowed() - this process may use all CPUs that are online */
void ktb_look_allowed(const struct ktb_fitness_check *check,
		      struct ktb_fitness *found);

/** ktb_look_load() - the load average of the last minute is at most 1 */
void ktb_look_load(const struct ktb_fitness_check *check,
		   struct ktb_fitness *found);

/** ktb_look_swap() - no swap is in use */
void ktb_look_swap(const struct ktb_fitness_check *check,
		   struct ktb_fitness *found);

/** ktb_look_process() - no process has the wanted name */
void ktb_look_process(const struct ktb_fitness_check *check,
		      struct ktb_fitness *found);

/** ktb_look_config() - no debugging option that costs time in every timer */
void ktb_look_config(const struct ktb_fitness_check *check,
		     struct ktb_fitness *found);

/** ktb_look_nowhere() - it cannot be seen: says so */
void ktb_look_nowhere(const struct ktb_fitness_check *check,
		      struct ktb_fitness *found);

/** ktb_look_is_deep_state() - whether leaving this C-state takes over 10 us */
bool ktb_look_is_deep_state(const char *path);

#endif /* KTB_LOOK_H */
