// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The course of a run in user space: the gate, all armed, the window, the drain,
 * and what may end it before its time. It makes no thread and takes no sample.
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

#include "device_user_engine.h"
#include "sysfs.h"

/* How often to look for a run that must end, and for the end of a drain. */
#define LOOK_NS	 (500 * KTB_USER_NS_PER_MS)
#define DRAIN_NS (20 * KTB_USER_NS_PER_MS)

/* Only stores, and only the first time: the controller looks twice a second. */
static bool end_now(struct ktb_user_run *run, uint32_t reason, uint32_t cpu)
{
	uint32_t none = KTB_REASON_NONE;

	if (!__atomic_compare_exchange_n(&run->abort, &none, reason, false,
					 __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return false;
	run->abort_cpu = cpu;
	__atomic_store_n(&run->stopping, true, __ATOMIC_RELEASE);
	return true;
}

/**
 * ktb_user_abort() - end a run that must not go on; the first reason stays
 * @run: the run
 * @reason: enum ktb_reason
 * @cpu: where
 */
void ktb_user_abort(struct ktb_user_run *run, uint32_t reason, uint32_t cpu)
{
	end_now(run, reason, cpu);
}

/**
 * ktb_user_fail() - end a run that cannot have what it needs
 * @place: of the caller
 * @error: why, an errno
 */
void ktb_user_fail(struct ktb_user_place *place, int error)
{
	if (end_now(place->run, KTB_REASON_FAILED, place->cpu))
		place->run->abort_error = (uint32_t)error;
}

/**
 * ktb_user_armed() - told by the thread of each place, once, when it is ready
 * @place: of the caller
 */
void ktb_user_armed(struct ktb_user_place *place)
{
	struct ktb_user_engine *engine = place->run->engine;

	if (place->is_armed)
		return;
	place->is_armed = true;
	pthread_mutex_lock(&engine->lock);
	engine->unarmed--;
	pthread_cond_broadcast(&engine->changed);
	pthread_mutex_unlock(&engine->lock);
}

/**
 * ktb_user_course_must_end() - has somebody or something ended the run?
 * @run: started
 */
bool ktb_user_course_must_end(struct ktb_user_run *run)
{
	return __atomic_load_n(&run->engine->stop, __ATOMIC_ACQUIRE) ||
	       __atomic_load_n(&run->abort, __ATOMIC_ACQUIRE);
}

/**
 * ktb_user_course_open() - all threads exist: let them go
 * @engine: of the run
 */
void ktb_user_course_open(struct ktb_user_engine *engine)
{
	pthread_mutex_lock(&engine->lock);
	engine->is_open = true;
	pthread_cond_broadcast(&engine->changed);
	pthread_mutex_unlock(&engine->lock);
}

/**
 * ktb_user_course_stop() - the run is to end now
 * @engine: of the run
 */
void ktb_user_course_stop(struct ktb_user_engine *engine)
{
	pthread_mutex_lock(&engine->lock);
	__atomic_store_n(&engine->stop, true, __ATOMIC_RELEASE);
	pthread_cond_broadcast(&engine->changed);
	pthread_mutex_unlock(&engine->lock);
}

/**
 * ktb_user_course_wait_open() - until the gate is open, or the run has to end
 * @engine: of the run
 */
void ktb_user_course_wait_open(struct ktb_user_engine *engine)
{
	pthread_mutex_lock(&engine->lock);
	while (!engine->is_open && !engine->stop)
		pthread_cond_wait(&engine->changed, &engine->lock);
	pthread_mutex_unlock(&engine->lock);
}

/* Sleep until a time, or until something changes. */
static void nap(struct ktb_user_run *run, uint64_t until_ns)
{
	struct ktb_user_engine *engine = run->engine;
	const struct timespec until = ktb_user_to_timespec(until_ns);

	__atomic_store_n(&run->heartbeat_ns, ktb_user_now_ns(),
			 __ATOMIC_RELAXED);
	pthread_mutex_lock(&engine->lock);
	if (!engine->stop)
		pthread_cond_timedwait(&engine->changed, &engine->lock, &until);
	pthread_mutex_unlock(&engine->lock);
}

static bool all_have_armed(struct ktb_user_engine *engine)
{
	bool all;

	pthread_mutex_lock(&engine->lock);
	all = !engine->unarmed;
	pthread_mutex_unlock(&engine->lock);
	return all;
}

static bool is_offline(uint32_t cpu)
{
	char path[64], text[KTB_SYSFS_LEN];

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online",
		 cpu);
	return !ktb_sysfs_read(path, text) && *text == '0';
}

/* A cpuset that changes, too, and a CPU that was offline for a moment. */
static bool has_left(const struct ktb_user_place *place)
{
	const size_t bytes = CPU_ALLOC_SIZE(KTB_USER_MAX_CPU);
	cpu_set_t *set = CPU_ALLOC(KTB_USER_MAX_CPU);
	bool has;

	has = set && place->is_made &&
	      !pthread_getaffinity_np(place->thread, bytes, set) &&
	      !CPU_ISSET_S(place->cpu, bytes, set);
	CPU_FREE(set);
	return has;
}

/* A CPU that went away has lost its thread, to whatever CPU. */
static void look_for_offline(struct ktb_user_run *run)
{
	uint32_t i;

	for (i = 0; i < run->nr_places; i++)
		if (is_offline(run->places[i].cpu) || has_left(&run->places[i]))
			ktb_user_abort(run, KTB_REASON_HOTPLUG,
				       run->places[i].cpu);
}

static void wait_until(struct ktb_user_run *run, uint64_t end_ns)
{
	uint64_t now_ns;

	while (!ktb_user_course_must_end(run)) {
		now_ns = ktb_user_now_ns();
		if (now_ns >= end_ns)
			break;
		nap(run, end_ns - now_ns < LOOK_NS ? end_ns : now_ns + LOOK_NS);
		look_for_offline(run);
	}
	look_for_offline(run);
}

static bool is_drained(struct ktb_user_run *run, uint64_t end_ns)
{
	uint32_t i;

	for (i = 0; i < run->nr_places; i++)
		/* Pairs with the release in ktb_user_set_next(). */
		if (__atomic_load_n(&run->places[i].next_ns, __ATOMIC_ACQUIRE) <
		    end_ns)
			return false;
	return true;
}

/* All that was due in the window gets its time to end, however late it is. */
static void drain(struct ktb_user_run *run, uint64_t end_ns)
{
	const struct timespec pause = { .tv_nsec = DRAIN_NS };
	const uint64_t until_ns = ktb_user_now_ns() + run->grace_ns;

	while (!__atomic_load_n(&run->abort, __ATOMIC_ACQUIRE) &&
	       !is_drained(run, end_ns) && ktb_user_now_ns() < until_ns) {
		nanosleep(&pause, NULL);
		__atomic_store_n(&run->heartbeat_ns, ktb_user_now_ns(),
				 __ATOMIC_RELAXED);
	}
}

/* That it has begun can be seen in the areas before the run is over. */
static void open_window(struct ktb_user_run *run, uint64_t begin_ns,
			uint64_t span_ns)
{
	struct ktb_area *area;
	uint32_t i;

	for (i = 0; i < run->nr_places; i++) {
		area = run->places[i].cell.area;
		__atomic_store_n(&area->begin_ns, begin_ns, __ATOMIC_RELAXED);
	}
	__atomic_store_n(&run->begin_ns, begin_ns, __ATOMIC_RELAXED);
	/* Pairs with the acquire in ktb_user_records(). */
	__atomic_store_n(&run->span_ns, span_ns, __ATOMIC_RELEASE);
}

/**
 * ktb_user_course_record() - from the open gate until all that counts is served
 * @run: started
 */
void ktb_user_course_record(struct ktb_user_run *run)
{
	struct ktb_user_engine *engine = run->engine;
	uint64_t begin_ns, end_ns;

	while (!all_have_armed(engine) && !ktb_user_course_must_end(run))
		nap(run, ktb_user_now_ns() + DRAIN_NS);
	engine->cut = ktb_user_course_must_end(run);
	if (engine->cut)
		return;
	begin_ns = ktb_user_now_ns() + (uint64_t)run->values[KTB_USER_WARMUP];
	end_ns = begin_ns + (uint64_t)run->values[KTB_USER_DURATION];
	open_window(run, begin_ns, end_ns - begin_ns);

	wait_until(run, end_ns);
	if (ktb_user_now_ns() < end_ns) {
		/* Cut the window where we stand; what it holds stays good. */
		engine->cut = true;
		end_ns = ktb_user_now_ns();
		if (end_ns < begin_ns)
			end_ns = begin_ns;
		__atomic_store_n(&run->span_ns, end_ns - begin_ns,
				 __ATOMIC_RELEASE);
	}
	drain(run, end_ns);
}
