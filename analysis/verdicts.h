/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What checks of contracts have found, as results/SCHEMA.md has it, in words. It
 * knows nothing of what was measured.
 */
#ifndef KTB_VERDICTS_H
#define KTB_VERDICTS_H

#include <stddef.h>

#include <jansson.h>

/**
 * ktb_verdicts_count() - how many checks have found this
 * @checks: an array of checks
 * @verdict: as in the file
 */
size_t ktb_verdicts_count(const json_t *checks, const char *verdict);

/**
 * ktb_verdicts_sentence() - which contracts the figures stand on
 * @checks: the member `checks` of a result; NULL in older results
 * @text: where to; empty if there is nothing to say
 * @size: bytes of @text
 *
 * Return: @text.
 */
const char *ktb_verdicts_sentence(const json_t *checks, char *text,
				  size_t size);

#endif /* KTB_VERDICTS_H */
