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

#endif /* KTB_HISTORY_TAKE_H */
