// SPDX-License-Identifier: GPL-2.0
/*
 * Making kernel threads: who makes them, when they run, what they are born with.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "actor.h"

/* The one that makes all kernel threads. */
#define KTB_KTHREADD_PID    2

/* A thread that was not woken is given so many jiffies to run all the same. */
#define KTB_KTHREAD_WATCHED 5

static char ktb_kthread_parent_name[TASK_COMM_LEN];

static void ktb_kthread_find_parent(struct ktb_actor *actor)
{
	struct task_struct *parent;

	rcu_read_lock();
	parent = rcu_dereference(current->real_parent);
	actor->said = parent->pid;
	strscpy(ktb_kthread_parent_name, parent->comm,
		sizeof(ktb_kthread_parent_name));
	rcu_read_unlock();
}

static void ktb_kthread_parent(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_begin(trial, actor, trial->cpu)) {
		ktb_trial_say(trial, "asked for by pid %d", current->pid);
		ktb_actor_expect(trial, actor, ktb_kthread_find_parent,
				 "pid of its parent", KTB_KTHREADD_PID);
		ktb_trial_expect(trial,
				 !strcmp(ktb_kthread_parent_name, "kthreadd"),
				 "name of its parent: %s",
				 ktb_kthread_parent_name);
		ktb_trial_expect(trial, actor->task->flags & PF_KTHREAD,
				 "its flag PF_KTHREAD is set");
		ktb_trial_expect(trial, !actor->task->mm,
				 "it has no address space");
	}
	ktb_actor_free(actor);
}

static void ktb_kthread_made_asleep(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_make(trial, actor)) {
		schedule_timeout_idle(KTB_KTHREAD_WATCHED);
		ktb_trial_equal(trial, "rounds before it was woken",
				READ_ONCE(actor->rounds), 0);
		ktb_trial_equal(trial, "its state (TASK_UNINTERRUPTIBLE is 2)",
				ktb_task_state(actor->task),
				TASK_UNINTERRUPTIBLE);
		ktb_trial_equal(trial, "wake_up_process()",
				wake_up_process(actor->task), 1);
		ktb_trial_expect(trial, ktb_actor_runs(actor),
				 "it runs once it was woken");
	}
	ktb_actor_free(actor);
}

static void ktb_kthread_run(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_hold(trial, actor,
			   kthread_run(ktb_actor_thread, actor, "ktb_actor")))
		ktb_trial_expect(trial, ktb_actor_runs(actor),
				 "kthread_run(): it runs, and nobody woke it");
	ktb_actor_free(actor);
}

static void ktb_kthread_wake_itself(struct ktb_actor *actor)
{
	actor->said = wake_up_process(current);
}

/* The new thread cannot run between the two: its CPU is held meanwhile. */
static void ktb_kthread_wake_up(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();
	int first, second;

	if (ktb_actor_make(trial, actor)) {
		kthread_bind(actor->task, trial->cpu);
		preempt_disable();
		first = wake_up_process(actor->task);
		second = wake_up_process(actor->task);
		preempt_enable();
		ktb_trial_equal(trial, "wake_up_process() of one that sleeps",
				first, 1);
		ktb_trial_equal(trial, "of one that waits for its CPU", second,
				0);
		ktb_actor_expect(trial, actor, ktb_kthread_wake_itself,
				 "of one that runs", 0);
		ktb_trial_expect(trial,
				 ktb_until(ktb_task_sleeps(actor->task),
					   KTB_PATIENCE),
				 "it has gone to sleep again");
		ktb_trial_equal(trial, "of one that sleeps again",
				wake_up_process(actor->task), 1);
	}
	ktb_actor_free(actor);
}

/* Sixteen bytes, the last one is zero. */
static void ktb_kthread_name(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();
	char name[TASK_COMM_LEN + 8], want[TASK_COMM_LEN];

	snprintf(name, sizeof(name), "%s%u", "ktb_0123456789_", 12345);
	strscpy(want, name, sizeof(want));
	if (ktb_actor_hold(trial, actor,
			   kthread_create(ktb_actor_thread, actor, "%s%u",
					  "ktb_0123456789_", 12345)))
		ktb_trial_expect(trial,
				 !strcmp(actor->task->comm, want) &&
					 strlen(want) == TASK_COMM_LEN - 1,
				 "asked for %s, it is called %s", name,
				 actor->task->comm);
	ktb_actor_free(actor);
}

static void ktb_kthread_take_data(struct ktb_actor *actor)
{
	actor->said = kthread_data(current) == actor;
}

static void ktb_kthread_data(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_begin(trial, actor, trial->cpu)) {
		ktb_trial_expect(
			trial, kthread_data(actor->task) == actor,
			"kthread_data() of another thread is what it was made with");
		ktb_trial_expect(trial,
				 kthread_func(actor->task) == ktb_actor_thread,
				 "kthread_func() is its function");
		ktb_actor_expect(
			trial, actor, ktb_kthread_take_data,
			"kthread_data() of itself is what its function was given",
			true);
	}
	ktb_actor_free(actor);
}

static const struct ktb_check ktb_kthread_checks[] = {
	{ "parent",
	  "Whoever asks for it, a kernel thread is made by kthreadd (pid 2), is its child and has no address space.",
	  "kernel/kthread.c: kthreadd(), create_kthread()",
	  ktb_kthread_parent },
	{ "made_asleep",
	  "kthread_create() gives a thread that sleeps and does not run before wake_up_process().",
	  "kernel/kthread.c: kthread_create_on_node()",
	  ktb_kthread_made_asleep },
	{ "run", "kthread_run() makes a thread and wakes it.",
	  "include/linux/kthread.h: kthread_run()", ktb_kthread_run },
	{ "wake_up",
	  "wake_up_process() returns 1 if it woke the thread and 0 if that was awake already.",
	  "kernel/sched/core.c: wake_up_process()", ktb_kthread_wake_up },
	{ "name",
	  "The name of a thread is printed from its format and cut off after 15 characters in its comm.",
	  "kernel/kthread.c: kthread_create_on_node(); include/linux/sched.h: TASK_COMM_LEN",
	  ktb_kthread_name },
	{ "data",
	  "kthread_data() and kthread_func() give what the thread was made with.",
	  "kernel/kthread.c: kthread_data(), kthread_func()",
	  ktb_kthread_data },
};

KTB_SUBJECT_OF(kthread);
