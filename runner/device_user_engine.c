// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The threads of the device in user space: one a place measures, the controller
 * goes through the course of the run, joins the others and tells that all is
 * quiet. All of them block all signals, so that those of the runner reach the
 * runner.
 */
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "device_user_engine.h"

/* One that was woken just before it went to sleep is woken again after this. */
#define AGAIN_NS (20 * KTB_USER_NS_PER_MS)

/* All runs of the process share the signal's handler; the last one restores. */
static pthread_mutex_t wake_lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction wake_before;
static uint32_t nr_wakers;

static void ignore(int signal)
{
}

static void hold_wake(void)
{
	struct sigaction wake = { .sa_handler = ignore };

	pthread_mutex_lock(&wake_lock);
	if (!nr_wakers++)
		sigaction(KTB_USER_WAKE_SIGNAL, &wake, &wake_before);
	pthread_mutex_unlock(&wake_lock);
}

static void drop_wake(void)
{
	pthread_mutex_lock(&wake_lock);
	if (!--nr_wakers)
		sigaction(KTB_USER_WAKE_SIGNAL, &wake_before, NULL);
	pthread_mutex_unlock(&wake_lock);
}

static int bind(pthread_attr_t *attr, uint32_t cpu)
{
	const size_t bytes = CPU_ALLOC_SIZE(cpu + 1);
	cpu_set_t *set = CPU_ALLOC(cpu + 1);
	int err;

	if (!set)
		return ENOMEM;
	CPU_ZERO_S(bytes, set);
	CPU_SET_S(cpu, bytes, set);
	err = pthread_attr_setaffinity_np(attr, bytes, set);
	CPU_FREE(set);
	return err;
}

/* A thread on a CPU, or where the caller may run; 0 or a negative errno. */
static int make_thread(const uint32_t *cpu, void *(*body)(void *), void *data,
		       pthread_t *thread)
{
	sigset_t all, before;
	pthread_attr_t attr;
	int err;

	pthread_attr_init(&attr);
	err = cpu ? bind(&attr, *cpu) : 0;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (!err)
		err = pthread_create(thread, &attr, body, data);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	/* The only value of ours that the kernel may not like is the CPU. */
	return err == EINVAL ? -ENXIO : -err;
}

struct trial {
	int (*try)(void *data);
	void *data;
	int result;
};

static void *run_trial(void *data)
{
	struct trial *trial = data;

	trial->result = trial->try ? trial->try(trial->data) : 0;
	return NULL;
}

/**
 * ktb_user_engine_try() - do something in a thread of its own, which ends then
 * @cpu: where
 * @try: what; NULL to see whether the CPU can be used at all
 * @data: for @try
 *
 * Return: what @try returns; -ENXIO if the CPU cannot be used, -EAGAIN if there
 * is no thread to be had, -ENOMEM.
 */
int ktb_user_engine_try(uint32_t cpu, int (*try)(void *data), void *data)
{
	struct trial trial = { .try = try, .data = data };
	pthread_t thread;
	int err = make_thread(&cpu, run_trial, &trial, &thread);

	if (err)
		return err;
	pthread_join(thread, NULL);
	return trial.result;
}

static void *work(void *data)
{
	struct ktb_user_place *place = data;
	struct ktb_user_run *run = place->run;

	place->tid = gettid();
	pthread_setname_np(pthread_self(), place->name);
	ktb_user_course_wait_open(run->engine);
	if (!ktb_user_course_must_end(run))
		run->workload->work(place);
	ktb_user_armed(place);
	return NULL;
}

static void join(struct ktb_user_place *place)
{
	struct timespec until;

	if (!place->is_made)
		return;
	do {
		pthread_kill(place->thread, KTB_USER_WAKE_SIGNAL);
		until = ktb_user_to_timespec(ktb_user_now_ns() + AGAIN_NS);
	} while (pthread_clockjoin_np(place->thread, NULL, CLOCK_MONOTONIC,
				      &until));
	place->is_made = false;
}

static void join_all(struct ktb_user_run *run)
{
	uint32_t i;

	__atomic_store_n(&run->stopping, true, __ATOMIC_RELEASE);
	for (i = 0; i < run->nr_places; i++)
		join(&run->places[i]);
	drop_wake();
}

