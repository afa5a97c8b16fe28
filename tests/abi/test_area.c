/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the areas hold after a run agrees with itself: buckets with counts,
 * sums with buckets, worst samples with the maximum, raw samples with both, the
 * counter of missed periods with their distribution. Done for every workload with
 * each of its choices, so that a workload that does nothing cannot pass; and once
 * more with interrupts off, for every one that can miss a period.
 */
#include <limits.h>

#include "abi.h"
#include "clock_watch.h"
#include "ktb_hist.h"

#define RAW 500

static struct abi_job job;
static __u64 missed;
static const char *what;
static int faults;

static __attribute__((format(printf, 1, 2))) void fault(const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	diag("%s: %s", what, text);
	faults++;
}

static void check_hist(const struct ktb_hist_area *h, const char *name)
{
	unsigned __int128 sumsq = (unsigned __int128)h->sumsq_hi << 64 |
				  h->sumsq_lo;
	unsigned __int128 square = (__int128)h->sum * h->sum;
	__u64 in_buckets = 0, low = 0, high = 0;
	__u32 i;

	for (i = 0; i < KTB_HIST_NR; i++) {
		in_buckets += h->bucket[i];
		low += h->bucket[i] * ktb_hist_low(i);
		high += h->bucket[i] * ktb_hist_high(i);
	}
	if (in_buckets + h->early + h->overflow != h->count)
		fault("%s: %llu in buckets, %llu counted", name,
		      (unsigned long long)in_buckets,
		      (unsigned long long)h->count);
	if (!h->count) {
		if (h->sum || sumsq || h->min != LLONG_MAX ||
		    h->max != LLONG_MIN)
			fault("%s: empty, yet not cleared", name);
		return;
	}
	if (h->min > h->max || (h->early > 0) != (h->min < 0))
		fault("%s: min %lld, max %lld, %llu early", name,
		      (long long)h->min, (long long)h->max,
		      (unsigned long long)h->early);
	if (!h->early && !h->overflow &&
	    (h->sum < (__s64)low || h->sum > (__s64)high))
		fault("%s: sum %lld is not within its buckets", name,
		      (long long)h->sum);
	if (!h->early && !h->bucket[ktb_hist_index(h->min)])
		fault("%s: no bucket holds the smallest sample", name);
	if (!h->overflow && h->max >= 0 && !h->bucket[ktb_hist_index(h->max)])
		fault("%s: no bucket holds the largest sample", name);
	/* Cauchy: (sum x)^2 <= n sum x^2. */
	if (square / h->count > sumsq)
		fault("%s: the sum of squares is too small", name);
}

static void check_worst(const struct ktb_area *area,
			const struct ktb_hist_area *primary)
{
	const struct ktb_worst *worst =
		(const void *)((const char *)area + area->worst_off);
	__u64 expected = primary->count < KTB_NR_WORST ? primary->count :
							 KTB_NR_WORST;
	__s64 max = LLONG_MIN;
	__u32 i;

	if (area->nr_worst != expected)
		fault("%u worst samples are kept, not %llu", area->nr_worst,
		      (unsigned long long)expected);
	for (i = 0; i < area->nr_worst && i < KTB_NR_WORST; i++) {
		if (worst[i].value_ns > max)
			max = worst[i].value_ns;
		if (worst[i].allowed_ns > worst[i].value_ns &&
		    worst[i].value_ns >= 0)
			fault("worst sample %u: more is allowed than there is",
			      i);
		if (worst[i].cpu != area->cpu)
			fault("worst sample %u is of CPU %u", i, worst[i].cpu);
		if (worst[i].due_ns < area->begin_ns ||
		    worst[i].due_ns >= area->end_ns)
			fault("worst sample %u is not of the window", i);
		if (!memchr(worst[i].comm, 0, KTB_COMM_LEN))
			fault("worst sample %u: its task's name has no end", i);
	}
	/* Ranked by what was not allowed, so the largest may be missing. */
	if (primary->count && max > primary->max)
		fault("the worst sample is %lld, the maximum %lld",
		      (long long)max, (long long)primary->max);
}

