/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * poll(): it sleeps while the run goes on, wakes whoever waits when the run
 * ends, by itself or by somebody's STOP, and goes on saying so.
 */
#include <pthread.h>
#include <signal.h>

#include "abi.h"

struct waiter {
	pthread_t thread;
	int fd;
	short events;
	__s64 woken_ns;
};

static void *wait_for_end(void *data)
{
	struct waiter *waiter = data;

	waiter->events = abi_wait(waiter->fd, 60000);
	waiter->woken_ns = abi_now_ns();
	return NULL;
}

static void start_waiter(struct waiter *waiter, int fd)
{
	*waiter = (struct waiter){ .fd = fd };
	if (pthread_create(&waiter->thread, NULL, wait_for_end, waiter))
		bail("no thread can be made");
}

static void test_complete(void)
{
	struct waiter waiters[3];
	struct abi_job job;
	int fd = abi_open();
	__s64 begin_ns;
	size_t i;

	abi_job_init(&job, fd, "timer_wheel", 0);
	abi_set(&job, "duration", ABI_S);
	begin_ns = abi_now_ns();
	abi_run(&job);
	for (i = 0; i < ABI_NR(waiters); i++)
		start_waiter(&waiters[i], fd);
	ok(!abi_wait(fd, 300), "poll() times out while the run goes on");
	for (i = 0; i < ABI_NR(waiters); i++) {
		pthread_join(waiters[i].thread, NULL);
		ok(waiters[i].events == POLLIN &&
			   waiters[i].woken_ns - begin_ns >= ABI_S,
		   "waiter %zu of 3 was woken, after the run", i);
	}
	ok(abi_wait(fd, 0) == POLLIN, "poll() goes on saying so");
	ok(abi_state(fd) == KTB_STATE_DONE && abi_wait(fd, 0) == POLLIN,
	   "after STOP as well");
	if (abi_setup(&job))
		bail("SETUP fails");
	ok(!abi_wait(fd, 0), "the next SETUP ends it");
	close(fd);
}

static void test_stopped(void)
{
	struct waiter waiter;
	struct abi_job job;
	int fd = abi_open();
	__s64 begin_ns;

	abi_job_init(&job, fd, "timer_wheel", 0);
	abi_set(&job, "duration", 600 * ABI_S);
	abi_run(&job);
	start_waiter(&waiter, fd);
	abi_sleep_ms(300);
	begin_ns = abi_now_ns();
	ok(abi_state(fd) == KTB_STATE_DONE, "STOP from another thread");
	pthread_join(waiter.thread, NULL);
	ok(waiter.events == POLLIN && waiter.woken_ns - begin_ns < 30 * ABI_S,
	   "STOP wakes the one that waits");
	close(fd);
}

static void on_signal(int signal)
{
}

/* A signal ends the wait, not the run. */
static void test_signal(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct abi_job job;
	struct pollfd pollfd = { .events = POLLIN };
	int nr;

	pollfd.fd = abi_open();
	abi_job_init(&job, pollfd.fd, "timer_wheel", 0);
	abi_set(&job, "duration", 600 * ABI_S);
	abi_run(&job);
	sigaction(SIGALRM, &action, NULL);
	alarm(1);
	nr = poll(&pollfd, 1, 60000);
	is_errno(nr < 0 ? errno : 0, EINTR, "poll() when a signal comes");
	is_errno(abi_start(pollfd.fd), EBUSY, "the run goes on, START");
	ok(abi_state(pollfd.fd) == KTB_STATE_DONE, "STOP ends it");
	close(pollfd.fd);
}

/* Once STOP has returned, the areas do not change any more. */
static void test_quiet(void)
{
	const struct ktb_area *area;
	struct abi_job job;
	int fd = abi_open();
	char *copy;

	abi_job_init(&job, fd, "timer_wheel", 0);
	abi_set(&job, "duration", 600 * ABI_S);
	abi_set(&job, "timers", 1000);
	abi_run(&job);
	area = abi_map(&job, 0);
	copy = malloc(job.setup.area_bytes);
	if (!area || !copy)
		bail("no area, or no memory");
	abi_sleep_ms(500);
	abi_state(fd);
	memcpy(copy, area, job.setup.area_bytes);
	ok(abi_hist(area, 0)->count > 0, "the run has taken samples");
	abi_sleep_ms(500);
	ok(!memcmp(copy, area, job.setup.area_bytes),
	   "the area is the same half a second after STOP");
	free(copy);
	close(fd);
}

int main(void)
{
	test_complete();
	test_stopped();
	test_signal();
	test_quiet();
	return tap_done();
}
