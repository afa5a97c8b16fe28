// SPDX-License-Identifier: GPL-2.0
/*
 * The list of checks, and performing one: in a thread of its own, so that no
 * signal of the caller's cuts a contract short (but the one that kills it), and with
 * the CPUs held as they are. Says what was seen; judges nothing by itself.
 */
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "bound.h"
#include "clock.h"
#include "contract.h"

#define KTB_SUBJECT(name) &ktb_subject_##name,
static const struct ktb_subject *const ktb_subjects[] = { KTB_SUBJECTS };
#undef KTB_SUBJECT

/**
 * ktb_contract_get() - a check by its index, over all subjects
 * @index: any
 * @subject: out: the subject it belongs to
 *
 * Return: NULL past the last one.
 */
const struct ktb_check *ktb_contract_get(u32 index,
					 const struct ktb_subject **subject)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(ktb_subjects); i++) {
		if (index < ktb_subjects[i]->nr_checks) {
			*subject = ktb_subjects[i];
			return &ktb_subjects[i]->checks[index];
		}
		index -= ktb_subjects[i]->nr_checks;
	}
	return NULL;
}

/** ktb_trial_alloc() - a trial that says nothing yet; NULL without memory */
struct ktb_trial *ktb_trial_alloc(void)
{
	return kvzalloc(sizeof(struct ktb_trial), GFP_KERNEL);
}

/** ktb_trial_free() - undo ktb_trial_alloc(); @trial may be NULL */
void ktb_trial_free(struct ktb_trial *trial)
{
	kvfree(trial);
}

/**
 * struct ktb_attempt - what the thread of a check is given
 * @check: to be performed
 * @trial: where to say what was seen
 * @done: it has been
 */
struct ktb_attempt {
	const struct ktb_check *check;
	struct ktb_trial *trial;
	struct completion done;
};

