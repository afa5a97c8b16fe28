/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a history keeps of one result. For history_scan.c alone.
 */
#ifndef KTB_HISTORY_TAKE_H
#define KTB_HISTORY_TAKE_H

#include "findings.h"
#include "history.h"

/**
 * ktb_history_take() - the facts and the figures of a result
 * @history: where its strings are kept
 * @result: all zero; filled in
 * @findings: of the result
 *
 * Return: false when there is no memory.
 */
bool ktb_history_take(struct ktb_history *history,
		      struct ktb_history_result *result,
		      const struct ktb_findings *findings);

/**
 * ktb_history_take_unit() - what the numbers of a scale count, in a word
 * @scale: the scale
 *
 * Return: the word.
 */
const char *ktb_history_take_unit(enum ktb_scale scale);

/**
 * ktb_history_take_scale() - the scale of a word
 * @unit: the word
 *
 * Return: the scale; KTB_SCALE_NONE if the word is not known.
 */
enum ktb_scale ktb_history_take_scale(const char *unit);

#endif /* KTB_HISTORY_TAKE_H */
