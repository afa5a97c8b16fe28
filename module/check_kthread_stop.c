// SPDX-License-Identifier: GPL-2.0
/*
 * Ending kernel threads. What would crash is stopping one that is gone: that is
 * never done here. The thread is held by a reference, and the check says that
 * nobody else held it any more.
 */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "witness.h"

#define KTB_STOP_RACES	  200
#define KTB_STOP_RACES_S  1
#define KTB_STOP_CROWD	  16
#define KTB_STOP_SENTINEL 7

/**
 * struct ktb_stop_rest - a thread that sleeps until it is stopped
 * @asked: how often it looked whether to stop
 * @missed: how often it slept to the end of its patience: nobody woke it
 */
struct ktb_stop_rest {
	u32 asked;
	u32 missed;
};

static struct ktb_stop_rest ktb_stop_rest;

/* As a thread has to wait for its end: set the state, look, sleep. */
static int ktb_stop_sleep(void *data)
{
	struct ktb_stop_rest *rest = data;

	for (;;) {
		WRITE_ONCE(rest->asked, rest->asked + 1);
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		if (!schedule_timeout(KTB_PATIENCE))
			WRITE_ONCE(rest->missed, rest->missed + 1);
	}
	__set_current_state(TASK_RUNNING);
	return KTB_STOP_SENTINEL;
}

static void ktb_stop_before_wake(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();

	witness->result = KTB_STOP_SENTINEL;
	if (ktb_witness_make(trial, witness)) {
		ktb_trial_equal(trial, "kthread_stop() (-EINTR is -4)",
				ktb_witness_stop(witness), -EINTR);
		ktb_trial_equal(trial, "rounds of its function",
				witness->rounds, 0);
	}
	ktb_witness_free(witness);
}

static void ktb_stop_return_value(struct ktb_trial *trial)
{
	static const int results[] = { 0,      1,    42,      -1,
				       -EINTR, -EIO, INT_MAX, INT_MIN };
	struct ktb_witness *witness;
	bool made;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(results); i++) {
		witness = ktb_witness_alloc();
		witness->result = results[i];
		made = ktb_witness_begin(trial, witness, trial->cpu);
		if (made)
			ktb_trial_equal(trial, "kthread_stop()",
					ktb_witness_stop(witness), results[i]);
		ktb_witness_free(witness);
		if (!made)
			return;
	}
}

static int ktb_stop_return_at_once(void *data)
{
	return KTB_STOP_SENTINEL;
}

static void ktb_stop_after_return(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();

	if (!ktb_witness_hold(trial, witness,
			      kthread_create(ktb_stop_return_at_once, NULL,
					     "ktb_witness")))
		goto out;
	wake_up_process(witness->task);
	if (!ktb_trial_expect(
		    trial, ktb_witness_bury(witness),
		    "the function has returned, and our reference is the last one: without it, kthread_stop() would be given freed memory"))
		goto out;
	ktb_trial_equal(trial, "kthread_stop() of it",
			ktb_witness_stop(witness), KTB_STOP_SENTINEL);
	ktb_trial_equal(trial, "references after it",
			refcount_read(&witness->task->usage), 1);
out:
	ktb_witness_free(witness);
}

static void ktb_stop_ask_itself(struct ktb_witness *witness)
{
	witness->said = kthread_should_stop();
}

static void ktb_stop_wakes(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	u32 looks;

	memset(&ktb_stop_rest, 0, sizeof(ktb_stop_rest));
	if (!ktb_witness_hold(trial, witness,
			      kthread_run(ktb_stop_sleep, &ktb_stop_rest,
					  "ktb_witness")))
		goto out;
	if (!ktb_trial_expect(trial,
			      ktb_until(READ_ONCE(ktb_stop_rest.asked) &&
						ktb_task_sleeps(witness->task),
					KTB_PATIENCE),
			      "it has looked, and sleeps for %d jiffies",
			      KTB_PATIENCE))
		goto out;
	looks = READ_ONCE(ktb_stop_rest.asked);
	ktb_trial_equal(trial, "kthread_stop()", ktb_witness_stop(witness),
			KTB_STOP_SENTINEL);
	ktb_trial_between(trial, "looks since then",
			  ktb_stop_rest.asked - looks, 1, U32_MAX);
	ktb_trial_equal(trial, "sleeps that it had to end by itself",
			ktb_stop_rest.missed, 0);
out:
	ktb_witness_free(witness);
}

