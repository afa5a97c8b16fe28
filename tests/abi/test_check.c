/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checks of contracts: they can be told apart, each says what it promises and
 * where that is told, is performed in bounded time, whatever CPUs go off and on
 * meanwhile, and leaves no thread behind.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdint.h>
#include <sys/wait.h>

#include "abi_check.h"

#define MAX_CHECKS 256
#define GUARD	   0x5a
/* No check may take longer, on whatever machine. */
#define LONGEST_S  60

static char names[MAX_CHECKS][KTB_CHECK_NAME_LEN];
static __u32 nr_checks;

/* [a-z][a-z0-9_]* up to @end; its end, or NULL. */
static const char *word(const char *at, char end)
{
	if (!islower(*at))
		return NULL;
	while (islower(*at) || isdigit(*at) || *at == '_')
		at++;
	return *at == end ? at : NULL;
}

static bool is_name(const char *name)
{
	const char *dot = word(name, '.');

	return dot && word(dot + 1, '\0');
}

static bool is_sentence(const char *text)
{
	size_t bytes = strlen(text);

	return bytes > 20 && bytes < KTB_SENTENCE_LEN - 1 &&
	       text[bytes - 1] == '.' && !strchr(text, '\n');
}

static bool is_new(const char *name)
{
	__u32 i;

	for (i = 0; i < nr_checks; i++)
		if (!strcmp(names[i], name))
			return false;
	return true;
}

static void test_enumeration(int fd)
{
	struct ktb_check_info info;
	int error, wrong = 0;

	while (!(error = abi_check_info(fd, nr_checks, &info))) {
		if (!is_name(info.name) || !is_new(info.name) ||
		    !is_sentence(info.contract) || !strchr(info.source, '/')) {
			diag("check %u: '%s', '%s', '%s'", nr_checks, info.name,
			     info.contract, info.source);
			wrong++;
		}
		if (nr_checks == MAX_CHECKS)
			bail("more checks than this test has room for");
		memcpy(names[nr_checks++], info.name, sizeof(info.name));
	}
	is_errno(error, ENOENT, "CHECK_INFO past the last one");
	ok(nr_checks > 0, "there are checks: %u", nr_checks);
	ok(!wrong, "each has a name of its own, a sentence and a source");
}

static void test_index(int fd)
{
	const __u32 far[] = { nr_checks, nr_checks + 1, 0x7fffffff, ~0U };
	struct ktb_check_info info;
	struct ktb_check_run run;
	size_t i;

	for (i = 0; i < ABI_NR(far); i++) {
		is_errno(abi_check(fd, far[i], &run), ENOENT,
			 "CHECK of index %u of %u", far[i], nr_checks);
		is_errno(abi_check_info(fd, far[i], &info), ENOENT,
			 "CHECK_INFO of index %u of %u", far[i], nr_checks);
	}
}

/* Is it a check, or the subject of one? */
static bool is_known(const char *name)
{
	size_t bytes = strlen(name);
	__u32 i;

	for (i = 0; i < nr_checks; i++)
		if (!strncmp(names[i], name, bytes) &&
		    (!names[i][bytes] || names[i][bytes] == '.'))
			return true;
	return false;
}

static void test_contracts(int fd)
{
	struct ktb_workload_info info;
	char *name, *rest;
	__u32 i;

	for (i = 0; !abi_workload_info(fd, i, &info); i++) {
		bool all = true;

		rest = info.contracts;
		while ((name = strsep(&rest, " "))) {
			if (*name && !is_known(name)) {
				diag("there is no '%s'", name);
				all = false;
			}
		}
		ok(all, "the contracts of %s are checks", info.name);
	}
}

static int perform(int fd, __u32 index, char *evidence, __u32 bytes,
		   struct ktb_check_run *run)
{
	*run = (struct ktb_check_run){
		.size = sizeof(*run),
		.index = index,
		.evidence = (uintptr_t)evidence,
		.evidence_bytes = bytes,
	};
	return abi_ioctl(fd, KTB_IOC_CHECK, run);
}

/* Threads of the module that there are. */
static int nr_threads(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	char path[300], comm[32];
	FILE *file;
	int nr = 0;

	while (proc && (entry = readdir(proc))) {
		if (!isdigit(*entry->d_name))
			continue;
		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		file = fopen(path, "re");
		if (!file)
			continue;
		if (fgets(comm, sizeof(comm), file))
			nr += !strncmp(comm, "ktb_", 4);
		fclose(file);
	}
	if (proc)
		closedir(proc);
	return nr;
}

