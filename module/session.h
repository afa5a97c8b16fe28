/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A session: the states of one open file, and who may run. Knows nothing of
 * user memory; dev.c copies for it.
 */
#ifndef KTB_SESSION_H
#define KTB_SESSION_H

#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "contract.h"
#include "request.h"

/**
 * struct ktb_session - one open file
 * @lock: held over each call, for as long as that takes; whoever waits for it can
 *	be killed
 * @state: enum ktb_state
 * @reason: enum ktb_reason
 * @cpu: the CPU that @reason speaks of
 * @error: why threads could not be made, an errno
 * @beside: its run is load for others
 * @run: NULL before SETUP
 * @pages_lock: of @pages, never held for long, so that mmap() waits for no call
 * @pages: of the areas of @run; a reference is held. NULL before SETUP
 * @wait: poll
 */
struct ktb_session {
	struct mutex lock;
	u32 state;
	u32 reason;
	u32 cpu;
	u32 error;
	bool beside;
	struct ktb_run *run;
	spinlock_t pages_lock;
	struct ktb_area_pages *pages;
	wait_queue_head_t wait;
};

struct ktb_session *ktb_session_open(void);
void ktb_session_release(struct ktb_session *session);
int ktb_session_setup(struct ktb_session *session, struct ktb_request *request,
		      struct ktb_setup *told);
int ktb_session_start(struct ktb_session *session, bool beside);
int ktb_session_stop(struct ktb_session *session, struct ktb_stop *told);
void ktb_session_reset(struct ktb_session *session);
struct ktb_area_pages *ktb_session_pages(struct ktb_session *session);
int ktb_session_check(struct ktb_session *session,
		      const struct ktb_check *check, struct ktb_trial *trial,
		      u64 *duration_ns);

#endif /* KTB_SESSION_H */
