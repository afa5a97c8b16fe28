/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The index of the cells. For reader.c alone; everyone else includes
 * reader.h.
 */
#ifndef KTB_LINES_H
#define KTB_LINES_H

#include "reader.h"

/**
 * ktb_lines_index() - find and check the lines of the cells
 * @reader: result.json has been read; lines, nr_lines, cells and torn_bytes
 *	are filled in
 * @fault: on failure, the sentence
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_lines_index(struct ktb_reader *reader, struct ktb_fault *fault);

#endif /* KTB_LINES_H */
