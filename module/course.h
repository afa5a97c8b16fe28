/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The course of a run in time: all armed, warm-up, window, drain. Knows the
 * workload's ops; does not know who the threads are.
 */
#ifndef KTB_COURSE_H
#define KTB_COURSE_H

#include <linux/completion.h>
#include <linux/wait.h>

#include "workload.h"

/**
 * struct ktb_course - where a run stands, and what its threads wait for
 * @gate: opened once all threads exist
 * @armed: completed by the last worker that has armed
 * @unarmed: workers that have not
 * @wait: where the controller sleeps
 * @stop: STOP has been asked for
 * @cut: the run ended before its window was over
 */
struct ktb_course {
	struct completion gate;
	struct completion armed;
	atomic_t unarmed;
	wait_queue_head_t wait;
	bool stop;
	bool cut;
};

void ktb_course_init(struct ktb_course *course, u32 nr_workers);
void ktb_course_nap(long timeout_jiffies);
bool ktb_course_must_end(struct ktb_run *run);
void ktb_course_has_armed(struct ktb_course *course);
void ktb_course_record(struct ktb_run *run);
void ktb_course_stop(struct ktb_course *course);

#endif /* KTB_COURSE_H */
