/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Many tests at once: p-values adjusted so that the whole family keeps its promise.
 * Pure numbers.
 */
#ifndef KTB_FAMILY_H
#define KTB_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct ktb_adjusted - a test within its family
 * @p: adjusted
 * @share: the part of the family's alpha that this test's interval is made for, so
 *	that it excludes 0 just if the adjusted p is at most alpha, whatever that is
 */
struct ktb_adjusted {
	double p;
	double share;
};

/**
 * ktb_family_holm() - all false alarms together stay below alpha
 * @p: of the tests
 * @nr: how many
 * @adjusted: filled in, in the same order
 *
 * Holm, A simple sequentially rejective multiple test procedure (Scand. J. Stat. 6,
 * 1979). The interval of the k'th smallest p is made for alpha / (nr - k + 1); for less
 * if p was raised to that of a smaller one.
 *
 * Return: false when there is no memory.
 */
bool ktb_family_holm(const double *p, size_t nr, struct ktb_adjusted *adjusted);

/**
 * ktb_family_bh() - of what is flagged, at most a share of alpha is false
 * @p: of the tests
 * @nr: how many
 * @adjusted: filled in, in the same order
 *
 * Benjamini and Hochberg, Controlling the false discovery rate (J. R. Stat. Soc. B 57,
 * 1995). The interval of each is made for alpha k / nr, k being its rank; for more if p
 * was lowered to that of a larger one.
 *
 * Return: false when there is no memory.
 */
bool ktb_family_bh(const double *p, size_t nr, struct ktb_adjusted *adjusted);

#endif /* KTB_FAMILY_H */