static void ktb_stop_should_stop(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();

	if (ktb_witness_begin(trial, witness, trial->cpu)) {
		ktb_witness_expect(trial, witness, ktb_stop_ask_itself,
				   "kthread_should_stop() before", false);
		ktb_witness_expect(trial, witness, ktb_stop_ask_itself,
				   "when it was woken once more", false);
		witness->result = KTB_STOP_SENTINEL;
		/* Its loop has no other way out. */
		ktb_trial_equal(
			trial,
			"kthread_stop(): it has seen that it should stop",
			ktb_witness_stop(witness), KTB_STOP_SENTINEL);
	}
	ktb_witness_free(witness);
}

/**
 * struct ktb_stop_races - threads that were stopped just after they were woken
 * @made: so many
 * @begun: so many had begun their function
 * @wrong: so many gave neither what it returns nor, if it had not begun, -EINTR
 */
struct ktb_stop_races {
	u32 made;
	u32 begun;
	u32 wrong;
};

/* Each one is stopped a bit later than the one before, some when they sleep. */
static bool ktb_stop_race(struct ktb_trial *trial, struct ktb_stop_races *races)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	u32 looks = READ_ONCE(ktb_stop_rest.asked);
	bool made, begun;
	int result;

	made = ktb_witness_hold(trial, witness,
				kthread_create(ktb_stop_sleep, &ktb_stop_rest,
					       "ktb_witness"));
	if (made) {
		kthread_bind(witness->task, trial->other);
		wake_up_process(witness->task);
		if (races->made % 8)
			udelay(races->made % 50);
		else
			ktb_until(READ_ONCE(ktb_stop_rest.asked) != looks,
				  KTB_PATIENCE);
		result = ktb_witness_stop(witness);
		begun = READ_ONCE(ktb_stop_rest.asked) != looks;
		races->made++;
		races->begun += begun;
		races->wrong += result != (begun ? KTB_STOP_SENTINEL : -EINTR);
	}
	ktb_witness_free(witness);
	return made;
}

/* A thread that is just looking when it is told must not fall asleep over it. */
static void ktb_stop_never_missed(struct ktb_trial *trial)
{
	unsigned long end = jiffies + KTB_STOP_RACES_S * HZ;
	struct ktb_stop_races races = {};

	memset(&ktb_stop_rest, 0, sizeof(ktb_stop_rest));
	while (races.made < KTB_STOP_RACES && time_before(jiffies, end) &&
	       ktb_stop_race(trial, &races))
		;
	ktb_trial_say(
		trial,
		"%u threads were stopped up to 49 us after they were woken, some later",
		races.made);
	ktb_trial_between(trial, "their functions had begun", races.begun, 1,
			  races.made);
	ktb_trial_equal(
		trial,
		"results that are neither theirs nor, of a function that never ran, -EINTR",
		races.wrong, 0);
	ktb_trial_equal(trial, "stops that a thread slept through",
			ktb_stop_rest.missed, 0);
}

