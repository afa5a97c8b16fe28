// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sessions of the device in user space. The only file that changes a session's
 * state:
 *
 *	OPEN --setup--> READY --start--> RUNNING --done--> DONE
 *	  ^ \____________ ^ _______________________________/ |
 *	  |               +----------setup-------------------+
 *	  +-- a failed setup
 *
 * One session may run at a time on a machine: two would measure each other. Those
 * that say that they are load for others run beside it, if it is of this process.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "device_user_engine.h"
#include "device_user_session.h"

static pthread_mutex_t running_lock = PTHREAD_MUTEX_INITIALIZER;

/* The session that runs, its loads, and what keeps other processes from it. */
static struct ktb_user_session *running;
static uint32_t nr_beside;
static int running_socket = -1;

static uint32_t state_of(const struct ktb_user_session *session)
{
	return __atomic_load_n(&session->state, __ATOMIC_ACQUIRE);
}

static void set_state(struct ktb_user_session *session, uint32_t state)
{
	__atomic_store_n(&session->state, state, __ATOMIC_RELEASE);
}

/*
 * Two runs would measure each other. A name in the abstract space of sockets
 * goes away with the process that has it; where there is none to be had, as in
 * a sandbox, only this process can be kept from it.
 */
static int claim_machine(void)
{
	static const struct sockaddr_un name = { .sun_family = AF_UNIX,
						 .sun_path = "\0ktbench-user" };
	const socklen_t bytes = offsetof(struct sockaddr_un, sun_path) +
				sizeof("\0ktbench-user") - 1;

	running_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (running_socket < 0 ||
	    !bind(running_socket, (const struct sockaddr *)&name, bytes) ||
	    errno != EADDRINUSE)
		return 0;
	close(running_socket);
	running_socket = -1;
	return -EBUSY;
}

static int claim(struct ktb_user_session *session)
{
	int err = 0;

	pthread_mutex_lock(&running_lock);
	if (session->beside ? nr_beside >= KTB_MAX_BESIDE : running != NULL)
		err = -EBUSY;
	else if (!running && !nr_beside)
		err = claim_machine();
	if (!err && session->beside)
		nr_beside++;
	else if (!err)
		running = session;
	pthread_mutex_unlock(&running_lock);
	return err;
}

static void unclaim(struct ktb_user_session *session)
{
	pthread_mutex_lock(&running_lock);
	if (session->beside)
		nr_beside--;
	else
		running = NULL;
	if (!running && !nr_beside && running_socket >= 0) {
		close(running_socket);
		running_socket = -1;
	}
	pthread_mutex_unlock(&running_lock);
}

static void free_run(struct ktb_user_session *session)
{
	struct ktb_user_run *run = session->run;
	uint32_t i;

	if (!run)
		return;
	ktb_user_engine_destroy(run);
	for (i = 0; run->places && i < run->nr_places; i++)
		if (run->workload->release)
			run->workload->release(&run->places[i]);
	ktb_user_areas_free(&run->areas);
	free(run->places);
	free(run);
	session->run = NULL;
}

static void forget(struct ktb_user_session *session)
{
	uint64_t ended;

	free_run(session);
	set_state(session, KTB_STATE_OPEN);
	session->reason = KTB_REASON_NONE;
	session->cpu = 0;
	session->error = 0;
	/* Nothing to read is fine: then no run has ended. */
	if (read(session->fd, &ended, sizeof(ended)) < 0)
		errno = 0;
}

static int prepare_run(struct ktb_user_run *run)
{
	uint32_t i;
	int err;

	err = ktb_user_areas_alloc(run);
	for (i = 0; !err && i < run->nr_places; i++) {
		snprintf(run->places[i].name, sizeof(run->places[i].name),
			 "ktb_user/%u", run->places[i].cpu);
		if (run->workload->prepare)
			err = run->workload->prepare(&run->places[i]);
	}
	return err;
}

static int set_up(struct ktb_user_session *session, struct ktb_setup *setup)
{
	struct ktb_user_run *run;
	int err;

	setup->nr_areas = 0;
	setup->nr_threads = 0;
	setup->err_what = KTB_WHAT_NOTHING;
	setup->err_index = 0;
	setup->err_limit = 0;
	if (state_of(session) == KTB_STATE_RUNNING)
		return -EBUSY;
	forget(session);
	run = calloc(1, sizeof(*run));
	if (!run)
		return -ENOMEM;
	run->areas.fd = -1;
	session->run = run;
	err = ktb_user_request(run, setup);
	if (!err)
		err = prepare_run(run);
	if (err) {
		free_run(session);
		return err;
	}
	setup->nr_areas = run->areas.nr;
	setup->area_bytes = run->areas.bytes;
	setup->memory_bytes = run->memory_bytes;
	setup->timer_bytes = 0;
	setup->nr_threads = (__u32)run->nr_threads;
	set_state(session, KTB_STATE_READY);
	return 0;
}

