/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Progress on stderr: one line that changes on a terminal, a line a repetition
 * elsewhere, nothing when asked to be quiet. The estimate of what is left learns
 * from the repetitions that are done.
 */
#ifndef KTB_PROGRESS_H
#define KTB_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan.h"

/**
 * struct ktb_progress - how far a plan is
 * @plan: the plan
 * @is_quiet: print nothing
 * @is_terminal: stderr is a terminal
 * @done: runs that are done
 * @began_ns: CLOCK_MONOTONIC when the run in progress began
 * @overhead_ns: what all done runs took besides warm-up and duration
 */
struct ktb_progress {
	const struct ktb_plan *plan;
	bool is_quiet;
	bool is_terminal;
	size_t done;
	int64_t began_ns;
	int64_t overhead_ns;
};

/** ktb_progress_begin() - begin with a plan */
void ktb_progress_begin(struct ktb_progress *progress,
			const struct ktb_plan *plan, bool is_quiet);

/** ktb_progress_run() - a run begins */
void ktb_progress_run(struct ktb_progress *progress);

/** ktb_progress_looks() - whether anybody would see a look at the samples */
bool ktb_progress_looks(const struct ktb_progress *progress);

/**
 * ktb_progress_look() - a look while the run goes on
 * @progress: how far it is
 * @samples: so far
 * @missed: periods that nothing was done at, so far; told if there are any
 */
void ktb_progress_look(struct ktb_progress *progress, uint64_t samples,
		       uint64_t missed);

/**
 * ktb_progress_done() - a run has ended
 * @progress: how far it is
 * @samples: that it has
 * @missed: periods that nothing was done at; told if there are any
 * @state: `ok`, `invalid` or `interrupted`
 * @reason: one sentence, may be empty
 */
void ktb_progress_done(struct ktb_progress *progress, uint64_t samples,
		       uint64_t missed, const char *state, const char *reason);

/**
 * ktb_progress_left() - how long the rest will take
 * @progress: how far it is
 * @now_ns: CLOCK_MONOTONIC
 *
 * Return: ns, the run in progress included.
 */
int64_t ktb_progress_left(const struct ktb_progress *progress, int64_t now_ns);

/** ktb_progress_now() - CLOCK_MONOTONIC, ns */
int64_t ktb_progress_now(void);

#endif /* KTB_PROGRESS_H */
