/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names as they come out of a format: two that a result tells apart must not be
 * one there. It knows findings, and nothing of formats.
 */
#ifndef KTB_EXPORT_NAMES_H
#define KTB_EXPORT_NAMES_H

#include <stdio.h>

#include "findings.h"

/** ktb_export_mapping - writes a name as a format has it; NULL: as it is */
typedef void (*ktb_export_mapping)(FILE *to, const char *name);

/**
 * ktb_export_names_check() - are the names of jobs and cells still different?
 * @result: gathered
 * @format: the format's name, for the sentence
 * @mapping: what the format makes of a name
 * @fault: on failure, the sentence: which two, and what both are called
 *
 * Return: 0, KTB_FAULT_USAGE or KTB_FAULT_SYSTEM.
 */
int ktb_export_names_check(const struct ktb_findings *result,
			   const char *format, ktb_export_mapping mapping,
			   struct ktb_fault *fault);

#endif /* KTB_EXPORT_NAMES_H */
