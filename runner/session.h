/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One cell on the device, from SETUP to a record. It knows plans and the device,
 * and no files; what runs beside what is measure.c's.
 */
#ifndef KTB_SESSION_H
#define KTB_SESSION_H

#include "cost.h"
#include "measure.h"
#include "record.h"

/**
 * struct ktb_session - one cell on the device, from SETUP to a record
 * @measure: what runs share
 * @run: which run
 * @cell: the run's, or one of its loads
 * @device: the shared one of its workload, or one of its own
 * @is_own: the latter
 * @is_first: of its run to start: it waits for the lane's moment
 * @values: of all parameters
 * @setup: what SETUP was asked and says
 * @started: UTC
 * @cost: what the run took of the machine, from START to STOP; of the thread that
 *	waits, without START
 * @end: how it ended
 * @areas: when it has ended
 * @measured: what its samples are worth
 * @reason: why they are worth nothing
 */
struct ktb_session {
	const struct ktb_measure *measure;
	struct ktb_run run;
	const struct ktb_cell *cell;
	struct ktb_device *device;
	bool is_own;
	bool is_first;
	int64_t *values;
	struct ktb_device_setup setup;
	char started[32];
	struct ktb_cost cost;
	struct ktb_device_end end;
	struct ktb_device_area *areas;
	enum ktb_measured measured;
	char reason[KTB_ERROR_LEN];
};

/**
 * ktb_session_init() - a session that is not set up
 * @session: to be filled in; ktb_session_free() frees it
 * @measure: what runs share
 * @run: whose repetition it is
 * @cell: index of the run's cell, or of one of its loads
 */
void ktb_session_init(struct ktb_session *session,
		      const struct ktb_measure *measure,
		      const struct ktb_run *run, size_t cell);

/**
 * ktb_session_open() - open a device of its own, for load beside another
 * @session: not set up
 *
 * Return: 0 or -errno.
 */
int ktb_session_open(struct ktb_session *session);

/** ktb_session_free() - free what a session holds, and its own device */
void ktb_session_free(struct ktb_session *session);

/** ktb_session_workload() - the workload of its cell */
const struct ktb_workload *
ktb_session_workload(const struct ktb_session *session);

/**
 * ktb_session_explain() - say why it was refused or failed
 * @session: the session
 * @error: -errno
 * @err: the sentence
 *
 * Return: as ktb_refusal_explain().
 */
int ktb_session_explain(const struct ktb_session *session, int error,
			struct ktb_error *err);

/**
 * ktb_session_start() - set it up and let it go
 * @session: the session
 * @beside: it is load for another
 *
 * Return: 0 or -errno.
 */
int ktb_session_start(struct ktb_session *session, bool beside);

/**
 * ktb_session_wait() - sleep until it has ended, a signal came, or it hangs
 * @session: started
 *
 * Return: 0 or -errno; -ETIMEDOUT if it hangs.
 */
int ktb_session_wait(const struct ktb_session *session);

/**
 * ktb_session_stop() - end it and read its areas
 * @session: started
 *
 * Return: 0 or -errno.
 */
int ktb_session_stop(struct ktb_session *session);

/** ktb_session_judge() - say what its samples are worth, once it is stopped */
void ktb_session_judge(struct ktb_session *session);

/** ktb_session_record() - what is known of it, once it is judged */
struct ktb_record ktb_session_record(const struct ktb_session *session);

#endif /* KTB_SESSION_H */
