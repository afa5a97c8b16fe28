/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A thread that is looked at: it sleeps, stops and parks as it is told, does one
 * thing at a time when it is asked to, and says what it sees. Whatever becomes of
 * the check, ktb_actor_free() ends it.
 *
 * What makes, wakes and stops it is inline, so that it is part of the check that
 * says so.
 */
#ifndef KTB_ACTOR_H
#define KTB_ACTOR_H

#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#include "compat.h"
#include "contract.h"

/**
 * struct ktb_actor - a thread, and what it has seen
 * @task: with a reference; NULL if there is none
 * @stopped: it has been stopped
 * @result: what it is to return
 * @rounds: how often it came around; zero until it has run
 * @cpu: where, the last time
 * @parks: how often it has seen that it is to park
 * @act: what it is asked to do; NULL once that is done
 * @said: what @act has found
 */
struct ktb_actor {
	struct task_struct *task;
	bool stopped;
	int result;
	u32 rounds;
	u32 cpu;
	u32 parks;
	void (*act)(struct ktb_actor *actor);
	s64 said;
};

struct ktb_actor *ktb_actor_alloc(void);
void ktb_actor_free(struct ktb_actor *actor);
int ktb_actor_thread(void *data);
void ktb_actor_order(struct ktb_actor *actor,
		     void (*act)(struct ktb_actor *actor));
bool ktb_actor_ask(struct ktb_actor *actor,
		   void (*act)(struct ktb_actor *actor));
bool ktb_actor_runs(const struct ktb_actor *actor);
bool ktb_actor_bury(struct ktb_actor *actor);

/**
 * ktb_actor_hold() - take a thread that was just made
 * @trial: being performed; fails if there is no thread
 * @actor: of no thread
 * @task: with ktb_actor_thread() of @actor, or one that ends as it is told
 *
 * Return: is there one?
 */
static inline bool ktb_actor_hold(struct ktb_trial *trial,
				  struct ktb_actor *actor,
				  struct task_struct *task)
{
	/* That the machine is full says nothing of a contract. */
	if (PTR_ERR(task) == -EAGAIN || PTR_ERR(task) == -ENOMEM) {
		ktb_trial_skip(trial, "no thread could be made here: %ld",
			       PTR_ERR(task));
		return false;
	}
	if (IS_ERR_OR_NULL(task)) {
		ktb_trial_expect(trial, false, "no thread could be made: %ld",
				 PTR_ERR(task));
		return false;
	}
	actor->task = get_task_struct(task);
	return true;
}

/** ktb_actor_make() - a thread for anywhere that has not been woken yet */
static inline bool ktb_actor_make(struct ktb_trial *trial,
				  struct ktb_actor *actor)
{
	return ktb_actor_hold(trial, actor,
			      kthread_create(ktb_actor_thread, actor,
					     "ktb_actor"));
}

/** ktb_actor_begin() - a thread on @cpu that runs; fails if it does not */
static inline bool ktb_actor_begin(struct ktb_trial *trial,
				   struct ktb_actor *actor, u32 cpu)
{
	if (!ktb_actor_make(trial, actor))
		return false;
	kthread_bind(actor->task, cpu);
	wake_up_process(actor->task);
	if (ktb_actor_runs(actor))
		return true;
	ktb_trial_expect(trial, false, "a thread that was woken has not run");
	return false;
}

/**
 * ktb_actor_expect() - ask it, and expect a number
 * @trial: being performed
 * @actor: of a thread; woken by this
 * @act: what it does, and what it finds
 * @what: what that is
 * @want: as it was promised
 *
 * Return: was it that?
 */
static inline bool ktb_actor_expect(struct ktb_trial *trial,
				    struct ktb_actor *actor,
				    void (*act)(struct ktb_actor *actor),
				    const char *what, s64 want)
{
	if (ktb_actor_ask(actor, act))
		return ktb_trial_equal(trial, what, actor->said, want);
	return ktb_trial_expect(trial, false, "%s: the thread does not answer",
				what);
}

/** ktb_actor_stop() - stop it; once in its life */
static inline int ktb_actor_stop(struct ktb_actor *actor)
{
	actor->stopped = true;
	return kthread_stop(actor->task);
}

#endif /* KTB_ACTOR_H */
