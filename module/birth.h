/* SPDX-License-Identifier: GPL-2.0 */
/*
 * When a task came to exist, as a probe on the tracepoint task_newtask saw it.
 * The kernel itself notes the time in the task as well (start_time), at no cost;
 * the probe is the other witness.
 */
#ifndef KTB_BIRTH_H
#define KTB_BIRTH_H

#include <linux/types.h>

struct task_struct;
struct ktb_births;

struct ktb_births *ktb_birth_watch(u32 nr);
void ktb_birth_unwatch(struct ktb_births *births);
void ktb_birth_forget(struct ktb_births *births);
u64 ktb_birth_ns(const struct ktb_births *births,
		 const struct task_struct *task);

#endif /* KTB_BIRTH_H */
