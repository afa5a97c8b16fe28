/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A session: the states of one open file, and who may run. Knows nothing of
 * user memory; dev.c copies for it.
 */
#ifndef KTB_SESSION_H
#define KTB_SESSION_H

#include <linux/mutex.h>
#include <linux/wait.h>

#include "workload.h"

/**
 * struct ktb_session - one open file
 * @lock: held over each call
 * @state: enum ktb_state
 * @reason: enum ktb_reason
 * @cpu: the CPU that @reason speaks of
 * @run: NULL before SETUP
 * @wait: poll
 */
struct ktb_session {
	struct mutex lock;
	u32 state;
	u32 reason;
	u32 cpu;
	struct ktb_run *run;
	wait_queue_head_t wait;
};

/**
 * struct ktb_request - a SETUP as copied from user space
 * @workload: index of the workload
 * @params: the values given
 * @nr_params: how many
 * @places: where; ownership goes to the session
 * @nr_places: how many
 * @disturb: CPUs to disturb; ownership goes to the session
 * @nr_disturb: how many
 * @what: out: enum ktb_what
 * @which: out: index
 * @limit: out: on -ERANGE
 */
struct ktb_request {
	u32 workload;
	const struct ktb_param_value *params;
	u32 nr_params;
	struct ktb_place *places;
	u32 nr_places;
	u32 *disturb;
	u32 nr_disturb;
	u32 what;
	u32 which;
	s64 limit;
};

struct ktb_session *ktb_session_open(void);
void ktb_session_release(struct ktb_session *session);
int ktb_session_setup(struct ktb_session *session, struct ktb_request *request);
int ktb_session_start(struct ktb_session *session);
void ktb_session_stop(struct ktb_session *session);
u64 ktb_session_max_memory(void);

#endif /* KTB_SESSION_H */
