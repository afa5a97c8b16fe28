/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all KTAP documents of the analysis have in common. It knows no figures. */
#ifndef KTB_KTAP_H
#define KTB_KTAP_H

#include <stdio.h>

/**
 * ktb_ktap_word() - part of a test's name
 * @text: any text
 * @to: where to
 *
 * LAVA takes a name as one word: what is no letter, digit, '.' or '-' becomes '_'.
 */
void ktb_ktap_word(const char *text, FILE *to);

#endif /* KTB_KTAP_H */
