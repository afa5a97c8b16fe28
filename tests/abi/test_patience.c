/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call that takes long holds up nobody else: mmap() and a look at the process
 * go on while STOP waits, SIGKILL ends STOP and who waits behind it, and a SETUP
 * that is refused leaves what is there.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#include "abi_check.h"

/* Far more than it takes, far less than this STOP would wait for. */
#define SOON_MS	 15000
/* Timers may fire so much later than they are due. */
#define SLACK_MS 60000

static struct abi_job job;

static void *stop(void *fd)
{
	struct ktb_stop told;

	abi_stop(*(const int *)fd, &told);
	return NULL;
}

static void *setup_again(void *unused)
{
	struct abi_job again = job;

	abi_setup(&again);
	return unused;
}

/* A run whose STOP waits for timers that are due and have been put off. */
static void start_slow(int fd)
{
	abi_job_init(&job, fd, "timer_wheel", 1);
	abi_set(&job, "timers", 100);
	abi_set(&job, "delay", ABI_S);
	abi_set(&job, "slack", SLACK_MS * ABI_MS);
	abi_set(&job, "duration", 600 * ABI_S);
	abi_run(&job);
	abi_sleep_ms(2500);
}

static void tell(int to, char word)
{
	if (write(to, &word, 1) != 1)
		_exit(1);
}

/* Says 's' when STOP has been called, 'm' when an area has been mapped. */
static void child(int to)
{
	pthread_t stopper, setter;
	int fd = abi_open();

	start_slow(fd);
	pthread_create(&stopper, NULL, stop, &fd);
	abi_sleep_ms(300);
	pthread_create(&setter, NULL, setup_again, NULL);
	abi_sleep_ms(100);
	tell(to, 's');
	tell(to, abi_map(&job, 0) ? 'm' : '!');
	pthread_join(stopper, NULL);
	/* Not to be reached. */
	tell(to, 'e');
	_exit(0);
}

/* What the child says next; 0 if it says nothing for so long. */
static char hear(int from, int timeout_ms)
{
	char word = 0;

	if (abi_wait(from, timeout_ms) & POLLIN && read(from, &word, 1) != 1)
		word = 0;
	return word;
}

static bool can_look_at(pid_t pid)
{
	char path[32], line[128];
	ssize_t bytes;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bytes = read(fd, line, sizeof(line));
	close(fd);
	return bytes > 0;
}

/* How long it takes until a child has ended; -1 if it does not in time. */
static long reap_ms(pid_t pid)
{
	__s64 begin_ns = abi_now_ns();
	long ms;

	for (ms = 0; ms < SOON_MS; ms = (abi_now_ns() - begin_ns) / ABI_MS) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return ms;
		abi_sleep_ms(10);
	}
	return -1;
}

static void test_killed(void)
{
	int ends[2];
	pid_t pid;
	long ms;

	if (pipe(ends))
		bail("pipe: %s", strerror(errno));
	pid = fork();
	if (!pid)
		child(ends[1]);
	if (hear(ends[0], 30000) != 's')
		bail("the child could not begin");
	ok(hear(ends[0], SOON_MS) == 'm', "an area is mapped while STOP waits");
	ok(can_look_at(pid), "others can look at the process meanwhile");
	ok(!hear(ends[0], 1000), "STOP waits for what is due in its window");
	kill(pid, SIGKILL);
	ms = reap_ms(pid);
	ok(ms >= 0, "SIGKILL ends STOP and SETUP: %ld ms", ms);
	close(ends[0]);
	close(ends[1]);
}

/* The session of another: STOP is killed, and the run ends all the same. */
static void test_inherited(void)
{
	int fd = abi_open();
	struct ktb_stop told;
	__s64 begin_ns;
	pid_t pid;

	start_slow(fd);
	pid = fork();
	if (!pid) {
		stop(&fd);
		_exit(0);
	}
	abi_sleep_ms(500);
	kill(pid, SIGKILL);
	ok(reap_ms(pid) >= 0, "SIGKILL ends STOP of an inherited session");
	begin_ns = abi_now_ns();
	is_errno(abi_stop(fd, &told), 0, "STOP after it");
	ok(told.state == KTB_STATE_DONE && told.reason == KTB_REASON_STOPPED &&
		   abi_now_ns() - begin_ns < SOON_MS * ABI_MS,
	   "it waits for nothing any more: state %u, reason %u", told.state,
	   told.reason);
	close(fd);
}

/* SETUP over and over, until it is refused for the last time. */
static void test_refused(void)
{
	int fd = abi_open(), error, lost = 0, refused = 0, i;
	struct abi_job again;
	struct ktb_stop told;

	for (i = 0; i < 40; i++) {
		abi_job_init(&job, fd, "null", 0);
		abi_set(&job, "duration", 20 * ABI_MS);
		abi_run(&job);
		memcpy(&again, &job, sizeof(again));
		do {
			error = abi_setup(&again);
			refused += error == EBUSY;
		} while (error == EBUSY && !abi_wait(fd, 0));
		if (error == EBUSY && !abi_stop(fd, &told))
			lost += told.state != KTB_STATE_DONE;
	}
	ok(refused > 0 && !lost,
	   "a SETUP that is EBUSY undoes nothing: %d refused, %d results lost",
	   refused, lost);
	close(fd);
}

/* Check after check, until it is killed: whatever it is at then. */
static void test_check(long after_ms)
{
	struct ktb_check_run check;
	pid_t pid = fork();
	__u32 index;
	long ms;
	int fd;

	if (!pid) {
		fd = abi_open();
		for (index = 0;; index++) {
			if (abi_check(fd, index, &check) == ENOENT)
				index = ~0U;
		}
	}
	abi_sleep_ms(after_ms);
	kill(pid, SIGKILL);
	ms = reap_ms(pid);
	ok(ms >= 0, "SIGKILL ends CHECK after %ld ms: %ld ms", after_ms, ms);
}

int main(void)
{
	test_killed();
	test_inherited();
	test_check(300);
	test_check(1700);
	test_check(3100);
	test_refused();
	return tap_done();
}
