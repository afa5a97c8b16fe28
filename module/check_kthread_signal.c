// SPDX-License-Identifier: GPL-2.0
/*
 * Kernel threads and signals: what is ignored, what is let through, and what a
 * thread sees of them while it is being stopped. No signal that is let through
 * here would end anybody.
 */
#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/string.h>

#include "actor.h"

/* An interruptible wait that nothing ends, in jiffies. */
#define KTB_SIGNAL_WAIT 20

static void ktb_signal_look(struct ktb_actor *actor)
{
	actor->said = signal_pending(current);
}

/* Sends it, and has the thread look: are there any? */
static bool ktb_signal_pends(struct ktb_trial *trial, struct ktb_actor *actor,
			     const char *name, int signal, bool by_kernel,
			     bool want)
{
	int err = send_sig(signal, actor->task, by_kernel);
	bool asked = ktb_actor_ask(actor, ktb_signal_look);

	return ktb_trial_expect(
		trial, !err && asked && actor->said == want,
		"%s from %s: send_sig() %d, signal_pending() %lld, promised is 0, %d",
		name, by_kernel ? "the kernel" : "a user", err, actor->said,
		want);
}

static void ktb_signal_ignored(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_begin(trial, actor, trial->cpu)) {
		ktb_signal_pends(trial, actor, "SIGUSR1", SIGUSR1, false,
				 false);
		ktb_signal_pends(trial, actor, "SIGUSR1", SIGUSR1, true, false);
		ktb_signal_pends(trial, actor, "SIGTERM", SIGTERM, false,
				 false);
		ktb_signal_pends(trial, actor, "SIGKILL", SIGKILL, false,
				 false);
		ktb_signal_pends(trial, actor, "SIGKILL", SIGKILL, true, false);
		actor->result = 7;
		ktb_trial_equal(trial, "kthread_stop(): it lived all the time",
				ktb_actor_stop(actor), 7);
	}
	ktb_actor_free(actor);
}

static void ktb_signal_allow(struct ktb_actor *actor)
{
	allow_signal(SIGUSR1);
}

static void ktb_signal_disallow(struct ktb_actor *actor)
{
	disallow_signal(SIGUSR1);
	actor->said = signal_pending(current);
}

static void ktb_signal_allow_kernel(struct ktb_actor *actor)
{
	allow_kernel_signal(SIGUSR2);
}

static void ktb_signal_flush(struct ktb_actor *actor)
{
	flush_signals(current);
	actor->said = signal_pending(current);
}

static void ktb_signal_allowed(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_begin(trial, actor, trial->cpu) &&
	    ktb_actor_ask(actor, ktb_signal_allow)) {
		ktb_trial_say(trial, "allow_signal(SIGUSR1) was called");
		ktb_signal_pends(trial, actor, "SIGTERM", SIGTERM, false,
				 false);
		ktb_signal_pends(trial, actor, "SIGKILL", SIGKILL, true, false);
		ktb_signal_pends(trial, actor, "SIGUSR1", SIGUSR1, false, true);
		ktb_actor_expect(trial, actor, ktb_signal_flush,
				 "signal_pending() after flush_signals()",
				 false);
		ktb_signal_pends(trial, actor, "SIGUSR1", SIGUSR1, true, true);
	}
	ktb_actor_free(actor);
}

static void ktb_signal_disallowed(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_begin(trial, actor, trial->cpu) &&
	    ktb_actor_ask(actor, ktb_signal_allow)) {
		ktb_signal_pends(trial, actor, "SIGUSR1", SIGUSR1, false, true);
		ktb_actor_expect(trial, actor, ktb_signal_disallow,
				 "signal_pending() after disallow_signal()",
				 false);
		ktb_signal_pends(trial, actor, "SIGUSR1", SIGUSR1, false,
				 false);
	}
	ktb_actor_free(actor);
}

static void ktb_signal_kernel_only(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	if (ktb_actor_begin(trial, actor, trial->cpu) &&
	    ktb_actor_ask(actor, ktb_signal_allow_kernel)) {
		ktb_trial_say(trial, "allow_kernel_signal(SIGUSR2) was called");
		ktb_signal_pends(trial, actor, "SIGUSR2", SIGUSR2, false,
				 false);
		ktb_signal_pends(trial, actor, "SIGUSR2", SIGUSR2, true, true);
	}
	ktb_actor_free(actor);
}

static struct completion ktb_signal_never;

static void ktb_signal_wait(struct ktb_actor *actor)
{
	actor->said = wait_for_completion_interruptible_timeout(
		&ktb_signal_never, KTB_PATIENCE);
}

