// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What SETUP allocates is charged to the cgroup of who asks: past the cgroup's
 * limit it gets ENOMEM, nobody is killed, and all is given back.
 */
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include "abi.h"

#define CGROUP	      "/cgroup-of-test"
#define LIMIT_MIB     16
#define PATH_OF(file) CGROUP "/small/" file

static struct abi_job job;

static bool write_word(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY);
	bool written = fd >= 0 &&
		       write(fd, word, strlen(word)) == (ssize_t)strlen(word);

	if (fd >= 0)
		close(fd);
	return written;
}

/* A cgroup that may have little, with this process in it. */
static bool enter_small(void)
{
	char limit[32];

	snprintf(limit, sizeof(limit), "%d", LIMIT_MIB << 20);
	mkdir(CGROUP, 0755);
	return !mount("none", CGROUP, "cgroup2", 0, NULL) &&
	       write_word(CGROUP "/cgroup.subtree_control", "+memory") &&
	       !mkdir(CGROUP "/small", 0755) &&
	       write_word(PATH_OF("memory.max"), limit) &&
	       write_word(PATH_OF("cgroup.procs"), "0");
}

/* Before 5.12 the kernel maps no page that is charged. */
static bool maps_charged_pages(void)
{
	struct utsname name;
	int major, minor;

	return !uname(&name) &&
	       sscanf(name.release, "%d.%d", &major, &minor) == 2 &&
	       (major > 5 || (major == 5 && minor >= 12));
}

static void test_small(void)
{
	int fd = abi_open();

	abi_job_init(&job, fd, "null", 0);
	abi_set(&job, "raw_samples", abi_param(&job, "raw_samples").max);
	is_errno(abi_setup(&job), ENOMEM,
		 "SETUP of a million raw samples in a cgroup of %d MiB",
		 LIMIT_MIB);
	abi_set(&job, "raw_samples", 1000);
	is_errno(abi_setup(&job), 0, "SETUP of a thousand after it");
	ok(abi_map(&job, 0), "its area can be mapped, charged as it is");
	abi_job_init(&job, fd, "timer_wheel", 0);
	abi_set(&job, "timers", 1);
	abi_set(&job, "background", 900000);
	is_errno(abi_setup(&job), ENOMEM, "SETUP of 900,000 timers there");
	close(fd);
}

int main(void)
{
	int status = -1;
	pid_t pid;

	if (!maps_charged_pages()) {
		skip("memory is charged to a cgroup",
		     "this kernel maps no page that is charged");
		return tap_done();
	}
	pid = fork();
	if (!pid) {
		if (!enter_small())
			bail("no cgroup with a limit of memory: %s",
			     strerror(errno));
		test_small();
		exit(tap_done());
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		bail("fork: %s", strerror(errno));
	if (!WIFEXITED(status))
		printf("not ok 1 - nobody is killed for it\n1..1\n");
	return !WIFEXITED(status) || WEXITSTATUS(status);
}
