/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session of the device in user space: its state and the run that it is for.
 * Only device_user*.c may include this.
 */
#ifndef KTB_DEVICE_USER_SESSION_H
#define KTB_DEVICE_USER_SESSION_H

#include "device_user.h"

/**
 * struct ktb_user_session - one open descriptor
 * @fd: the descriptor
 * @lock: protects all that follows; the controller writes it when a run ends
 * @state: enum ktb_state
 * @reason: enum ktb_reason
 * @cpu: the CPU that @reason speaks of
 * @error: why something could not be made, an errno
 * @beside: its run is load for others
 * @run: of the last SETUP, or NULL
 */
struct ktb_user_session {
	int fd;
	pthread_mutex_t lock;
	uint32_t state;
	uint32_t reason;
	uint32_t cpu;
	uint32_t error;
	bool beside;
	struct ktb_user_run *run;
};

struct ktb_user_session *ktb_user_session_open(void);
int ktb_user_session_setup(struct ktb_user_session *session,
			   struct ktb_setup *setup);
void ktb_user_session_reset(struct ktb_user_session *session);
int ktb_user_session_start(struct ktb_user_session *session, bool beside);
void ktb_user_session_stop(struct ktb_user_session *session,
			   struct ktb_stop *stop);
void *ktb_user_session_map(struct ktb_user_session *session, size_t bytes,
			   off_t offset);
void ktb_user_session_release(struct ktb_user_session *session);

#endif /* KTB_DEVICE_USER_SESSION_H */
