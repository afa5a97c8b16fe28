// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user_thread: what it takes to make a thread in user space and to end it.
 *
 *	asked ------> first instruction    told ------> left ------> joined
 *	       start                            leave         join
 *	asked ------> call returned
 *	       create
 *
 * A thread on each place makes threads there, one after the other, until as
 * many are alive as the job says, then tells each to end and joins it. A call
 * that makes a thread may return before or after the thread's first
 * instruction: so `create` is a figure of its own and `start`, which begins
 * with it, is the part of a thread's life.
 */
#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "device_user_policy.h"

/* The body needs less than a page of it. */
#define STACK_BYTES    65536

/* What of a stack is used, at most: the body's, and what the C library keeps. */
#define TOUCHED_BYTES  8192

/* Between rounds, so that others run and phases move against the tick. */
#define REST_NS	       (500 * KTB_USER_NS_PER_US)
#define REST_RANDOM_NS KTB_USER_NS_PER_MS

/* A round of so many threads may take so long, on a slow machine. */
#define GRACE_NS       (2 * KTB_USER_NS_PER_MS)

enum {
	API,
	THREADS,
	POLICY,
	PRIORITY,
	NICE,
};

enum {
	LIFE,
	START,
	LEAVE,
	JOIN,
	CREATE,
};

enum {
	CREATED,
	ROUNDS,
	OUTSIDE,
	WRONG_CPU,
};

static const struct ktb_param_info params[] = {
	[API] = {
		.name = "api", .type = KTB_PARAM_ENUM,
		.choices = "pthread_create,clone",
		.min = 0, .max = 1, .def = 0,
		.help = "how to make threads: the C library's way, or clone() on a stack of ours",
	},
	[THREADS] = {
		.name = "threads", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = 32768, .def = 1,
		.help = "threads of each place that are alive at once",
	},
	[POLICY] = KTB_USER_POLICY_PARAM("the thread that makes threads, and of those"),
	[PRIORITY] = KTB_USER_PRIORITY_PARAM,
	[NICE] = KTB_USER_NICE_PARAM,
};

static const struct ktb_metric_info metrics[] = {
	KTB_USER_DISTRIBUTION("life", KTB_METRIC_PRIMARY,
			      "what making and ending a thread takes"),
	KTB_USER_DISTRIBUTION(
		"start", KTB_METRIC_PART | KTB_METRIC_PHASE,
		"from the call that makes the thread to its first instruction"),
	KTB_USER_DISTRIBUTION(
		"leave", KTB_METRIC_PART | KTB_METRIC_PHASE,
		"from telling the thread to end to the last instruction of its function"),
	KTB_USER_DISTRIBUTION(
		"join", KTB_METRIC_PART | KTB_METRIC_PHASE,
		"from the last instruction of its function until it was joined"),
	KTB_USER_DISTRIBUTION("create", KTB_METRIC_CALL,
			      "the call that makes the thread"),
	KTB_USER_COUNTER("created", 0,
			 "threads that were asked for in the window"),
	KTB_USER_COUNTER("rounds", 0, "rounds that began in the window"),
	KTB_USER_COUNTER("outside", 0,
			 "threads that were asked for out of the window"),
	KTB_USER_COUNTER("wrong_cpu", KTB_METRIC_LOSS,
			 "threads that began on another CPU than their place's"),
};

/**
 * struct slot - one thread
 * @pthread: if the C library made it
 * @tid: if clone() made it: zero when it is gone; the kernel writes it
 * @stack: if clone() makes it: its lowest byte
 * @begun: it runs; a futex
 * @told: it is to end; a futex
 * @cpu: where it began
 * @asked_ns: before the call that made it
 * @returned_ns: after that call
 * @first_ns: its first instruction
 * @told_ns: before it was told
 * @left_ns: the last instruction of its function
 * @joined_ns: after it was joined
 */
struct slot {
	pthread_t pthread;
	uint32_t tid;
	char *stack;
	uint32_t begun;
	uint32_t told;
	unsigned int cpu;
	uint64_t asked_ns;
	uint64_t returned_ns;
	uint64_t first_ns;
	uint64_t told_ns;
	uint64_t left_ns;
	uint64_t joined_ns;
};

/**
 * struct maker - what a place has
 * @place: the place
 * @api: how threads are made
 * @attr: for pthread_create()
 * @stacks: for clone(): all of them, or MAP_FAILED
 * @nr: slots
 * @slots: one a thread
 */
struct maker {
	struct ktb_user_place *place;
	const struct api *api;
	pthread_attr_t attr;
	char *stacks;
	uint32_t nr;
	struct slot slots[];
};

/**
 * struct api - a way to make threads
 * @make: make one; 0 or an errno
 * @join: wait until it is gone
 */
struct api {
	int (*make)(struct maker *maker, struct slot *slot);
	void (*join)(struct slot *slot);
};

