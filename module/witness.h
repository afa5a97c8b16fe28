/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A thread that is looked at: it sleeps, stops and parks as it is told, does one
 * thing at a time when it is asked to, and says what it sees. Whatever becomes of
 * the check, ktb_witness_free() ends it.
 *
 * What makes, wakes and stops it is inline, so that it is part of the check that
 * says so.
 */
#ifndef KTB_WITNESS_H
#define KTB_WITNESS_H

#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#include "compat.h"
#include "contract.h"

/* So long, in jiffies, a check waits for what takes a few in truth. */
#define KTB_PATIENCE (10 * HZ)

/**
 * struct ktb_witness - a thread, and what it has seen
 * @task: with a reference; NULL if there is none
 * @stopped: it has been stopped
 * @result: what it is to return
 * @rounds: how often it came around; zero until it has run
 * @cpu: where, the last time
 * @parks: how often it has seen that it is to park
 * @act: what it is asked to do; NULL once that is done
 * @said: what @act has found
 */
struct ktb_witness {
	struct task_struct *task;
	bool stopped;
	int result;
	u32 rounds;
	u32 cpu;
	u32 parks;
	void (*act)(struct ktb_witness *witness);
	s64 said;
};

struct ktb_witness *ktb_witness_alloc(void);
void ktb_witness_free(struct ktb_witness *witness);
int ktb_witness_thread(void *data);
void ktb_witness_order(struct ktb_witness *witness,
		       void (*act)(struct ktb_witness *witness));
bool ktb_witness_ask(struct ktb_witness *witness,
		     void (*act)(struct ktb_witness *witness));
bool ktb_witness_bury(struct ktb_witness *witness);

/**
 * ktb_witness_hold() - take a thread that was just made
 * @trial: being performed; fails if there is no thread
 * @witness: of no thread
 * @task: with ktb_witness_thread() of @witness, or one that ends as it is told
 *
 * Return: is there one?
 */
static inline bool ktb_witness_hold(struct ktb_trial *trial,
				    struct ktb_witness *witness,
				    struct task_struct *task)
{
	if (IS_ERR_OR_NULL(task)) {
		ktb_trial_expect(trial, false, "no thread could be made: %ld",
				 PTR_ERR(task));
		return false;
	}
	witness->task = get_task_struct(task);
	return true;
}

/** ktb_witness_make() - a thread for anywhere that has not been woken yet */
static inline bool ktb_witness_make(struct ktb_trial *trial,
				    struct ktb_witness *witness)
{
	return ktb_witness_hold(trial, witness,
				kthread_create(ktb_witness_thread, witness,
					       "ktb_witness"));
}

/** ktb_witness_begin() - a thread on @cpu that runs; fails if it does not */
static inline bool ktb_witness_begin(struct ktb_trial *trial,
				     struct ktb_witness *witness, u32 cpu)
{
	if (!ktb_witness_make(trial, witness))
		return false;
	kthread_bind(witness->task, cpu);
	wake_up_process(witness->task);
	if (ktb_until(READ_ONCE(witness->rounds), KTB_PATIENCE))
		return true;
	ktb_trial_expect(trial, false, "a thread that was woken has not run");
	return false;
}

/**
 * ktb_witness_expect() - ask it, and expect a number
 * @trial: being performed
 * @witness: of a thread; woken by this
 * @act: what it does, and what it finds
 * @what: what that is
 * @want: as it was promised
 *
 * Return: was it that?
 */
static inline bool ktb_witness_expect(struct ktb_trial *trial,
				      struct ktb_witness *witness,
				      void (*act)(struct ktb_witness *witness),
				      const char *what, s64 want)
{
	if (ktb_witness_ask(witness, act))
		return ktb_trial_equal(trial, what, witness->said, want);
	return ktb_trial_expect(trial, false, "%s: the thread does not answer",
				what);
}

/** ktb_witness_stop() - stop it; once in its life */
static inline int ktb_witness_stop(struct ktb_witness *witness)
{
	witness->stopped = true;
	return kthread_stop(witness->task);
}

#endif /* KTB_WITNESS_H */