static int ktb_contract_thread(void *data)
{
	struct ktb_attempt *attempt = data;

	attempt->check->run(attempt->trial);
	complete(&attempt->done);
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/**
 * ktb_contract_next() - the next CPU, in turn
 * @cpu: of this one
 * @mask: and of these
 *
 * Return: one that is online; @cpu itself if there is no other.
 */
u32 ktb_contract_next(u32 cpu, const struct cpumask *mask)
{
	u32 next = cpumask_next_and(cpu, mask, cpu_online_mask);

	return next < nr_cpu_ids ? next :
				   cpumask_any_and(mask, cpu_online_mask);
}

/*
 * Here, where the caller was, and on another CPU where the caller may be: it
 * knows which ones no thread can get. If it may be nowhere else, any other.
 */
static void ktb_contract_place(struct ktb_trial *trial)
{
	trial->cpu = raw_smp_processor_id();
	trial->other = ktb_contract_next(trial->cpu, current->cpus_ptr);
	if (trial->other == trial->cpu || trial->other >= nr_cpu_ids)
		trial->other = ktb_contract_next(trial->cpu, cpu_online_mask);
}

bool ktb_contract_cut;

/*
 * Again and again, so that nobody takes it for a hung task. A check undoes what it
 * does, so one whose caller is killed is not left before it has come to its end;
 * it waits for nothing any more.
 */
static int ktb_contract_join(struct ktb_attempt *attempt)
{
	long left;

	do {
		left = wait_for_completion_killable_timeout(&attempt->done,
							    30 * HZ);
	} while (!left);
	if (left > 0)
		return 0;
	WRITE_ONCE(ktb_contract_cut, true);
	while (!wait_for_completion_timeout(&attempt->done, 30 * HZ))
		;
	WRITE_ONCE(ktb_contract_cut, false);
	return -EINTR;
}

/**
 * ktb_contract_try() - perform a check
 * @check: which
 * @trial: from ktb_trial_alloc(); out: its verdict
 * @duration_ns: out: how long it took
 *
 * Not to be called twice at a time: checks would disturb each other.
 *
 * Return: 0 whatever the verdict, -EINTR if the caller was killed before it
 * began or came to its end, -ENOMEM if it could not begin.
 */
int ktb_contract_try(const struct ktb_check *check, struct ktb_trial *trial,
		     u64 *duration_ns)
{
	struct ktb_attempt attempt = { .check = check, .trial = trial };
	struct task_struct *task = NULL;
	u64 begin_ns;
	int err;

	init_completion(&attempt.done);
	/* A CPU that goes takes its timers and threads elsewhere. */
	cpu_hotplug_disable();
	ktb_contract_place(trial);
	err = ktb_bound_make(&task, trial->cpu, "check", ktb_contract_thread,
			     &attempt);
	if (!err) {
		begin_ns = ktb_clock_ns();
		wake_up_process(task);
		err = ktb_contract_join(&attempt);
		*duration_ns = ktb_clock_ns() - begin_ns;
		ktb_bound_stop(&task);
	}
	cpu_hotplug_enable();
	return err;
}

static __printf(2, 0) void ktb_trial_vsay(struct ktb_trial *trial,
					  const char *format, va_list args)
{
	size_t room = KTB_EVIDENCE_BYTES - trial->used;

	/* The last byte is kept for the end of a line that found no room. */
	trial->used += vscnprintf(trial->evidence + trial->used, room - 1,
				  format, args);
	trial->evidence[trial->used++] = '\n';
	if (trial->used >= KTB_EVIDENCE_BYTES)
		trial->used--;
	trial->evidence[trial->used] = '\0';
}

/* The first one who fails has the word; failing stands above all else. */
static __printf(3, 0) void ktb_trial_judge(struct ktb_trial *trial, u32 verdict,
					   const char *format, va_list args)
{
	if (trial->verdict == KTB_VERDICT_FAILS || trial->verdict == verdict)
		return;
	trial->verdict = verdict;
	vscnprintf(trial->reason, sizeof(trial->reason), format, args);
}

/**
 * ktb_trial_say() - a line of evidence
 * @trial: being performed
 * @format: without the end of the line
 */
void ktb_trial_say(struct ktb_trial *trial, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	ktb_trial_vsay(trial, format, args);
	va_end(args);
}

/**
 * ktb_trial_expect() - a line of evidence that the contract stands or falls with
 * @trial: being performed; FAILS, with this line as its reason, unless @holds
 * @holds: is it as promised?
 * @format: what was seen, and where it is not obvious, what was promised
 *
 * Return: @holds.
 */
bool ktb_trial_expect(struct ktb_trial *trial, bool holds, const char *format,
		      ...)
{
	va_list args;

	va_start(args, format);
	ktb_trial_vsay(trial, format, args);
	va_end(args);
	if (!holds) {
		va_start(args, format);
		ktb_trial_judge(trial, KTB_VERDICT_FAILS, format, args);
		va_end(args);
	}
	return holds;
}

/**
 * ktb_trial_equal() - expect a number
 * @trial: being performed
 * @what: what the number is
 * @got: as it was seen
 * @want: as it was promised
 *
 * Return: are they equal?
 */
bool ktb_trial_equal(struct ktb_trial *trial, const char *what, s64 got,
		     s64 want)
{
	if (got == want)
		return ktb_trial_expect(trial, true, "%s: %lld", what, got);
	return ktb_trial_expect(trial, false, "%s: %lld, promised is %lld",
				what, got, want);
}

/**
 * ktb_trial_between() - expect a number of a range
 * @trial: being performed
 * @what: what the number is
 * @got: as it was seen
 * @least: promised at least
 * @most: promised at most
 *
 * Return: is it?
 */
bool ktb_trial_between(struct ktb_trial *trial, const char *what, s64 got,
		       s64 least, s64 most)
{
	return ktb_trial_expect(trial, got >= least && got <= most,
				"%s: %lld, promised is %lld to %lld", what, got,
				least, most);
}

/**
 * ktb_trial_skip() - the check cannot be performed here
 * @trial: being performed; the caller returns
 * @format: why, one sentence
 */
void ktb_trial_skip(struct ktb_trial *trial, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	ktb_trial_judge(trial, KTB_VERDICT_SKIPPED, format, args);
	va_end(args);
}

/**
 * ktb_trial_changed() - this kernel promises something else, and keeps that
 * @trial: being performed; what else it promises has been expected too
 * @format: what, one sentence
 */
void ktb_trial_changed(struct ktb_trial *trial, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	ktb_trial_judge(trial, KTB_VERDICT_CHANGED, format, args);
	va_end(args);
}

/**
 * ktb_trial_needs_two() - is there another CPU? Skips if not
 * @trial: being performed
 */
bool ktb_trial_needs_two(struct ktb_trial *trial)
{
	if (trial->other == trial->cpu)
		ktb_trial_skip(trial, "only one CPU is online");
	return trial->other != trial->cpu;
}
