/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The threads of a run in user space and the course that it takes, as
 * device_user_engine.c and device_user_course.c share them. Only device_user*.c
 * may include this.
 */
#ifndef KTB_DEVICE_USER_ENGINE_H
#define KTB_DEVICE_USER_ENGINE_H

#include <signal.h>

#include "device_user.h"

/* Ends the sleep of a thread that has to end; its handler does nothing. */
#define KTB_USER_WAKE_SIGNAL SIGUSR1

/**
 * struct ktb_user_engine - the threads of a run, and where it stands
 * @lock: protects @is_open, @unarmed, @is_over and what waits for @stop
 * @changed: one of them has changed; CLOCK_MONOTONIC
 * @is_open: all threads exist
 * @stop: somebody has ended the run
 * @unarmed: places that have not armed
 * @cut: the run ended before its window was over
 * @control: the controller; joined by ktb_user_engine_destroy()
 * @is_over: all is quiet, and @done was told
 * @done: told once, when all is quiet
 * @data: for @done
 */
struct ktb_user_engine {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_open;
	bool stop;
	uint32_t unarmed;
	bool cut;
	pthread_t control;
	bool is_over;
	void (*done)(void *data);
	void *data;
};

/* device_user_course.c */
bool ktb_user_course_must_end(struct ktb_user_run *run);
void ktb_user_course_open(struct ktb_user_engine *engine);
void ktb_user_course_stop(struct ktb_user_engine *engine);
void ktb_user_course_wait_open(struct ktb_user_engine *engine);
void ktb_user_course_record(struct ktb_user_run *run);

/* device_user_engine.c */
int ktb_user_engine_try(uint32_t cpu, int (*try)(void *data), void *data);
int ktb_user_engine_start(struct ktb_user_run *run, void (*done)(void *),
			  void *data);
void ktb_user_engine_stop(struct ktb_user_run *run);
bool ktb_user_engine_was_cut(const struct ktb_user_run *run);
void ktb_user_engine_destroy(struct ktb_user_run *run);

#endif /* KTB_DEVICE_USER_ENGINE_H */
