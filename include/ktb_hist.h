/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bucket arithmetic of the log-linear histogram, compiled in the kernel, the
 * runner, the analysis and the unit tests alike. It knows nothing else.
 *
 * With 7 sub-bucket bits: exact below 256 ns, above that each power of two is
 * cut into 128 buckets, so a bucket is at most 1/128 = 0.78 % wide. 3,584
 * buckets reach 2^34 ns (17 s); what lies beyond is counted as overflow. It is
 * the layout of HdrHistogram(lowest 1, 2 significant digits).
 */
#ifndef KTB_HIST_H
#define KTB_HIST_H

#ifdef __KERNEL__
#include <linux/bitops.h>
#endif
#include <linux/types.h>

/* What results call it. */
#define KTB_HIST_LAYOUT	  "log-linear"
#define KTB_HIST_SUB_BITS 7
#define KTB_HIST_MAX_BITS 34
#define KTB_HIST_NR \
	((KTB_HIST_MAX_BITS - KTB_HIST_SUB_BITS + 1) << KTB_HIST_SUB_BITS)

/*
 * The highest bit that is set. In a kernel it must be the kernel's own: where the
 * instruction set has none for it (riscv64), the compiler's becomes a call.
 */
static inline __u32 ktb_hist_top_bit(__u64 value)
{
#ifdef __KERNEL__
	return __fls(value);
#else
	return 63 - __builtin_clzll(value);
#endif
}

/**
 * ktb_hist_index() - the bucket of a value
 * @value: ns, any
 *
 * Return: 0 and up; KTB_HIST_NR or above means that the value overflows.
 */
static inline __u32 ktb_hist_index(__u64 value)
{
	__u32 shift;

	if (value < (2U << KTB_HIST_SUB_BITS))
		return value;
	shift = ktb_hist_top_bit(value) - KTB_HIST_SUB_BITS;
	return (shift << KTB_HIST_SUB_BITS) + (__u32)(value >> shift);
}

/**
 * ktb_hist_low() - the smallest value of a bucket
 * @index: below KTB_HIST_NR
 *
 * Return: ns.
 */
static inline __u64 ktb_hist_low(__u32 index)
{
	__u32 shift;

	if (index < (2U << KTB_HIST_SUB_BITS))
		return index;
	shift = (index >> KTB_HIST_SUB_BITS) - 1;
	return ((__u64)(index & ((1U << KTB_HIST_SUB_BITS) - 1)) +
		(1U << KTB_HIST_SUB_BITS))
	       << shift;
}

/**
 * ktb_hist_high() - the largest value of a bucket
 * @index: below KTB_HIST_NR
 *
 * Return: ns.
 */
static inline __u64 ktb_hist_high(__u32 index)
{
	return ktb_hist_low(index + 1) - 1;
}

#endif /* KTB_HIST_H */