static void ktb_signal_interrupts(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();

	init_completion(&ktb_signal_never);
	if (ktb_actor_begin(trial, actor, trial->cpu) &&
	    ktb_actor_ask(actor, ktb_signal_allow)) {
		ktb_actor_order(actor, ktb_signal_wait);
		ktb_until(ktb_task_state(actor->task) == TASK_INTERRUPTIBLE,
			  KTB_PATIENCE);
		send_sig(SIGTERM, actor->task, 0);
		schedule_timeout_idle(2);
		ktb_trial_expect(
			trial, READ_ONCE(actor->act),
			"it waits interruptibly; SIGTERM has not ended that");
		send_sig(SIGUSR1, actor->task, 0);
		ktb_trial_expect(trial,
				 ktb_until(!smp_load_acquire(&actor->act),
					   2 * KTB_PATIENCE),
				 "SIGUSR1 has");
		ktb_trial_equal(trial, "what the wait returned (-ERESTARTSYS)",
				actor->said, -ERESTARTSYS);
	}
	ktb_actor_free(actor);
}

/**
 * struct ktb_signal_stop - what a thread sees of its own stopping
 * @begun: it has come to its function
 * @before: signal_pending() until then
 * @during: signal_pending() once it should stop
 * @waited: what an interruptible wait returned then
 */
struct ktb_signal_stop {
	bool begun;
	u32 before;
	bool during;
	long waited;
};

static struct ktb_signal_stop ktb_signal_stop;

static int ktb_signal_see_stop(void *data)
{
	struct ktb_signal_stop *stop = data;
	bool pends;

	WRITE_ONCE(stop->begun, true);
	while (!kthread_should_stop()) {
		pends = signal_pending(current);
		/* Told to stop meanwhile: it may have been pending for that. */
		stop->before += pends && !kthread_should_stop();
		schedule_timeout_idle(1);
	}
	/* The kernel sets the one after the other. */
	stop->during = ktb_until(signal_pending(current), KTB_SIGNAL_WAIT);
	stop->waited = wait_for_completion_interruptible_timeout(
		&ktb_signal_never, KTB_SIGNAL_WAIT);
	return 0;
}

/*
 * Stops a thread. False if it did not see that, or if what it saw does not go
 * together: the one who stopped it stood still in between.
 */
static bool ktb_signal_try_stop(struct ktb_trial *trial)
{
	struct ktb_actor *actor = ktb_actor_alloc();
	struct ktb_signal_stop *stop = &ktb_signal_stop;
	bool saw = false;

	memset(stop, 0, sizeof(*stop));
	if (ktb_actor_hold(trial, actor,
			   kthread_run(ktb_signal_see_stop, stop,
				       "ktb_actor"))) {
		ktb_until(READ_ONCE(stop->begun), KTB_PATIENCE);
		schedule_timeout_idle(3);
		saw = ktb_actor_stop(actor) == 0;
	}
	ktb_actor_free(actor);
	return saw && stop->during == (stop->waited == -ERESTARTSYS);
}

static void ktb_signal_while_stopped(struct ktb_trial *trial)
{
	struct ktb_signal_stop *stop = &ktb_signal_stop;
	u32 tries = 3;

	init_completion(&ktb_signal_never);
	while (!ktb_signal_try_stop(trial) && --tries)
		;
	if (!ktb_trial_expect(trial, tries,
			      "the thread has seen that it is stopped: %d",
			      tries > 0))
		return;
	ktb_trial_equal(trial, "signal_pending() before it is stopped",
			stop->before, 0);
	ktb_trial_say(trial, "signal_pending() while it is stopped: %d",
		      stop->during);
	if (stop->during) {
		ktb_trial_equal(
			trial,
			"what an interruptible wait returned then (-ERESTARTSYS)",
			stop->waited, -ERESTARTSYS);
		return;
	}
	ktb_trial_equal(trial, "jiffies left of an interruptible wait then",
			stop->waited, 0);
	ktb_trial_changed(
		trial,
		"as seen here, and in kernels before 6.0: kthread_stop() wakes the thread and ends no interruptible wait that it begins later");
}

static const struct ktb_check ktb_kthread_signal_checks[] = {
	{ "ignored",
	  "A kernel thread ignores all signals, SIGKILL too, whoever sends them.",
	  "kernel/kthread.c: kthreadd(), ignore_signals()",
	  ktb_signal_ignored },
	{ "allowed",
	  "After allow_signal() that one signal is pending for the thread when it is sent; all others are ignored still.",
	  "include/linux/signal.h: allow_signal()", ktb_signal_allowed },
	{ "disallowed",
	  "disallow_signal() drops the signal if it is pending, and it is ignored again.",
	  "kernel/signal.c: kernel_sigaction()", ktb_signal_disallowed },
	{ "kernel_only",
	  "After allow_kernel_signal() that signal is pending when the kernel sends it, and ignored when a user does.",
	  "include/linux/signal.h: allow_kernel_signal()",
	  ktb_signal_kernel_only },
	{ "interrupts",
	  "A signal that was allowed ends the interruptible wait of a kernel thread with -ERESTARTSYS; one that was not does not end it.",
	  "kernel/signal.c: sig_ignored(), complete_signal()",
	  ktb_signal_interrupts },
	{ "while_stopped",
	  "kthread_stop() makes signal_pending() true for the thread, so that its interruptible waits end with -ERESTARTSYS although nobody sent a signal.",
	  "kernel/kthread.c: kthread_stop(), TIF_NOTIFY_SIGNAL",
	  ktb_signal_while_stopped },
};

KTB_SUBJECT_OF(kthread_signal);
