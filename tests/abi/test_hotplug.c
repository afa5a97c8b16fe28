/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * CPUs go away in every phase of a run, of every workload, in every role, again and
 * again: a place, a CPU that arms, one that is disturbed, the only one that is left
 * for the controller. Whatever a run uses ends it before the CPU is gone, with the
 * CPU's number; what it has measured is kept; other runs go on.
 *
 * HOTPLUG_EVENTS is how often a CPU goes away for each workload (default: once for
 * each row of events[]); HOTPLUG_WORKLOAD is one workload alone.
 */
#include <pthread.h>

#include "kernel.h"

enum phase { SETUP, START, ARMING, WARMUP, WINDOW, END, STOP };
enum role { PLACE, ARM, DISTURB, MANY, CONTROL };

static const char *const phases[] = {
	[SETUP] = "SETUP",   [START] = "START",	  [ARMING] = "arming",
	[WARMUP] = "warmup", [WINDOW] = "window", [END] = "end",
	[STOP] = "STOP",
};

static const struct event {
	enum phase phase;
	enum role role;
} events[] = {
	{ ARMING, PLACE }, { ARMING, ARM },	{ ARMING, DISTURB },
	{ ARMING, MANY },  { WARMUP, PLACE },	{ WARMUP, ARM },
	{ WARMUP, MANY },  { WINDOW, PLACE },	{ WINDOW, ARM },
	{ WINDOW, MANY },  { WINDOW, DISTURB }, { WINDOW, CONTROL },
	{ END, PLACE },	   { END, ARM },	{ END, MANY },
	{ STOP, PLACE },   { STOP, ARM },	{ STOP, MANY },
	{ SETUP, PLACE },  { START, PLACE },	{ START, MANY },
};

/*
 * What else there is to a workload, times in ns; one that has no row runs as it is.
 */
static const struct variant {
	const char *workload;
	const char *params;
} variants[] = {
	{ "timer_wheel", "shape=oneshot delay=1 timers=10" },
	{ "timer_wheel", "timers=20000 background=20000" },
	{ "timer_wheel", "kind=unpinned timers=1000" },
	{ "hrtimer", "shape=oneshot timers=100 period=4000000" },
	{ "hrtimer", "pinned=0 timers=100 period=4000000" },
	{ "sleep", "api=msleep time=1000000" },
	{ "sleep", "api=usleep_range time=1000000" },
	{ "kthread_create", "threads=4" },
	{ "kthread_create", "threads=20 burst=1 bound=1 population=50" },
	{ "kthread_wake", "source=thread" },
	{ "kthread_wake", "source=hrtimer busy=1" },
	{ "kthread_wake", "source=timer" },
	{ "kthread_park", "state=asleep" },
	{ "kthread_park", "state=running" },
	{ "kthread_worker", "items=10" },
	{ "kthread_worker", "queue=workqueue" },
	{ "kthread_worker", "queue=workqueue_unbound mode=delayed" },
	{ "kthread_worker", "mode=delayed busy=1" },
	{ "api_cost", "pending=1000" },
	{ "api_cost", "base=first" },
	{ "churn", "rate=0" },
	{ "churn", "timers=20000" },
	{ "churn", "api=hrtimer rate=0" },
};

/* A run that has lost its CPU is closed within this, however busy the machine. */
#define LONG_MS 60000

static struct abi_job job;
static struct ktb_workload_info info;
static __u32 nr_cpus, nr_events, kept;
static char wrong[256];

/* What is not as it should be; the first one is told. */
static __attribute__((format(printf, 1, 2))) void fault(const char *format, ...)
{
	va_list args;

	if (wrong[0])
		return;
	va_start(args, format);
	vsnprintf(wrong, sizeof(wrong), format, args);
	va_end(args);
}

/**
 * struct trip - a CPU that goes away while the test does something else
 * @cpu: which
 * @after_us: when
 * @error: why it did not
 * @thread: waits for it
 */
struct trip {
	__u32 cpu;
	unsigned int after_us;
	int error;
	pthread_t thread;
};

static void *trip_go(void *data)
{
	struct trip *trip = data;

	usleep(trip->after_us);
	trip->error = kernel_set_online(trip->cpu, false);
	return NULL;
}

static void trip_begin(struct trip *trip)
{
	if (pthread_create(&trip->thread, NULL, trip_go, trip))
		bail("no thread can be made");
}

static void trip_end(struct trip *trip)
{
	pthread_join(trip->thread, NULL);
	if (trip->error)
		fault("CPU %u did not go: %s", trip->cpu,
		      abi_errno(trip->error));
}