static void check_raw(const struct ktb_area *area,
		      const struct ktb_hist_area *primary)
{
	const struct ktb_raw *raw =
		(const void *)((const char *)area + area->raw_off);
	__u32 i;

	if (area->max_raw != RAW)
		fault("there is room for %u raw samples, not %u", area->max_raw,
		      RAW);
	if (area->nr_raw + area->raw_dropped != primary->count)
		fault("%u raw samples kept and %llu dropped of %llu",
		      area->nr_raw, (unsigned long long)area->raw_dropped,
		      (unsigned long long)primary->count);
	if (area->raw_dropped && area->nr_raw != area->max_raw)
		fault("raw samples were dropped though there was room");
	for (i = 0; i < area->nr_raw && i < RAW; i++) {
		if (i && raw[i].fired_ns < raw[i - 1].fired_ns)
			fault("raw sample %u came before the one before", i);
		if (raw[i].value_ns < primary->min ||
		    raw[i].value_ns > primary->max)
			fault("raw sample %u is out of the range of all", i);
	}
}

/* As many as are counted, and none before it was due. */
static void check_missed(const struct ktb_hist_area *late, __u64 count)
{
	if (late->count != count)
		fault("%llu periods missed, %llu of them recorded",
		      (unsigned long long)count,
		      (unsigned long long)late->count);
	if (late->early)
		fault("%llu missed periods came early",
		      (unsigned long long)late->early);
	missed += count;
}

/* A run that says that the clock was set is right where it was. */
static bool is_true_of_clock(const char *counter)
{
	return !strcmp(counter, "clock_set") && clock_watch_was_set();
}

/* Checks one area; the samples of its primary distribution. */
static __u64 check_area(const struct ktb_area *area)
{
	const struct ktb_hist_area *primary = NULL, *late = NULL;
	const __u64 *matrix =
		(const void *)((const char *)area + area->matrix_off);
	struct ktb_metric_info metric;
	__u32 i, hist = 0, counter = 0;
	__u64 armed = 0, count = 0;

	for (i = 0; !abi_metric_info(job.fd, job.setup.workload, i, &metric);
	     i++) {
		if (metric.kind == KTB_METRIC_COUNTER) {
			if (metric.flags & KTB_METRIC_LOSS &&
			    abi_counter_at(area, counter) &&
			    !is_true_of_clock(metric.name))
				fault("%s is %llu", metric.name,
				      (unsigned long long)abi_counter_at(
					      area, counter));
			if (!strcmp(metric.name, "missed"))
				count = abi_counter_at(area, counter);
			counter++;
			continue;
		}
		check_hist(abi_hist(area, hist), metric.name);
		if (metric.flags & KTB_METRIC_PRIMARY)
			primary = abi_hist(area, hist);
		if (metric.flags & KTB_METRIC_MISSED)
			late = abi_hist(area, hist);
		hist++;
	}
	if (!primary)
		bail("%s: there is no primary distribution", what);
	for (i = 0; i < area->nr_areas; i++)
		armed += matrix[i];
	if (armed != primary->count)
		fault("%llu samples in the matrix, %llu in the distribution",
		      (unsigned long long)armed,
		      (unsigned long long)primary->count);
	if (area->begin_ns >= area->end_ns)
		fault("the window is empty");
	if (late)
		check_missed(late, count);
	check_worst(area, primary);
	check_raw(area, primary);
	return primary->count;
}

/* One run; the samples that it took. */
static __u64 check_run(void)
{
	const struct ktb_area *area;
	struct ktb_stop stop;
	__u64 samples = 0;
	__u32 i;

	clock_watch_begin();
	abi_run(&job);
	if (abi_wait(job.fd, 60000) != POLLIN)
		fault("the run does not end");
	if (abi_stop(job.fd, &stop) || stop.reason != KTB_REASON_COMPLETE)
		fault("the run ended for reason %u", stop.reason);
	for (i = 0; i < job.setup.nr_areas; i++) {
		area = abi_map(&job, i);
		if (!area)
			bail("area %u cannot be mapped", i);
		samples += check_area(area);
		abi_unmap(&job, area);
	}
	return samples;
}