static void tell_windows(struct ktb_user_run *run)
{
	struct ktb_area *area;
	uint32_t i;

	for (i = 0; i < run->nr_places; i++) {
		area = run->places[i].cell.area;
		area->begin_ns = run->begin_ns;
		area->end_ns = run->begin_ns + run->span_ns;
	}
}

static void *control(void *data)
{
	struct ktb_user_run *run = data;
	struct ktb_user_engine *engine = run->engine;

	pthread_setname_np(pthread_self(), "ktb_control");
	ktb_user_course_open(engine);
	ktb_user_course_record(run);
	join_all(run);
	tell_windows(run);
	engine->done(engine->data);
	pthread_mutex_lock(&engine->lock);
	engine->is_over = true;
	pthread_cond_broadcast(&engine->changed);
	pthread_mutex_unlock(&engine->lock);
	return NULL;
}

static struct ktb_user_engine *alloc_engine(const struct ktb_user_run *run)
{
	struct ktb_user_engine *engine = calloc(1, sizeof(*engine));
	pthread_condattr_t attr;

	if (!engine)
		return NULL;
	engine->unarmed = run->nr_places;
	pthread_mutex_init(&engine->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&engine->changed, &attr);
	pthread_condattr_destroy(&attr);
	hold_wake();
	return engine;
}

static void free_engine(struct ktb_user_run *run)
{
	pthread_cond_destroy(&run->engine->changed);
	pthread_mutex_destroy(&run->engine->lock);
	free(run->engine);
	run->engine = NULL;
}

static int make_threads(struct ktb_user_run *run)
{
	struct ktb_user_place *place;
	uint32_t i;
	int err;

	for (i = 0; i < run->nr_places; i++) {
		place = &run->places[i];
		place->is_armed = false;
		err = make_thread(&place->cpu, work, place, &place->thread);
		if (err)
			return err;
		place->is_made = true;
	}
	/* The controller runs where the runner may: off the measured CPUs. */
	return make_thread(NULL, control, run, &run->engine->control);
}

/**
 * ktb_user_engine_start() - make the threads of a run and let them go
 * @run: prepared
 * @done: called once from a thread when the run has ended and is quiet
 * @data: for @done
 *
 * Return: 0, -ENOMEM, -EAGAIN (no thread could be made), -ENXIO (a CPU went
 * offline); then nothing is left and @done is not called.
 */
int ktb_user_engine_start(struct ktb_user_run *run, void (*done)(void *),
			  void *data)
{
	struct ktb_user_engine *engine = alloc_engine(run);
	int err;

	if (!engine)
		return -ENOMEM;
	engine->done = done;
	engine->data = data;
	run->engine = engine;
	run->heartbeat_ns = ktb_user_now_ns();
	err = make_threads(run);
	if (!err)
		return 0;
	ktb_user_course_stop(engine);
	join_all(run);
	run->stopping = false;
	free_engine(run);
	return err;
}

/**
 * ktb_user_engine_stop() - end the run and wait until it is quiet
 * @run: any; one that was never started or has ended is left alone
 */
void ktb_user_engine_stop(struct ktb_user_run *run)
{
	struct ktb_user_engine *engine = run->engine;

	if (!engine)
		return;
	ktb_user_course_stop(engine);
	pthread_mutex_lock(&engine->lock);
	while (!engine->is_over)
		pthread_cond_wait(&engine->changed, &engine->lock);
	pthread_mutex_unlock(&engine->lock);
}

/**
 * ktb_user_engine_was_cut() - did the run end before its window was over?
 * @run: started
 */
bool ktb_user_engine_was_cut(const struct ktb_user_run *run)
{
	return run->engine->cut;
}

/**
 * ktb_user_engine_destroy() - stop the run and free the engine
 * @run: any
 */
void ktb_user_engine_destroy(struct ktb_user_run *run)
{
	if (!run->engine)
		return;
	ktb_user_engine_stop(run);
	pthread_join(run->engine->control, NULL);
	free_engine(run);
}
