/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A number to begin randomness with, where nobody gives one.
 */
#ifndef KTB_SEED_H
#define KTB_SEED_H

#include <stdint.h>

/**
 * ktb_seed_choose() - choose a seed, without waiting for entropy
 *
 * A machine that has just booted has none, and makes some up for those who wait: a
 * thousand million instructions.
 *
 * Return: any number but 0; 1 where there is no entropy.
 */
uint32_t ktb_seed_choose(void);

#endif /* KTB_SEED_H */