/* A shape may take its time to begin; then it gets a longer window. */
static void check_job(void)
{
	__u64 samples;

	faults = 0;
	missed = 0;
	samples = check_run();
	if (!samples) {
		abi_set(&job, "duration", 4 * ABI_S);
		samples = check_run();
	}
	ok(!faults && samples, "%s: %llu samples agree with themselves", what,
	   (unsigned long long)samples);
}

static void job_for(int fd, const char *workload)
{
	struct ktb_param_info info;

	abi_job_init(&job, fd, workload, 0);
	abi_place(&job, 1);
	abi_set(&job, "raw_samples", RAW);
	abi_set(&job, "duration", 500 * ABI_MS);
	if (abi_find_param(fd, job.setup.workload, "timers", &info))
		abi_set(&job, "timers", 100);
}

static void test_workload(int fd, const struct ktb_workload_info *workload)
{
	static char name[128];
	struct ktb_param_info param;
	__s64 value;
	__u32 i;

	what = workload->name;
	job_for(fd, workload->name);
	check_job();
	for (i = 0; !abi_param_info(fd, workload->index, i, &param); i++) {
		if (param.type == KTB_PARAM_INT ||
		    param.flags & KTB_PARAM_COMMON)
			continue;
		for (value = param.min; value <= param.max; value++) {
			if (value == param.def)
				continue;
			snprintf(name, sizeof(name), "%s %s=%lld",
				 workload->name, param.name, (long long)value);
			what = name;
			job_for(fd, workload->name);
			abi_set_index(&job, i, value);
			if (abi_is_refused(abi_setup(&job)))
				skip(name, "it cannot be measured alone");
			else
				check_job();
		}
	}
}

/*
 * The primary distribution that has missed periods beside it, and the name of the
 * latter; only who counts missed periods of its schedule has one.
 */
static bool has_schedule(int fd, const struct ktb_workload_info *workload)
{
	char primary[KTB_NAME_LEN] = "", late[KTB_NAME_LEN] = "";
	char expected[2 * KTB_NAME_LEN];
	struct ktb_metric_info metric;
	bool counts = false;
	__u32 i;

	for (i = 0; !abi_metric_info(fd, workload->index, i, &metric); i++) {
		if (metric.flags & KTB_METRIC_PRIMARY)
			memcpy(primary, metric.name, sizeof(primary));
		if (metric.flags & KTB_METRIC_MISSED)
			memcpy(late, metric.name, sizeof(late));
		counts |= !strcmp(metric.name, "missed");
	}
	if (!*late)
		return false;
	snprintf(expected, sizeof(expected), "%s_missed", primary);
	ok(counts && !strcmp(late, expected),
	   "%s: %s is of the periods that the counter missed counts",
	   workload->name, late);
	return true;
}

/* With interrupts off over and over there are missed periods, and all agree. */
static void test_missed(int fd, const struct ktb_workload_info *workload)
{
	struct ktb_param_info info;
	static char name[128];

	if (!has_schedule(fd, workload) || !ABI_IS_MODULE)
		return;
	snprintf(name, sizeof(name), "%s, interrupts off", workload->name);
	what = name;
	job_for(fd, workload->name);
	if (abi_find_param(fd, workload->index, "delay", &info))
		abi_set(&job, "delay", ABI_MS);
	abi_set(&job, "disturb_irqoff", 50 * ABI_MS);
	abi_set(&job, "disturb_period", 120 * ABI_MS);
	abi_disturb(&job, 0);
	check_job();
	ok(missed > 0, "%s: %llu periods were missed", what,
	   (unsigned long long)missed);
}

int main(void)
{
	struct ktb_workload_info workload;
	int fd = abi_open();
	__u32 i;

	for (i = 0; !abi_workload_info(fd, i, &workload); i++) {
		test_workload(fd, &workload);
		test_missed(fd, &workload);
	}
	close(fd);
	return tap_done();
}
