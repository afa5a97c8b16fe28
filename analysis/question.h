/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a job asks: the comment above its section in the job file, which the
 * result keeps, or a question made from what it sweeps.
 */
#ifndef KTB_QUESTION_H
#define KTB_QUESTION_H

#include "summary.h"

/**
 * ktb_question_find() - find or make a job's question
 * @reader: opened
 * @summary: a cell of the job
 * @question: filled in, to be freed: one sentence
 * @remark: filled in, to be freed: what else the comment says, may be empty
 *
 * Return: false when there is no memory.
 */
bool ktb_question_find(const struct ktb_reader *reader,
		       const struct ktb_summary *summary, char **question,
		       char **remark);

#endif /* KTB_QUESTION_H */
