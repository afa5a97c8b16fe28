// SPDX-License-Identifier: GPL-2.0
/*
 * A probe on task_newtask, which kthreadd passes when a new kernel thread
 * exists: times by task, in a table that kthreadd alone writes. It knows no
 * workload. A probe that comes or goes patches the kernel's code on all CPUs,
 * so it is there only where it was asked for.
 */
#include <linux/err.h>
#include <linux/hash.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <trace/events/task.h>

#include "birth.h"
#include "clock.h"
#include "compat.h"
#include "trace.h"

/* The pid of kthreadd, which makes all kernel threads, one at a time. */
#define KTB_BIRTH_KTHREADD 2
/* Slots that are tried before the oldest one of them has to go. */
#define KTB_BIRTH_PROBES   16

/**
 * struct ktb_birth - a task, and when it came to exist
 * @task: never followed, only compared
 * @round: of the table when it was written
 * @at_ns: CLOCK_MONOTONIC
 */
struct ktb_birth {
	const struct task_struct *task;
	u32 round;
	u64 at_ns;
};

/**
 * struct ktb_births - tasks that came to exist
 * @point: the tracepoint
 * @bits: of the number of slots
 * @round: entries of another one are free
 * @slot: by the hash of the task, and behind it
 */
struct ktb_births {
	struct tracepoint *point;
	u32 bits;
	u32 round;
	struct ktb_birth slot[];
};

static u32 ktb_birth_slot(const struct ktb_births *births,
			  const struct task_struct *task, u32 probe)
{
	u32 mask = (1U << births->bits) - 1;

	return (hash_ptr(task, births->bits) + probe) & mask;
}

static void ktb_birth_on_newtask(void *data, KTB_TASK_NEWTASK_ARGS)
{
	struct ktb_births *births = data;
	u64 now_ns = ktb_clock_ns();
	struct ktb_birth *birth;
	u32 probe;

	if (current->pid != KTB_BIRTH_KTHREADD)
		return;
	for (probe = 0; probe < KTB_BIRTH_PROBES; probe++) {
		birth = &births->slot[ktb_birth_slot(births, task, probe)];
		if (birth->round != births->round || birth->task == task)
			break;
	}
	birth->task = task;
	birth->round = births->round;
	birth->at_ns = now_ns;
}

/**
 * ktb_birth_ns() - when a task came to exist
 * @births: the table
 * @task: a kernel thread that its creator has been given, so that kthreadd is
 *	done with it
 *
 * Return: CLOCK_MONOTONIC, or 0 if the probe has not seen it in this round.
 */
u64 ktb_birth_ns(const struct ktb_births *births,
		 const struct task_struct *task)
{
	const struct ktb_birth *birth;
	u32 probe;

	for (probe = 0; probe < KTB_BIRTH_PROBES; probe++) {
		birth = &births->slot[ktb_birth_slot(births, task, probe)];
		if (birth->round == births->round && birth->task == task)
			return birth->at_ns;
	}
	return 0;
}

/**
 * ktb_birth_forget() - begin anew with an empty table
 * @births: the table; nobody waits for a thread of its own to be made
 */
void ktb_birth_forget(struct ktb_births *births)
{
	WRITE_ONCE(births->round, births->round + 1);
}

/**
 * ktb_birth_watch() - begin to note when kernel threads come to exist
 * @nr: threads between one ktb_birth_forget() and the next
 *
 * Return: the table; -EOPNOTSUPP without such a tracepoint, -ENOMEM, or the
 * error of ktb_trace_watch().
 */
struct ktb_births *ktb_birth_watch(u32 nr)
{
	u32 bits = ilog2(roundup_pow_of_two(4 * (nr + KTB_BIRTH_PROBES)));
	struct tracepoint *point = ktb_trace_find("task_newtask");
	struct ktb_births *births;
	int err;

	/* Warns where the kernel calls its probes with other types. */
	check_trace_callback_type_task_newtask(ktb_birth_on_newtask);
	if (!point)
		return ERR_PTR(-EOPNOTSUPP);
	births = kvzalloc(struct_size(births, slot, 1UL << bits), KTB_GFP);
	if (!births)
		return ERR_PTR(-ENOMEM);
	births->point = point;
	births->bits = bits;
	births->round = 1;
	err = ktb_trace_watch(point, ktb_birth_on_newtask, births);
	if (!err)
		return births;
	kvfree(births);
	return ERR_PTR(err);
}

/**
 * ktb_birth_unwatch() - stop, and forget all
 * @births: the table, or NULL
 */
void ktb_birth_unwatch(struct ktb_births *births)
{
	if (!births)
		return;
	ktb_trace_unwatch(births->point, ktb_birth_on_newtask, births);
	kvfree(births);
}
