/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a result of the exact lane says of each path: one document, a figure a line,
 * small enough to be kept in git (results/reference/). The exact lane only: there a
 * figure is a number of instructions, and one run is all that it takes. It knows
 * results/SCHEMA.md and nothing of how figures are compared.
 */
#ifndef KTB_FIGURES_H
#define KTB_FIGURES_H

#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "findings.h"

#define KTB_FIGURES_SCHEMA	   "ktbench-figures"
#define KTB_FIGURES_SCHEMA_VERSION 1

/**
 * ktb_figures_read() - read the figures of a result
 * @path: a result directory, or a document that ktb_figures_print() has written
 * @fault: on failure, the sentence
 *
 * Return: the document, see results/SCHEMA.md; NULL with KTB_FAULT_USAGE when @path
 * is neither, is of another lane than the exact one, or its run is not complete and
 * valid; with KTB_FAULT_SYSTEM when it could not be read.
 */
json_t *ktb_figures_read(const char *path, struct ktb_fault *fault);

/**
 * ktb_figures_make() - the figures of a result that has been read
 * @findings: gathered
 * @fault: on failure, the sentence
 *
 * Return: as ktb_figures_read() of its directory.
 */
json_t *ktb_figures_make(const struct ktb_findings *findings,
			 struct ktb_fault *fault);

/**
 * ktb_figures_divisor() - in what a figure is told
 * @figure: of a document
 *
 * Return: how many of its numbers make an instruction: 1000 or 1.
 */
int64_t ktb_figures_divisor(const json_t *figure);

/**
 * ktb_figures_print() - write a document, a figure a line
 * @root: from ktb_figures_read()
 * @to: where to; the caller looks for errors there
 */
void ktb_figures_print(const json_t *root, FILE *to);

#endif /* KTB_FIGURES_H */