/*
 * The kernel wakes who waits for a thread's end by a futex that is not private;
 * errors mean that there is nothing to wait for, and are seen in the word.
 */
static void futex_wait(uint32_t *word, uint32_t value, int flags)
{
	syscall(SYS_futex, word, FUTEX_WAIT | flags, value, NULL, NULL, 0);
}

static void futex_set(uint32_t *word)
{
	__atomic_store_n(word, 1, __ATOMIC_RELEASE);
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void futex_wait_set(uint32_t *word)
{
	while (!__atomic_load_n(word, __ATOMIC_ACQUIRE))
		futex_wait(word, 0, FUTEX_PRIVATE_FLAG);
}

/*
 * What a thread does. One that clone() made shares the thread-local storage of
 * its maker: nothing here uses any but errno, which its maker does not read
 * while a thread is told to end and its wait may fail.
 */
static void live(struct slot *slot)
{
	slot->first_ns = ktb_user_now_ns();
	getcpu(&slot->cpu, NULL);
	futex_set(&slot->begun);
	futex_wait_set(&slot->told);
	slot->left_ns = ktb_user_now_ns();
}

static void *pthread_body(void *data)
{
	live(data);
	return NULL;
}

static int pthread_make(struct maker *maker, struct slot *slot)
{
	return pthread_create(&slot->pthread, &maker->attr, pthread_body, slot);
}

static void pthread_end(struct slot *slot)
{
	pthread_join(slot->pthread, NULL);
}

static int clone_body(void *data)
{
	live(data);
	return 0;
}

static int clone_make(struct maker *maker, struct slot *slot)
{
	static const int flags = CLONE_VM | CLONE_FS | CLONE_FILES |
				 CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
				 CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
	int tid = clone(clone_body, slot->stack + STACK_BYTES, flags, slot,
			&slot->tid, NULL, &slot->tid);

	return tid < 0 ? errno : 0;
}

static void clone_end(struct slot *slot)
{
	uint32_t tid;

	while ((tid = __atomic_load_n(&slot->tid, __ATOMIC_ACQUIRE)))
		futex_wait(&slot->tid, tid, 0);
}

static const struct api apis[] = {
	{ .make = pthread_make, .join = pthread_end },
	{ .make = clone_make, .join = clone_end },
};

#define BY_CLONE 1

static void record(struct maker *maker, const struct slot *slot)
{
	struct ktb_user_place *place = maker->place;
	struct ktb_hist_area *hists = place->cell.hists;
	const int64_t start_ns = (int64_t)(slot->first_ns - slot->asked_ns);
	const int64_t leave_ns = (int64_t)(slot->left_ns - slot->told_ns);
	const int64_t join_ns = (int64_t)(slot->joined_ns - slot->left_ns);
	const struct ktb_user_sample sample = {
		.value_ns = start_ns + leave_ns + join_ns,
		.due_ns = slot->asked_ns,
		.fired_ns = slot->joined_ns,
		.armed_ns = slot->asked_ns,
		.timer = (uint32_t)(slot - maker->slots),
	};

	ktb_user_sample(place, LIFE, &sample);
	ktb_record_add(&hists[START], start_ns);
	ktb_record_add(&hists[LEAVE], leave_ns);
	ktb_record_add(&hists[JOIN], join_ns);
	ktb_record_add(&hists[CREATE],
		       (int64_t)(slot->returned_ns - slot->asked_ns));
}

static void count(struct maker *maker, const struct slot *slot)
{
	struct ktb_user_place *place = maker->place;

	if (!ktb_user_records(place->run, slot->asked_ns)) {
		ktb_user_count(place, OUTSIDE);
		return;
	}
	ktb_user_count(place, CREATED);
	if (slot->cpu != place->cpu)
		ktb_user_count(place, WRONG_CPU);
	else
		record(maker, slot);
}

/* The next one is not made before this one runs, and so waits for nobody. */
static int make(struct maker *maker, struct slot *slot)
{
	int err;

	slot->begun = 0;
	slot->told = 0;
	slot->asked_ns = ktb_user_now_ns();
	err = maker->api->make(maker, slot);
	slot->returned_ns = ktb_user_now_ns();
	if (!err)
		futex_wait_set(&slot->begun);
	return err;
}

static void end(struct maker *maker, struct slot *slot)
{
	slot->told_ns = ktb_user_now_ns();
	futex_set(&slot->told);
	maker->api->join(slot);
	slot->joined_ns = ktb_user_now_ns();
	count(maker, slot);
}

/* Whatever was made is ended, also when no more can be made. */
static int do_round(struct maker *maker)
{
	const struct ktb_user_run *run = maker->place->run;
	uint32_t made, i;
	int err = 0;

	for (made = 0; made < maker->nr && !ktb_user_must_stop(run); made++) {
		err = make(maker, &maker->slots[made]);
		if (err)
			break;
	}
	for (i = 0; i < made; i++)
		end(maker, &maker->slots[i]);
	return err;
}

/* A real-time thread leaves an eighth of the CPU to others. */
static void rest(struct maker *maker, uint64_t round_ns)
{
	struct ktb_user_place *place = maker->place;
	uint64_t rest_ns =
		REST_NS + ktb_random_below(&place->random, REST_RANDOM_NS);
	struct timespec time;

	if (ktb_user_value(place->run, POLICY) != KTB_USER_NORMAL &&
	    rest_ns < round_ns / 8)
		rest_ns = round_ns / 8;
	time = ktb_user_to_timespec(rest_ns);
	nanosleep(&time, NULL);
}

/* No page of ours is to be missing when a thread is made. */
static void touch(struct maker *maker)
{
	char *stack;
	uint32_t i;

	for (i = 0; i < maker->nr; i++) {
		maker->slots[i] = (struct slot){ 0 };
		if (maker->stacks == MAP_FAILED)
			continue;
		stack = maker->stacks + i * (size_t)STACK_BYTES;
		memset(stack + STACK_BYTES - TOUCHED_BYTES, 0, TOUCHED_BYTES);
		maker->slots[i].stack = stack;
	}
}

static void work(struct ktb_user_place *place)
{
	const struct ktb_user_policy policy =
		ktb_user_policy_of(place->run, POLICY);
	struct maker *maker = place->work;
	int err = ktb_user_policy_set(&policy);
	uint64_t begin_ns;

	touch(maker);
	ktb_user_armed(place);
	while (!err && !ktb_user_must_stop(place->run)) {
		begin_ns = ktb_user_now_ns();
		ktb_user_set_next(place, begin_ns);
		if (ktb_user_records(place->run, begin_ns))
			ktb_user_count(place, ROUNDS);
		err = do_round(maker);
		rest(maker, ktb_user_now_ns() - begin_ns);
	}
	if (err)
		ktb_user_fail(place, err);
}

static size_t stacks_bytes(const struct maker *maker)
{
	return (size_t)maker->nr * STACK_BYTES;
}

/* No guard pages: each would be a mapping more, and there are 65,530 at most. */
static int prepare_attr(struct maker *maker)
{
	const long least = sysconf(_SC_THREAD_STACK_MIN);

	pthread_attr_init(&maker->attr);
	pthread_attr_setguardsize(&maker->attr, 0);
	return -pthread_attr_setstacksize(&maker->attr, least > STACK_BYTES ?
								(size_t)least :
								STACK_BYTES);
}

static int prepare_stacks(struct maker *maker)
{
	maker->stacks = mmap(
		NULL, stacks_bytes(maker), PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	return maker->stacks == MAP_FAILED ? -ENOMEM : 0;
}

static int prepare(struct ktb_user_place *place)
{
	const uint32_t nr = (uint32_t)ktb_user_value(place->run, THREADS);
	const int64_t api = ktb_user_value(place->run, API);
	struct maker *maker;
	int err;

	maker = calloc(1, sizeof(*maker) + nr * sizeof(maker->slots[0]));
	if (!maker)
		return -ENOMEM;
	place->work = maker;
	maker->place = place;
	maker->api = &apis[api];
	maker->nr = nr;
	maker->stacks = MAP_FAILED;
	err = prepare_attr(maker);
	return err || api != BY_CLONE ? err : prepare_stacks(maker);
}

static void release(struct ktb_user_place *place)
{
	struct maker *maker = place->work;

	if (!maker)
		return;
	if (maker->stacks != MAP_FAILED)
		munmap(maker->stacks, stacks_bytes(maker));
	pthread_attr_destroy(&maker->attr);
	free(maker);
	place->work = NULL;
}

static int check(struct ktb_user_run *run, uint32_t *what, uint32_t *which)
{
	const uint64_t threads = (uint64_t)ktb_user_value(run, THREADS);

	*what = KTB_WHAT_PARAM;
	run->nr_threads = run->nr_places * threads;
	run->thread_bytes =
		KTB_USER_THREAD_BYTES + TOUCHED_BYTES + sizeof(struct slot);
	run->grace_ns = 2 * KTB_USER_NS_PER_S + threads * GRACE_NS;
	return ktb_user_policy_check(run, POLICY, which);
}

const struct ktb_user_workload ktb_user_thread = {
	.name = "user_thread",
	.help = "what it takes to make a thread in user space and to end it",
	.params = params,
	.nr_params = sizeof(params) / sizeof(params[0]),
	.metrics = metrics,
	.nr_metrics = sizeof(metrics) / sizeof(metrics[0]),
	.check = check,
	.prepare = prepare,
	.work = work,
	.release = release,
};
