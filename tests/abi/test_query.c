/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QUERY: the limits are the header's, and the clocks are plausible. */
#include "abi.h"

int main(void)
{
	static const char *const clocks[KTB_NR_CLOCKS] = {
		"monotonic",
		"monotonic_fast",
		"boottime",
		"cycles",
	};
	struct ktb_query q, again;
	int fd = abi_open(), i;

	is_errno(abi_query(fd, &q), 0, "QUERY");
	ok(q.abi_version == KTB_ABI_VERSION, "the ABI's version is %u",
	   q.abi_version);
	ok(q.max_timers_per_cpu == KTB_MAX_TIMERS_PER_CPU &&
		   q.max_timers == KTB_MAX_TIMERS,
	   "limits of timers are %u and %u", q.max_timers_per_cpu,
	   q.max_timers);
	ok(q.max_cpus >= (__u32)sysconf(_SC_NPROCESSORS_CONF) &&
		   q.nr_worst == KTB_NR_WORST,
	   "limits are %u CPUs, as many as are here, and %u worst samples",
	   q.max_cpus, q.nr_worst);
	ok(q.max_duration_ns == KTB_MAX_DURATION_NS &&
		   q.max_disturb_ns == KTB_MAX_DISTURB_NS &&
		   q.max_raw == KTB_MAX_RAW,
	   "limits of durations, disturbances and raw samples");
	ok(q.max_threads == KTB_MAX_THREADS, "limit of threads is %u",
	   q.max_threads);
	ok(q.max_memory_bytes > 0, "limit of memory is %llu bytes",
	   (unsigned long long)q.max_memory_bytes);
	ok(q.hz >= 24 && q.hz <= 10000 &&
		   q.tick_ns >= 1000000000ULL / q.hz - 1 &&
		   q.tick_ns <= 1000000000ULL / q.hz + 1,
	   "HZ is %u and a tick %llu ns", q.hz, (unsigned long long)q.tick_ns);
	ok(q.hrtimer_resolution_ns == 1 || q.hrtimer_resolution_ns == q.tick_ns,
	   "hrtimers have a resolution of %u ns", q.hrtimer_resolution_ns);
	ok(!(q.features & KTB_FEATURE_EDGE) || q.edge_remainder_ns < q.tick_ns,
	   "a known edge is less than a tick off: %llu ns",
	   (unsigned long long)q.edge_remainder_ns);
	for (i = 0; i < KTB_NR_CLOCKS; i++)
		ok(q.clock_cost_ps[i] > 0 && q.clock_cost_ps[i] < 100000000000,
		   "reading the clock %s costs %llu ps", clocks[i],
		   (unsigned long long)q.clock_cost_ps[i]);
	ok(q.build[0] && strnlen(q.build, KTB_BUILD_LEN) < KTB_BUILD_LEN,
	   "the build names itself: %.63s", q.build);
	ok(!q.reserved, "the reserved field stays zero");
	abi_query(fd, &again);
	ok(!memcmp(&q, &again, sizeof(q)), "a second QUERY says the same");
	close(fd);
	return tap_done();
}
