/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which characters may stand in a document. XML has the narrowest set of what is
 * written here, HTML adds a few that it calls errors: what fits both fits all. It
 * knows nothing of what documents say.
 */
#ifndef KTB_UTF8_H
#define KTB_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/**
 * ktb_utf8_length() - the character that a text begins with
 * @text: any bytes, not empty
 * @size: bytes there
 * @is_fit: filled in: it may stand in a document
 *
 * No document may have control characters but for newline and tabulator, code
 * points that are no characters (U+FFFE, U+FDD0), halves of UTF-16's pairs, and
 * bytes that are no UTF-8, among them characters in more bytes than they need.
 * See XML 1.0, 2.2, and "control-character-in-input-stream" and
 * "noncharacter-in-input-stream" of HTML.
 *
 * Return: its bytes, from 1 up; of bytes that are no UTF-8 one.
 */
size_t ktb_utf8_length(const char *text, size_t size, bool *is_fit);

/**
 * ktb_utf8_clean() - put '?' in the place of all that may not stand in a document
 * @text: changed where it is
 * @size: bytes there
 *
 * Return: the bytes that are left, never more; no NUL is put behind them.
 */
size_t ktb_utf8_clean(char *text, size_t size);

/**
 * ktb_utf8_cut() - where a text may be cut off
 * @text: UTF-8
 * @size: bytes that there is room for, no more than @text has
 *
 * Return: @size, or up to 3 less, so that no character is cut in two.
 */
size_t ktb_utf8_cut(const char *text, size_t size);

#endif /* KTB_UTF8_H */
