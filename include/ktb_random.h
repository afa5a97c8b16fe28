/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random numbers that a seed repeats: splitmix64, compiled in the kernel and in
 * the runner alike. It knows nothing of what they are for.
 *
 * Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators,
 * OOPSLA 2014.
 */
#ifndef KTB_RANDOM_H
#define KTB_RANDOM_H

#include <linux/types.h>

/**
 * ktb_random() - the next number of a stream
 * @state: the stream; any value is a good beginning
 */
static inline __u64 ktb_random(__u64 *state)
{
	__u64 z = (*state += 0x9e3779b97f4a7c15ULL);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/**
 * ktb_random_below() - a number from 0 to bound - 1
 * @state: the stream
 * @bound: above zero
 *
 * The high half of a product in place of a remainder; the bias is below
 * bound / 2^64.
 */
static inline __u64 ktb_random_below(__u64 *state, __u64 bound)
{
	return (__u64)(((unsigned __int128)ktb_random(state) * bound) >> 64);
}

/**
 * ktb_random_place() - the stream of a place
 * @seed: of the run
 * @place: index of the place
 */
static inline __u64 ktb_random_place(__u64 seed, __u32 place)
{
	__u64 state = seed + ((__u64)place << 32);

	return ktb_random(&state);
}

#endif /* KTB_RANDOM_H */
