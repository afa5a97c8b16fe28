/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recording of a sample into an area, compiled in the kernel and in the user
 * space companions alike, so that both write the same figures. Plain arithmetic
 * on memory that one CPU writes in one context: no call, atomic, lock or
 * division. It knows the layout of an area and nothing of who measures.
 */
#ifndef KTB_RECORD_H
#define KTB_RECORD_H

#include <linux/types.h>

#include "ktb_hist.h"
#include "uapi/linux/ktbench.h"

#define KTB_RECORD_S64_MAX 0x7fffffffffffffffLL
#define KTB_RECORD_S64_MIN (-KTB_RECORD_S64_MAX - 1)

_Static_assert(KTB_HIST_BUCKETS == KTB_HIST_NR,
	       "ktbench.h and ktb_hist.h tell the same number of buckets");

/**
 * struct ktb_rank - an entry of the heap of worst samples
 * @excess_ns: what of its value was not allowed
 * @slot: where its record stands in the area
 */
struct ktb_rank {
	__s64 excess_ns;
	__u32 slot;
};

/**
 * ktb_record_reset() - make a distribution empty
 * @hist: zeroed memory
 */
static inline void ktb_record_reset(struct ktb_hist_area *hist)
{
	hist->min = KTB_RECORD_S64_MAX;
	hist->max = KTB_RECORD_S64_MIN;
}

/**
 * ktb_record_add() - one value into one distribution
 * @hist: of this CPU and context
 * @value_ns: any; below zero it is counted as early
 */
static __always_inline void ktb_record_add(struct ktb_hist_area *hist,
					   __s64 value_ns)
{
	unsigned __int128 square = (__int128)value_ns * value_ns;
	__u64 low = (__u64)square;
	__u32 index;

	hist->count++;
	/* Modulo 2^64, in user space too: 292 years of lateness. */
	hist->sum = (__s64)((__u64)hist->sum + (__u64)value_ns);
	hist->sumsq_lo += low;
	hist->sumsq_hi += (__u64)(square >> 64) + (hist->sumsq_lo < low);
	if (value_ns < hist->min)
		hist->min = value_ns;
	if (value_ns > hist->max)
		hist->max = value_ns;

	if (__builtin_expect(value_ns < 0, 0)) {
		hist->early++;
		return;
	}
	index = ktb_hist_index((__u64)value_ns);
	if (__builtin_expect(index >= KTB_HIST_NR, 0)) {
		hist->overflow++;
		return;
	}
	hist->bucket[index]++;
}

/**
 * ktb_record_worst_slot() - where a sample goes that is among the worst
 * @areap: where the writer keeps the pointer to its area
 * @rank: heap by excess, the smallest on top; KTB_NR_WORST entries
 * @floor_ns: an excess must be above this to be among the worst; begins as
 *	KTB_RECORD_S64_MIN
 * @excess_ns: of the sample, above @floor_ns
 *
 * Return: the record to write: a free one while there is one, else that of the
 * least bad sample.
 */
static __always_inline __u32
ktb_record_worst_slot(struct ktb_area *const *areap, struct ktb_rank *rank,
		      __s64 *floor_ns, __s64 excess_ns)
{
	__u32 at, up, down, slot;

	if ((*areap)->nr_worst < KTB_NR_WORST) {
		slot = (*areap)->nr_worst;
		for (at = slot; at; at = up) {
			up = (at - 1) / 2;
			if (rank[up].excess_ns <= excess_ns)
				break;
			rank[at] = rank[up];
		}
		(*areap)->nr_worst = slot + 1;
	} else {
		slot = rank[0].slot;
		for (at = 0; (down = 2 * at + 1) < KTB_NR_WORST; at = down) {
			if (down + 1 < KTB_NR_WORST &&
			    rank[down + 1].excess_ns < rank[down].excess_ns)
				down++;
			if (rank[down].excess_ns >= excess_ns)
				break;
			rank[at] = rank[down];
		}
	}

	rank[at].excess_ns = excess_ns;
	rank[at].slot = slot;
	if ((*areap)->nr_worst >= KTB_NR_WORST)
		*floor_ns = rank[0].excess_ns;
	return slot;
}

/**
 * ktb_record_raw() - keep a sample as it was taken, or count it as dropped
 * @area: whose
 * @raws: its raw samples
 * @fired_ns: see struct ktb_raw
 * @value_ns: likewise
 * @timer: likewise
 * @armed_cpu: likewise; read only if there is room
 */
static __always_inline void ktb_record_raw(struct ktb_area *area,
					   struct ktb_raw *raws, __u64 fired_ns,
					   __s64 value_ns, __u32 timer,
					   const __u32 *armed_cpu)
{
	struct ktb_raw *raw;

	if (area->nr_raw >= area->max_raw) {
		area->raw_dropped++;
		return;
	}
	raw = &raws[area->nr_raw];
	raw->fired_ns = fired_ns;
	raw->value_ns = value_ns;
	raw->timer = timer;
	raw->armed_cpu = *armed_cpu;
	area->nr_raw++;
}

/**
 * ktb_record_lay_out() - say in an area's head where everything stands
 * @area: the head; the numbers of things are set, the offsets are filled in
 * @line_bytes: counters and histograms begin on a multiple of this
 *
 * Return: bytes of the whole area, before it is rounded up to pages.
 */
static inline __u64 ktb_record_lay_out(struct ktb_area *area, __u32 line_bytes)
{
	__u32 at = sizeof(*area) + line_bytes - 1;

	at -= at % line_bytes;
	area->magic = KTB_AREA_MAGIC;
	area->head_bytes = sizeof(*area);
	area->counter_off = at;
	at += area->nr_counters * sizeof(__u64) + line_bytes - 1;
	at -= at % line_bytes;
	area->hist_off = at;
	at += area->nr_hists * sizeof(struct ktb_hist_area);
	area->matrix_off = at;
	at += area->nr_areas * sizeof(__u64);
	area->worst_off = at;
	at += KTB_NR_WORST * sizeof(struct ktb_worst);
	area->raw_off = at;
	return (__u64)at + (__u64)area->max_raw * sizeof(struct ktb_raw);
}

#endif /* KTB_RECORD_H */