/* "shape=oneshot delay=1" */
static void prepare_params(const char *params)
{
	char words[128], *word, *value, *rest = NULL;

	snprintf(words, sizeof(words), "%s", params);
	for (word = strtok_r(words, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		value = strchr(word, '=');
		*value++ = 0;
		if (*value >= '0' && *value <= '9')
			abi_set(&job, word, strtoll(value, NULL, 10));
		else
			abi_set_choice(&job, word, value);
	}
}

/* The nth variant of the workload, in turn. */
static void prepare_variant(__u32 nth)
{
	const char *found[ABI_NR(variants)];
	__u32 nr = 0, i;

	for (i = 0; i < ABI_NR(variants); i++)
		if (!strcmp(variants[i].workload, info.name))
			found[nr++] = variants[i].params;
	if (nr)
		prepare_params(found[nth % nr]);
}

/* What becomes of @cpu in the run; the others are 0 and up. */
static void prepare_role(enum role role, __u32 cpu)
{
	__u32 i;

	switch (role) {
	case PLACE:
		job.places[0] = (struct ktb_place){ cpu, cpu };
		break;
	case ARM:
		if (info.flags & KTB_WORKLOAD_ARM_ELSEWHERE)
			job.places[0].arm_cpu = cpu;
		else
			job.places[0] = (struct ktb_place){ cpu, cpu };
		break;
	case DISTURB:
		abi_set(&job, "disturb_irqoff", ABI_MS);
		abi_set(&job, "disturb_period", 10 * ABI_MS);
		abi_disturb(&job, cpu);
		break;
	case MANY:
		for (i = 1; i < nr_cpus; i++)
			abi_place(&job, i);
		break;
	case CONTROL:
		for (i = 1; i < nr_cpus; i++)
			if (i != cpu)
				abi_place(&job, i);
		break;
	}
}

static void prepare(int fd, const struct event *event, __u32 nth, __u32 cpu)
{
	abi_job_init(&job, fd, info.name, 0);
	prepare_variant(nth);
	prepare_role(event->role, cpu);
	abi_set(&job, "duration",
		event->phase == END || event->role == CONTROL ? 100 * ABI_MS :
								600 * ABI_S);
	if (event->phase == WARMUP)
		abi_set(&job, "warmup", 600 * ABI_S);
	job.setup.nr_areas = 0;
}

/* Samples are where their matrix says, and none has been written elsewhere. */
static __u64 check_area(const struct ktb_area *area)
{
	const __u64 *matrix =
		(const void *)((const char *)area + area->matrix_off);
	struct ktb_metric_info metric;
	__u64 armed = 0, count = 0;
	__u32 i, hist = 0;

	for (i = 0; !abi_metric_info(job.fd, job.setup.workload, i, &metric);
	     i++) {
		if (metric.kind != KTB_METRIC_DISTRIBUTION)
			continue;
		if (metric.flags & KTB_METRIC_PRIMARY)
			count = abi_hist(area, hist)->count;
		hist++;
	}
	for (i = 0; i < area->nr_areas; i++)
		armed += matrix[i];
	if (armed != count)
		fault("CPU %u: %llu samples in the matrix, %llu in all",
		      area->cpu, (unsigned long long)armed,
		      (unsigned long long)count);
	return count;
}

/* Are all areas of a run that has ended sound? Its samples. */
static __u64 check_areas(void)
{
	const struct ktb_area *area;
	__u64 samples = 0;
	__u32 i;

	for (i = 0; i < job.setup.nr_areas; i++) {
		area = abi_map(&job, i);
		if (!area)
			bail("area %u cannot be mapped", i);
		samples += check_area(area);
		abi_unmap(&job, area);
	}
	return samples;
}

/* Is the CPU one of the run's? */
static bool uses_cpu(__u32 cpu)
{
	const struct ktb_area *area;
	bool uses = false;
	__u32 i;

	for (i = 0; i < job.setup.nr_areas; i++) {
		area = abi_map(&job, i);
		uses |= area && area->cpu == cpu;
		abi_unmap(&job, area);
	}
	return uses;
}

/* How a run ended whose CPU has gone, which waited for that. */
static void check_end(const struct event *event, __u32 cpu)
{
	struct ktb_stop stop;
	__u64 samples;
	bool uses;

	if (event->phase == STOP)
		abi_stop(job.fd, &stop);
	uses = uses_cpu(cpu);
	if (uses && event->phase != END && abi_wait(job.fd, 0) != POLLIN)
		fault("the CPU is gone and the run goes on");
	if (abi_wait(job.fd, LONG_MS) != POLLIN)
		fault("the run does not end");
	if (abi_stop(job.fd, &stop) || stop.state != KTB_STATE_DONE)
		fault("STOP fails, or the state is %u", stop.state);
	if (stop.reason == KTB_REASON_HOTPLUG ? stop.cpu != cpu || !uses :
	    event->phase == STOP	 ? stop.reason != KTB_REASON_STOPPED :
	    event->phase == END || !uses ? stop.reason != KTB_REASON_COMPLETE :
					   true)
		fault("reason %u, CPU %u", stop.reason, stop.cpu);
	samples = check_areas();
	if (event->phase == WINDOW)
		kept += samples > 0;
}

/* While SETUP or START is under way: it is refused, or the run ends. */
static void meet_call(const struct event *event, struct trip *trip)
{
	int error;

	trip->after_us = rand() % 3000;
	if (event->phase == SETUP)
		trip_begin(trip);
	error = abi_setup(&job);
	if (event->phase == START) {
		trip_begin(trip);
		usleep(rand() % 3000);
	} else {
		trip_end(trip);
	}
	if (!error)
		error = abi_start(job.fd);
	if (event->phase == START)
		trip_end(trip);
	if (!error && event->phase == START)
		check_end(event, trip->cpu);
	else if (error != ENXIO)
		fault("SETUP or START is %s", abi_errno(error));
}

/* While the run is in a phase. */
static void meet_run(const struct event *event, struct trip *trip)
{
	static const unsigned int after_us[] = {
		[ARMING] = 0,  [WARMUP] = 30000, [WINDOW] = 200000,
		[END] = 60000, [STOP] = 20000,
	};

	trip->after_us = after_us[event->phase] +
			 rand() % (event->phase == END ? 80000 : 20000);
	if (event->role == CONTROL)
		trip->after_us = 30000;
	abi_run(&job);
	trip_begin(trip);
	if (event->phase == STOP) {
		usleep(trip->after_us - 2000 + rand() % 4000);
		check_end(event, trip->cpu);
		trip_end(trip);
	} else {
		trip_end(trip);
		check_end(event, trip->cpu);
	}
}

static void test_event(int fd, const struct event *event, __u32 nth)
{
	struct trip trip = { .cpu = 1 + nth % (nr_cpus - 1) };
	__s64 begin_ns = abi_now_ns();

	wrong[0] = 0;
	prepare(fd, event, nth, trip.cpu);
	if (event->phase == SETUP || event->phase == START)
		meet_call(event, &trip);
	else
		meet_run(event, &trip);
	if (kernel_set_online(trip.cpu, true))
		fault("CPU %u does not come back", trip.cpu);
	if (wrong[0])
		diag("%s, event %u, %s, role %u, CPU %u, %lld ms: %s",
		     info.name, nth, phases[event->phase], event->role,
		     trip.cpu, (long long)((abi_now_ns() - begin_ns) / ABI_MS),
		     wrong);
}

static void test_workload(int fd)
{
	__u32 seen[ABI_NR(phases)] = { 0 }, bad[ABI_NR(phases)] = { 0 }, nth;
	__s64 begin_ns = abi_now_ns();
	const struct event *event;
	size_t i;

	for (nth = 0, kept = 0; nth < nr_events; nth++) {
		event = &events[nth % ABI_NR(events)];
		test_event(fd, event, nth);
		seen[event->phase]++;
		bad[event->phase] += wrong[0] != 0;
	}
	for (i = 0; i < ABI_NR(phases); i++)
		ok(!bad[i], "%s, %s: %u times, %u not as it should be",
		   info.name, phases[i], seen[i], bad[i]);
	ok(kept, "%s: what was measured is kept", info.name);
	diag("%s: %u events, %lld ms each", info.name, nr_events,
	     (long long)((abi_now_ns() - begin_ns) / ABI_MS / nr_events));
}

int main(int argc, char **argv)
{
	const char *alone = getenv("HOTPLUG_WORKLOAD");
	const char *wanted = getenv("HOTPLUG_EVENTS");
	int fd = abi_open();
	__u32 i;

	nr_cpus = sysconf(_SC_NPROCESSORS_CONF);
	nr_events = wanted ? strtoul(wanted, NULL, 10) : ABI_NR(events);
	if (nr_cpus < 3 || nr_cpus > ABI_MAX_PLACES ||
	    kernel_set_online(nr_cpus - 1, true)) {
		skip("CPUs go away", "3 to 16 CPUs are needed that can");
		return tap_done();
	}
	for (i = 0; !abi_workload_info(fd, i, &info); i++)
		if (!alone || !strcmp(info.name, alone))
			test_workload(fd);
	close(fd);
	if (argc == 2) {
		is_errno(kernel_unload(), 0, "unloading the module after it");
		is_errno(kernel_load(argv[1]), 0, "loading it again");
	}
	return tap_done();
}
