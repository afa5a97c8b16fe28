/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all KTAP documents of the analysis have in common. It knows no figures. */
#ifndef KTB_KTAP_H
#define KTB_KTAP_H

#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

/**
 * ktb_ktap_name() - a test's name
 * @names: an object with those that were written on this level; grows
 * @text: any text
 * @to: where to
 *
 * LAVA takes a name as one word: what is no ASCII letter, digit, '.' or '-' becomes
 * '_'. Of two texts that become the same word the second one ends in "_2": a
 * reader of results would take one for the other.
 *
 * Return: false when there is no memory.
 */
bool ktb_ktap_name(json_t *names, const char *text, FILE *to);

#endif /* KTB_KTAP_H */
