/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looks: after how many boots a side it is judged whether a kernel got worse. It
 * knows neither plans nor verdicts.
 */
#ifndef KTB_LOOKS_H
#define KTB_LOOKS_H

#include <stddef.h>

#include "message.h"

/* Each costs a share of alpha. */
#define KTB_LOOKS_MAX	     20
#define KTB_LOOKS_MOST_BOOTS 1000

/**
 * struct ktb_looks - when one looks
 * @boots: a side, ascending, from 2
 * @nr: entries of @boots, 0: once, at the end
 */
struct ktb_looks {
	size_t boots[KTB_LOOKS_MAX];
	size_t nr;
};

/**
 * ktb_looks_read() - read a list
 * @looks: to be filled in
 * @text: what --looks was given, such as `5,10,15`
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_looks_read(struct ktb_looks *looks, const char *text,
		   struct ktb_error *err);

/**
 * ktb_looks_text() - a list as ktb_looks_read() takes it
 * @looks: when one looks
 *
 * Return: to be freed.
 */
char *ktb_looks_text(const struct ktb_looks *looks);

#endif /* KTB_LOOKS_H */
