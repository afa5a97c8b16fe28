/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds result directories and takes what they tell into a history. What is there
 * already is not read again. It knows nothing of the file of the history.
 */
#ifndef KTB_HISTORY_SCAN_H
#define KTB_HISTORY_SCAN_H

#include "history.h"

/* Results are looked for so far below a directory. */
#define KTB_HISTORY_SCAN_DEPTH 4

/**
 * struct ktb_history_scan - what was found
 * @found: result directories
 * @read: of these, those that were read anew
 * @refused: of these, those that were left out, each told on stderr
 */
struct ktb_history_scan {
	size_t found;
	size_t read;
	size_t refused;
};

/**
 * ktb_history_scan() - take in all results below a directory
 * @history: grows; results that were found are marked as seen
 * @dir: the directory, itself a result or not
 * @scan: counts go up
 * @fault: on failure, the sentence
 *
 * A result that is damaged, of a later schema, still running, failed or twice
 * there is told on stderr, one sentence each, and left out.
 *
 * Return: 0; KTB_FAULT_USAGE when @dir is no directory; KTB_FAULT_SYSTEM when it
 * cannot be read or there is no memory.
 */
int ktb_history_scan(struct ktb_history *history, const char *dir,
		     struct ktb_history_scan *scan, struct ktb_fault *fault);

#endif /* KTB_HISTORY_SCAN_H */