/* Called by the controller, once, when all writers are quiet. */
static void done(void *data)
{
	static const uint64_t one = 1;
	struct ktb_user_session *session = data;
	struct ktb_user_run *run = session->run;

	session->cpu = run->abort_cpu;
	session->error = run->abort_error;
	if (run->abort)
		session->reason = run->abort;
	else if (ktb_user_engine_was_cut(run))
		session->reason = KTB_REASON_STOPPED;
	else
		session->reason = KTB_REASON_COMPLETE;
	unclaim(session);
	set_state(session, KTB_STATE_DONE);
	/* It was empty: it cannot be full. */
	if (write(session->fd, &one, sizeof(one)) < 0)
		errno = 0;
}

static int start(struct ktb_user_session *session, bool beside)
{
	int err;

	switch (state_of(session)) {
	case KTB_STATE_OPEN:
		return -ENODATA;
	case KTB_STATE_RUNNING:
		return -EBUSY;
	case KTB_STATE_DONE:
		return -EALREADY;
	}
	session->beside = beside;
	err = claim(session);
	if (err)
		return err;
	set_state(session, KTB_STATE_RUNNING);
	err = ktb_user_engine_start(session->run, done, session);
	if (err) {
		set_state(session, KTB_STATE_READY);
		unclaim(session);
	}
	return err;
}

/**
 * ktb_user_session_open() - a new session, in state OPEN
 *
 * Return: NULL without memory or descriptor (errno).
 */
struct ktb_user_session *ktb_user_session_open(void)
{
	struct ktb_user_session *session = calloc(1, sizeof(*session));

	if (!session)
		return NULL;
	session->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (session->fd < 0) {
		free(session);
		return NULL;
	}
	pthread_mutex_init(&session->lock, NULL);
	return session;
}

/**
 * ktb_user_session_setup() - validate and allocate a run
 * @session: in any state
 * @setup: what is asked for; what is told is filled in
 *
 * Return: 0 (state READY), -EBUSY while running (nothing changes), or an error
 * of the ABI (state OPEN).
 */
int ktb_user_session_setup(struct ktb_user_session *session,
			   struct ktb_setup *setup)
{
	int err;

	pthread_mutex_lock(&session->lock);
	err = set_up(session, setup);
	pthread_mutex_unlock(&session->lock);
	return err;
}

/**
 * ktb_user_session_reset() - a SETUP has failed on its way in
 * @session: in any state; a run in progress goes on, else the state is OPEN
 */
void ktb_user_session_reset(struct ktb_user_session *session)
{
	pthread_mutex_lock(&session->lock);
	if (state_of(session) != KTB_STATE_RUNNING)
		forget(session);
	pthread_mutex_unlock(&session->lock);
}

/**
 * ktb_user_session_start() - let the run go
 * @session: in any state; only READY will do
 * @beside: the run is load for others
 *
 * Return: 0 (state RUNNING), -ENODATA, -EALREADY, -EBUSY, -ENXIO (a CPU went
 * offline since SETUP), or why no thread could be made (state stays READY).
 */
int ktb_user_session_start(struct ktb_user_session *session, bool beside)
{
	int err;

	pthread_mutex_lock(&session->lock);
	err = start(session, beside);
	pthread_mutex_unlock(&session->lock);
	return err;
}

/**
 * ktb_user_session_stop() - end the run, if there is one, and wait until it is
 *	quiet
 * @session: in any state
 * @stop: how it ended
 */
void ktb_user_session_stop(struct ktb_user_session *session,
			   struct ktb_stop *stop)
{
	pthread_mutex_lock(&session->lock);
	if (session->run)
		ktb_user_engine_stop(session->run);
	stop->state = state_of(session);
	stop->reason = session->reason;
	stop->cpu = session->cpu;
	stop->error = session->error;
	pthread_mutex_unlock(&session->lock);
}

/**
 * ktb_user_session_map() - map an area, to read
 * @session: in any state but OPEN
 * @bytes: of one area
 * @offset: where it stands
 *
 * Return: MAP_FAILED and errno on an error.
 */
void *ktb_user_session_map(struct ktb_user_session *session, size_t bytes,
			   off_t offset)
{
	const struct ktb_user_areas *areas;
	void *map = MAP_FAILED;

	pthread_mutex_lock(&session->lock);
	areas = session->run ? &session->run->areas : NULL;
	errno = areas ? EINVAL : ENODATA;
	if (areas && bytes == areas->bytes && offset >= 0 &&
	    !((size_t)offset % bytes) && (size_t)offset / bytes < areas->nr)
		map = mmap(NULL, bytes, PROT_READ, MAP_SHARED, areas->fd,
			   offset);
	pthread_mutex_unlock(&session->lock);
	return map;
}

/**
 * ktb_user_session_release() - stop, join and free everything
 * @session: gone after it, its descriptor too
 */
void ktb_user_session_release(struct ktb_user_session *session)
{
	pthread_mutex_lock(&session->lock);
	/* Nobody will read the samples, so nothing has to come any more. */
	if (state_of(session) == KTB_STATE_RUNNING)
		ktb_user_abort(session->run, KTB_REASON_STOPPED, 0);
	free_run(session);
	pthread_mutex_unlock(&session->lock);
	pthread_mutex_destroy(&session->lock);
	close(session->fd);
	free(session);
}
