// SPDX-License-Identifier: GPL-2.0
/*
 * Parking kernel threads. Never parks a thread that is parked already or that has
 * ended: the kernel warns of both.
 */
#include <linux/kernel.h>

#include "witness.h"

/* A parked thread is given so many jiffies to run all the same. */
#define KTB_PARK_WATCHED 5

#define KTB_PARK_TURNS	 20

/* Parks it, and sees that it is parked. */
static bool ktb_park_down(struct ktb_trial *trial, struct ktb_witness *witness)
{
	ktb_trial_equal(trial, "kthread_park()", kthread_park(witness->task),
			0);
	/* Its answer is in the state, from which only unparking wakes. */
	return ktb_trial_expect(
		trial, ktb_task_state(witness->task) == TASK_PARKED,
		"state when it has returned: %#x, TASK_PARKED is %#x",
		ktb_task_state(witness->task), TASK_PARKED);
}

static bool ktb_park_up(struct ktb_trial *trial, struct ktb_witness *witness)
{
	u32 rounds = READ_ONCE(witness->rounds);

	kthread_unpark(witness->task);
	return ktb_trial_expect(trial,
				ktb_until(READ_ONCE(witness->rounds) != rounds,
					  KTB_PATIENCE),
				"it runs when it is unparked");
}

static void ktb_park_ask_itself(struct ktb_witness *witness)
{
	witness->said = kthread_should_park();
}

static void ktb_park_parks(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	u32 rounds;

	if (!ktb_witness_begin(trial, witness, trial->cpu))
		goto out;
	ktb_witness_expect(trial, witness, ktb_park_ask_itself,
			   "kthread_should_park() before", false);
	if (!ktb_park_down(trial, witness))
		goto out;
	ktb_trial_equal(trial, "times it has seen that it should park",
			witness->parks, 1);
	rounds = READ_ONCE(witness->rounds);
	schedule_timeout_idle(KTB_PARK_WATCHED);
	ktb_trial_equal(trial, "rounds of it while it is parked",
			READ_ONCE(witness->rounds) - rounds, 0);
	ktb_park_up(trial, witness);
	ktb_witness_expect(trial, witness, ktb_park_ask_itself,
			   "kthread_should_park() after", false);
out:
	ktb_witness_free(witness);
}

static void ktb_park_only_unpark_wakes(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	u32 rounds;

	if (!ktb_witness_begin(trial, witness, trial->cpu) ||
	    !ktb_park_down(trial, witness))
		goto out;
	rounds = READ_ONCE(witness->rounds);
	ktb_trial_equal(trial, "wake_up_process() of it",
			wake_up_process(witness->task), 0);
	schedule_timeout_idle(KTB_PARK_WATCHED);
	ktb_trial_equal(trial, "rounds of it",
			READ_ONCE(witness->rounds) - rounds, 0);
	ktb_trial_equal(trial, "its state", ktb_task_state(witness->task),
			TASK_PARKED);
	ktb_park_up(trial, witness);
out:
	ktb_witness_free(witness);
}

static void ktb_park_stays(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	u32 i, elsewhere = 0, off_mask = 0, turns = 0;

	if (!ktb_trial_needs_two(trial) ||
	    !ktb_witness_begin(trial, witness, trial->other))
		goto out;
	for (i = 0; i < KTB_PARK_TURNS; i++) {
		u32 rounds = READ_ONCE(witness->rounds);

		if (kthread_park(witness->task))
			break;
		elsewhere += task_cpu(witness->task) != trial->other;
		off_mask += !cpumask_equal(witness->task->cpus_ptr,
					   cpumask_of(trial->other));
		kthread_unpark(witness->task);
		if (!ktb_until(READ_ONCE(witness->rounds) != rounds,
			       KTB_PATIENCE))
			break;
		elsewhere += READ_ONCE(witness->cpu) != trial->other;
		turns++;
	}
	ktb_trial_equal(trial, "times it was parked and went on", turns,
			KTB_PARK_TURNS);
	ktb_trial_equal(trial, "times it was on another CPU than its own",
			elsewhere, 0);
	ktb_trial_equal(trial, "times it was allowed on others", off_mask, 0);
out:
	ktb_witness_free(witness);
}

static void ktb_park_stop(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();

	witness->result = 42;
	if (ktb_witness_begin(trial, witness, trial->cpu) &&
	    ktb_park_down(trial, witness))
		ktb_trial_equal(trial, "kthread_stop() of it",
				ktb_witness_stop(witness), 42);
	ktb_witness_free(witness);
}

static void ktb_park_before_wake(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();

	if (!ktb_witness_make(trial, witness) || !ktb_park_down(trial, witness))
		goto out;
	schedule_timeout_idle(KTB_PARK_WATCHED);
	ktb_trial_equal(trial, "rounds of its function",
			READ_ONCE(witness->rounds), 0);
	ktb_park_up(trial, witness);
out:
	ktb_witness_free(witness);
}

static void ktb_park_unpark_idle(struct ktb_trial *trial)
{
	struct ktb_witness *witness = ktb_witness_alloc();
	u32 rounds;

	if (!ktb_witness_begin(trial, witness, trial->cpu))
		goto out;
	ktb_until(ktb_task_sleeps(witness->task), KTB_PATIENCE);
	rounds = READ_ONCE(witness->rounds);
	kthread_unpark(witness->task);
	schedule_timeout_idle(KTB_PARK_WATCHED);
	ktb_trial_equal(trial, "rounds after kthread_unpark() of a sleeper",
			READ_ONCE(witness->rounds) - rounds, 0);
	if (ktb_park_down(trial, witness))
		ktb_park_up(trial, witness);
out:
	ktb_witness_free(witness);
}

static const struct ktb_check ktb_kthread_park_checks[] = {
	{ "parks",
	  "kthread_park() wakes the thread, which sees kthread_should_park(), and returns 0 when it is parked; it does not run before kthread_unpark().",
	  "kernel/kthread.c: kthread_park(), kthread_parkme()",
	  ktb_park_parks },
	{ "only_unpark_wakes",
	  "wake_up_process() does nothing to a parked thread and returns 0.",
	  "kernel/kthread.c: __kthread_parkme(), TASK_PARKED",
	  ktb_park_only_unpark_wakes },
	{ "stays",
	  "A bound thread that is parked stays on its CPU, and goes on there.",
	  "kernel/kthread.c: kthread_park(), kthread_unpark()",
	  ktb_park_stays },
	{ "stop", "kthread_stop() ends a parked thread, and returns its value.",
	  "kernel/kthread.c: kthread_stop()", ktb_park_stop },
	{ "before_wake",
	  "A thread may be parked in place of its first wake-up: its function is not called before kthread_unpark().",
	  "kernel/kthread.c: kthread_park()", ktb_park_before_wake },
	{ "unpark_idle",
	  "kthread_unpark() of a thread that is not parked neither wakes it nor keeps it from being parked later.",
	  "kernel/kthread.c: kthread_unpark()", ktb_park_unpark_idle },
};

KTB_SUBJECT_OF(kthread_park);