static void test_each(int fd)
{
	static char evidence[KTB_MAX_EVIDENCE + 1];
	int errors = 0, mute = 0, slow = 0, odd = 0;
	struct ktb_check_run run;
	__u32 i;

	for (i = 0; i < nr_checks; i++) {
		memset(evidence, GUARD, sizeof(evidence));
		errors += perform(fd, i, evidence, KTB_MAX_EVIDENCE, &run) != 0;
		mute += !run.evidence_bytes &&
			run.verdict != KTB_VERDICT_SKIPPED;
		slow += run.duration_ns > LONGEST_S * ABI_S;
		odd += run.verdict > KTB_VERDICT_FAILS ||
		       !*run.reason != (run.verdict == KTB_VERDICT_HOLDS) ||
		       run.evidence_bytes > KTB_MAX_EVIDENCE ||
		       evidence[run.evidence_bytes] != GUARD ||
		       memchr(evidence, 0, run.evidence_bytes);
		if (run.verdict == KTB_VERDICT_FAILS)
			diag("%s fails: %s", names[i], run.reason);
	}
	ok(!errors, "each can be performed");
	ok(!mute, "each says what it saw, or why it was skipped");
	ok(!slow, "none takes over %d s", LONGEST_S);
	ok(!odd, "each has a verdict, a reason for it and lines of evidence");
	ok(!nr_threads(), "no thread of the module is left");
	ok(abi_state(fd) == KTB_STATE_OPEN, "the session is OPEN as before");
}

static void test_room(int fd)
{
	static char whole[KTB_MAX_EVIDENCE], part[8];
	struct ktb_check_run run;

	if (perform(fd, 0, whole, sizeof(whole), &run))
		bail("check 0 cannot be performed");
	memset(part, GUARD, sizeof(part));
	is_errno(perform(fd, 0, part, 4, &run), 0,
		 "CHECK with room for 4 bytes");
	ok(run.evidence_bytes == 4 && !memcmp(part, whole, 4) &&
		   part[4] == GUARD,
	   "it writes the first 4, and says so");
	is_errno(perform(fd, 0, NULL, 0, &run), 0, "CHECK with no room at all");
	is_errno(perform(fd, 0, (char *)8, 100, &run), EFAULT,
		 "CHECK with evidence that points nowhere");
}

static void test_beside(int fd)
{
	struct ktb_start start = { .size = sizeof(start),
				   .flags = KTB_START_BESIDE };
	struct ktb_check_run run;
	struct abi_job job;
	int other = abi_open();

	abi_job_init(&job, other, "timer_wheel", 0);
	abi_set(&job, "duration", 600 * ABI_S);
	abi_run(&job);
	is_errno(abi_check(fd, 0, &run), EBUSY, "CHECK while a session runs");
	abi_state(other);
	is_errno(abi_check(fd, 0, &run), 0, "CHECK after its end");
	if (abi_setup(&job))
		bail("SETUP fails");
	is_errno(abi_ioctl(other, KTB_IOC_START, &start), 0,
		 "START of a load, which");
	is_errno(abi_check(fd, 0, &run), 0, "CHECK beside a load");
	ok(run.verdict == KTB_VERDICT_HOLDS, "its contract holds");
	close(other);
}

/* Does a check fail each time? A machine that stalls can spoil one. */
static bool fails_each_time(int fd, __u32 index, struct ktb_check_run *run)
{
	int tries = 3;

	while (run->verdict == KTB_VERDICT_FAILS && --tries)
		if (abi_check(fd, index, run))
			return true;
	return run->verdict == KTB_VERDICT_FAILS;
}

/*
 * One process takes the last CPU off and on while the other one checks, and leaves
 * it a moment to do so now and then.
 */
static void test_hotplug(int fd)
{
	int last = sysconf(_SC_NPROCESSORS_CONF) - 1, status = 0;
	int errors = 0, fails = 0, done = 0, passes;
	struct ktb_check_run run;
	char path[64];
	pid_t child;
	__u32 i;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/online",
		 last);
	child = fork();
	if (!child) {
		int cpu = open(path, O_WRONLY), times = 0, turn;

		for (turn = 0; times < 6 && turn < 100000; turn++) {
			/* EBUSY while a check lasts. */
			if (write(cpu, times % 2 ? "1" : "0", 1) == 1)
				times++;
			usleep(5000);
		}
		_exit(times == 6 ? 0 : 1);
	}
	for (passes = 0; !done && passes < 1000; passes++)
		for (i = 0; i < nr_checks && !done; i++) {
			errors += abi_check(fd, i, &run) != 0;
			if (fails_each_time(fd, i, &run) && !fails++)
				diag("%s fails: %s", names[i], run.reason);
			done = waitpid(child, &status, WNOHANG) == child;
			if (i % 5 == 4)
				usleep(20000);
		}
	if (!done)
		waitpid(child, &status, 0);
	ok(WIFEXITED(status) && !WEXITSTATUS(status),
	   "CPU %d goes off and on three times between checks", last);
	ok(!errors, "each check can be performed meanwhile");
	ok(!fails, "and none of them fails: %d did", fails);
}

int main(void)
{
	int fd = abi_open();

	test_enumeration(fd);
	test_index(fd);
	test_contracts(fd);
	test_each(fd);
	test_room(fd);
	test_beside(fd);
	test_hotplug(fd);
	close(fd);
	return tap_done();
}
