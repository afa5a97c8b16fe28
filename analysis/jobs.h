/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The jobs of a result, made of its cells. For findings.c alone; everyone else
 * includes findings.h.
 */
#ifndef KTB_JOBS_H
#define KTB_JOBS_H

#include "findings.h"

/**
 * ktb_jobs_make() - sort the summaries into jobs
 * @findings: all summaries are there, by cell; they are sorted by job, and the
 *	jobs are filled in
 *
 * The cells of a job that is load for another one may stand between those of
 * that one.
 *
 * Return: false when there is no memory.
 */
bool ktb_jobs_make(struct ktb_findings *findings);

/**
 * ktb_jobs_free() - free the jobs
 * @findings: whose jobs were made, or tried to be
 */
void ktb_jobs_free(struct ktb_findings *findings);

#endif /* KTB_JOBS_H */
