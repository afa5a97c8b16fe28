/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Contracts: what the kernel promises of its timers and threads, put to the test.
 * A check is a row in the table of one check_<subject>.c; a subject is such a
 * file and one word in Kbuild. A check knows timers, threads and compat; it does
 * not know sessions, user space or runs.
 *
 * A check may not harm the kernel that it doubts: it waits for a bounded time,
 * undoes whatever it has made on every way out, never sleeps where it may not,
 * and never does what is undefined. What would crash if the contract did not hold
 * is looked at from the safe side, and the row says how.
 */
#ifndef KTB_CONTRACT_H
#define KTB_CONTRACT_H

#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <uapi/linux/ktbench.h>

/* With a zero at its end. */
#define KTB_EVIDENCE_BYTES (KTB_MAX_EVIDENCE + 1)

/*
 * So long, in jiffies, a check waits for what takes a few in truth: far more than
 * any of these waits takes on a machine that runs.
 */
#define KTB_PATIENCE	   (10 * HZ)

/**
 * struct ktb_trial - one check that is being performed
 * @cpu: its thread is bound to this CPU
 * @other: another CPU that is online, or @cpu if there is none
 * @verdict: enum ktb_verdict
 * @reason: of any other verdict than HOLDS: why, one sentence
 * @used: bytes of @evidence
 * @evidence: lines, each with its end
 *
 * No CPU goes on or off while it lasts. The thread is SCHED_NORMAL, may sleep
 * and gets no signals.
 */
struct ktb_trial {
	u32 cpu;
	u32 other;
	u32 verdict;
	char reason[KTB_SENTENCE_LEN];
	size_t used;
	char evidence[KTB_EVIDENCE_BYTES];
};

/**
 * struct ktb_check - one contract, and how it is checked
 * @name: without its subject, [a-z][a-z0-9_]*
 * @contract: what the kernel promises, one sentence
 * @source: where it says so: a file of the kernel's, with the function
 * @run: do it; the verdict is HOLDS unless it says otherwise
 */
struct ktb_check {
	const char *name;
	const char *contract;
	const char *source;
	void (*run)(struct ktb_trial *trial);
};

/**
 * struct ktb_subject - the checks of one file
 * @name: [a-z][a-z0-9_]*
 * @checks: in the order in which they are performed
 * @nr_checks: how many
 */
struct ktb_subject {
	const char *name;
	const struct ktb_check *checks;
	u32 nr_checks;
};

/* KTB_SUBJECTS comes from the one list in Kbuild. */
#define KTB_SUBJECT(name) extern const struct ktb_subject ktb_subject_##name;
KTB_SUBJECTS
#undef KTB_SUBJECT

#define KTB_SUBJECT_OF(_name)                                 \
	const struct ktb_subject ktb_subject_##_name = {      \
		.name = #_name,                               \
		.checks = ktb_##_name##_checks,               \
		.nr_checks = ARRAY_SIZE(ktb_##_name##_checks) \
	}

/* Nobody will read the verdict: the check is to come to its end. */
extern bool ktb_contract_cut;

/**
 * ktb_until() - sleep until something has happened
 * @condition: looked at once a jiffy
 * @limit: at most so many jiffies; none when the check is cut
 *
 * Return: did it?
 */
#define ktb_until(condition, limit)                      \
	({                                               \
		unsigned long __end = jiffies + (limit); \
		bool __held;                             \
                                                         \
		while (!(__held = (condition)) &&        \
		       time_before(jiffies, __end) &&    \
		       !READ_ONCE(ktb_contract_cut))     \
			schedule_timeout_idle(1);        \
		__held;                                  \
	})

/**
 * ktb_trial_patience() - how long to wait for what takes a few jiffies in truth
 * @trial: being performed; one that has failed waits for nothing any more
 *
 * Return: jiffies.
 */
static inline unsigned long ktb_trial_patience(const struct ktb_trial *trial)
{
	return trial->verdict == KTB_VERDICT_FAILS ? HZ / 10 : KTB_PATIENCE;
}

const struct ktb_check *ktb_contract_get(u32 index,
					 const struct ktb_subject **subject);
u32 ktb_contract_next(u32 cpu, const struct cpumask *mask);
struct ktb_trial *ktb_trial_alloc(void);
void ktb_trial_free(struct ktb_trial *trial);
int ktb_contract_try(const struct ktb_check *check, struct ktb_trial *trial,
		     u64 *duration_ns);

__printf(2, 3) void ktb_trial_say(struct ktb_trial *trial, const char *format,
				  ...);
__printf(3, 4) bool ktb_trial_expect(struct ktb_trial *trial, bool holds,
				     const char *format, ...);
bool ktb_trial_equal(struct ktb_trial *trial, const char *what, s64 got,
		     s64 want);
bool ktb_trial_between(struct ktb_trial *trial, const char *what, s64 got,
		       s64 least, s64 most);
__printf(2, 3) void ktb_trial_skip(struct ktb_trial *trial, const char *format,
				   ...);
__printf(2, 3) void ktb_trial_changed(struct ktb_trial *trial,
				      const char *format, ...);
bool ktb_trial_needs_two(struct ktb_trial *trial);

#endif /* KTB_CONTRACT_H */
