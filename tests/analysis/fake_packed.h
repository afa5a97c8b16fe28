/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Invented repetitions as the runner keeps them today. Results of schema version
 * 1 have them as they come.
 */
#ifndef KTB_FAKE_PACKED_H
#define KTB_FAKE_PACKED_H

#include <stdio.h>

#include <jansson.h>

/**
 * fake_pack() - write a repetition as the runner does
 * @line: what fake_cell() made; changed
 * @to: cells.jsonl.zst
 */
void fake_pack(json_t *line, FILE *to);

#endif /* KTB_FAKE_PACKED_H */
