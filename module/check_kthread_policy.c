// SPDX-License-Identifier: GPL-2.0
/*
 * How kernel threads are scheduled: what they are born with, and that it stays as
 * it was set.
 */
#include <linux/kernel.h>
#include <linux/sched/prio.h>
#include <linux/sched/rt.h>

#include "witness.h"

/* How often a thread is woken and looks at itself. */
#define KTB_POLICY_TURNS    5

/* Any that is no other one's. */
#define KTB_POLICY_PRIORITY 13
#define KTB_POLICY_NICE	    (-7)

/**
 * struct ktb_policy_seen - how a thread is scheduled
 * @policy: SCHED_*
 * @priority: of a real-time thread, else 0
 * @nice: of any other one
 */
struct ktb_policy_seen {
	u32 policy;
	u32 priority;
	s32 nice;
};

static struct ktb_policy_seen ktb_policy_see(const struct task_struct *task)
{
	return (struct ktb_policy_seen){
		.policy = task->policy,
		.priority = task->rt_priority,
		.nice = PRIO_TO_NICE(task->static_prio),
	};
}

static struct ktb_policy_seen ktb_policy_seen;

static void ktb_policy_look(struct ktb_witness *witness)
{
	ktb_policy_seen = ktb_policy_see(current);
	witness->said = current->prio;
}

static void ktb_policy_expect(struct ktb_trial *trial, const char *when,
			      struct ktb_policy_seen seen,
			      struct ktb_policy_seen want)
{
	bool as_promised = seen.policy == want.policy &&
			   seen.priority == want.priority &&
			   (want.priority || seen.nice == want.nice);

	ktb_trial_expect(
		trial, as_promised,
		"%s: policy %u, priority %u, nice %d; promised is %u, %u, %d",
		when, seen.policy, seen.priority, seen.nice, want.policy,
		want.priority, want.nice);
}

/* After it was set, from outside; and from inside, each time it was woken. */
static void ktb_policy_expect_kept(struct ktb_trial *trial,
				   struct ktb_witness *witness,
				   struct ktb_policy_seen want)
{
	int prio = want.priority ? MAX_RT_PRIO - 1 - (int)want.priority :
				   NICE_TO_PRIO(want.nice);
	u32 i;

	ktb_policy_expect(trial, "as it is set", ktb_policy_see(witness->task),
			  want);
	for (i = 0; i < KTB_POLICY_TURNS; i++)
		if (!ktb_witness_ask(witness, ktb_policy_look))
			break;
	ktb_trial_equal(trial, "times it was woken since then", i,
			KTB_POLICY_TURNS);
	ktb_policy_expect(trial, "as it sees itself", ktb_policy_seen, want);
	ktb_trial_equal(trial, "its priority among all", witness->said, prio);
}

/* Before the first wake-up: it must not be lost on the way to the function. */
static void ktb_policy_fifo(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	struct ktb_policy_seen fifo = { SCHED_FIFO, MAX_RT_PRIO / 2, 0 };
	struct ktb_policy_seen low = { SCHED_FIFO, 1, 0 };

	if (ktb_witness_make(trial, witness)) {
		sched_set_fifo(witness->task);
		ktb_trial_say(trial,
			      "sched_set_fifo(), before it is woken first");
		ktb_policy_expect_kept(trial, witness, fifo);
		sched_set_fifo_low(witness->task);
		ktb_trial_say(trial, "sched_set_fifo_low(), now that it runs");
		ktb_policy_expect_kept(trial, witness, low);
	}
	ktb_witness_free(witness);
}

static void ktb_policy_normal(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	struct ktb_policy_seen nice = { SCHED_NORMAL, 0, KTB_POLICY_NICE };
	struct ktb_policy_seen none = { SCHED_NORMAL, 0, 0 };

	if (ktb_witness_make(trial, witness)) {
		sched_set_normal(witness->task, KTB_POLICY_NICE);
		ktb_trial_say(trial,
			      "sched_set_normal(%d), before it is woken first",
			      KTB_POLICY_NICE);
		ktb_policy_expect_kept(trial, witness, nice);
		sched_set_fifo_low(witness->task);
		sched_set_normal(witness->task, 0);
		ktb_trial_say(
			trial,
			"sched_set_normal(0), after sched_set_fifo_low()");
		ktb_policy_expect_kept(trial, witness, none);
	}
	ktb_witness_free(witness);
}

static void ktb_policy_priority(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	struct ktb_policy_seen fifo = { SCHED_FIFO, KTB_POLICY_PRIORITY, 0 };

	if (!KTB_SETS_FIFO_PRIORITY)
		ktb_trial_skip(
			trial,
			"this kernel exports no function that sets a priority of choice to modules, as newer ones do");
	else if (ktb_witness_begin(trial, witness, trial->cpu)) {
		ktb_set_fifo_priority(witness->task, KTB_POLICY_PRIORITY);
		ktb_policy_expect_kept(trial, witness, fifo);
	}
	ktb_witness_free(witness);
}

static struct ktb_witness *ktb_policy_child;

static void ktb_policy_create(struct ktb_witness *witness)
{
	struct task_struct *task = kthread_create(
		ktb_witness_thread, ktb_policy_child, "ktb_witness");

	if (!IS_ERR(task))
		ktb_policy_child->task = get_task_struct(task);
}

/* Has one thread, scheduled as it is, make another one. */
static void ktb_policy_inherit(struct ktb_trial *trial,
			       struct ktb_witness *witness, const char *maker)
{
	struct ktb_policy_seen none = { SCHED_NORMAL, 0, 0 };

	ktb_trial_say(trial, "made by one with %s", maker);
	ktb_policy_child = ktb_witness_alloc();
	/* A maker that is late must not find that there is no child any more. */
	if (ktb_trial_expect(trial,
			     ktb_witness_ask(witness, ktb_policy_create) &&
				     ktb_policy_child->task,
			     "it has made a thread")) {
		ktb_policy_expect_kept(trial, ktb_policy_child, none);
	} else {
		ktb_witness_stop(witness);
	}
	ktb_witness_free(ktb_policy_child);
}

static void ktb_policy_not_inherited(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();

	if (ktb_witness_begin(trial, witness, trial->cpu)) {
		sched_set_fifo_low(witness->task);
		ktb_policy_inherit(trial, witness, "SCHED_FIFO");
		if (!witness->stopped) {
			sched_set_normal(witness->task, KTB_POLICY_NICE);
			ktb_policy_inherit(trial, witness, "a nice value");
		}
	}
	ktb_witness_free(witness);
}

static const struct ktb_check ktb_kthread_policy_checks[] = {
	{ "not_inherited",
	  "A new thread is SCHED_NORMAL with nice 0, however its creator is scheduled.",
	  "kernel/kthread.c: kthread()", ktb_policy_not_inherited },
	{ "fifo",
	  "sched_set_fifo() gives SCHED_FIFO with priority 50 and sched_set_fifo_low() with 1, and they stay, also if set before the first wake-up.",
	  "kernel/sched/syscalls.c: sched_set_fifo(), sched_set_fifo_low()",
	  ktb_policy_fifo },
	{ "normal",
	  "sched_set_normal() gives SCHED_NORMAL with that nice value, also to a thread that was SCHED_FIFO, and it stays.",
	  "kernel/sched/syscalls.c: sched_set_normal()", ktb_policy_normal },
	{ "priority",
	  "sched_setattr_nocheck() gives a thread any priority of SCHED_FIFO, and it stays.",
	  "kernel/sched/syscalls.c: sched_setattr_nocheck()",
	  ktb_policy_priority },
};

KTB_SUBJECT_OF(kthread_policy);