/* Returning from the function is not the end: the kernel holds the task still. */
static void ktb_stop_task_outlives(struct ktb_trial *trial)
{
	static struct ktb_witness *crowd[KTB_STOP_CROWD];
	u32 i, made = 0, alive = 0, gone = 0;

	memset(&ktb_stop_rest, 0, sizeof(ktb_stop_rest));
	for (i = 0; i < KTB_STOP_CROWD; i++) {
		crowd[i] = ktb_witness_alloc();
		if (!ktb_witness_hold(trial, crowd[i],
				      kthread_run(ktb_stop_sleep,
						  &ktb_stop_rest,
						  "ktb_witness")))
			continue;
		made++;
		ktb_witness_stop(crowd[i]);
		alive += refcount_read(&crowd[i]->task->usage) > 1;
	}
	for (i = 0; i < KTB_STOP_CROWD; i++) {
		gone += crowd[i]->task && ktb_witness_bury(crowd[i]);
		ktb_witness_free(crowd[i]);
	}
	ktb_trial_between(
		trial,
		"tasks that others than us held when kthread_stop() had returned",
		alive, 1, KTB_STOP_CROWD);
	ktb_trial_equal(trial, "tasks that only we held later", gone, made);
}

/* As the tutorials write it. */
static int ktb_stop_work_until_stopped(void *data)
{
	u32 *rounds = data;

	while (!kthread_should_stop()) {
		WRITE_ONCE(*rounds, *rounds + 1);
		schedule_timeout_interruptible(1);
	}
	return 0;
}

static void ktb_stop_tutorial(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	u32 rounds;

	if (!ktb_witness_hold(trial, witness,
			      kthread_create(ktb_stop_work_until_stopped,
					     &witness->rounds, "ktb_witness")))
		goto out;
	ktb_trial_equal(trial, "rounds before it was woken",
			READ_ONCE(witness->rounds), 0);
	wake_up_process(witness->task);
	ktb_trial_expect(
		trial, ktb_until(READ_ONCE(witness->rounds) >= 3, KTB_PATIENCE),
		"it makes its rounds once it is woken");
	ktb_trial_equal(trial, "kthread_stop()", ktb_witness_stop(witness), 0);
	rounds = READ_ONCE(witness->rounds);
	schedule_timeout_idle(3);
	ktb_trial_equal(trial, "rounds since it was stopped",
			READ_ONCE(witness->rounds) - rounds, 0);
out:
	ktb_witness_free(witness);
}

static const struct ktb_check ktb_kthread_stop_checks[] = {
	{ "before_wake",
	  "kthread_stop() of a thread that was never woken returns -EINTR, and its function never runs.",
	  "kernel/kthread.c: kthread_stop()", ktb_stop_before_wake },
	{ "return_value",
	  "kthread_stop() returns what the function of the thread returned, negative or not.",
	  "kernel/kthread.c: kthread_stop()", ktb_stop_return_value },
	{ "after_return",
	  "A thread whose function has returned may be stopped, and gives its value, if a reference was taken before; without one the task may be freed by then, and stopping it is undefined.",
	  "kernel/kthread.c: kthread_stop(); include/linux/sched/task.h: get_task_struct()",
	  ktb_stop_after_return },
	{ "should_stop",
	  "kthread_should_stop() is false until kthread_stop() is called, whatever else wakes the thread, and true after.",
	  "kernel/kthread.c: kthread_should_stop()", ktb_stop_should_stop },
	{ "wakes",
	  "kthread_stop() wakes the thread, and waits until it has ended.",
	  "kernel/kthread.c: kthread_stop()", ktb_stop_wakes },
	{ "never_missed",
	  "A thread that sets its state, then looks whether it should stop, then sleeps, never sleeps through kthread_stop(); one that was woken and has not run yet gives -EINTR as if it had not been.",
	  "kernel/kthread.c: kthread_stop(); Documentation/memory-barriers.txt: sleep and wake-up",
	  ktb_stop_never_missed },
	{ "task_outlives",
	  "When kthread_stop() has returned, the function has, but the task may be there still: the kernel lets go of it later.",
	  "kernel/exit.c: do_exit(), delayed_put_task_struct()",
	  ktb_stop_task_outlives },
	{ "tutorial",
	  "Create, wake, loop on kthread_should_stop(), stop: the thread works from the wake-up to the stop and not a round longer.",
	  "kernel/kthread.c: kthread_create_on_node(), kthread_stop()",
	  ktb_stop_tutorial },
};

KTB_SUBJECT_OF(kthread_stop);
