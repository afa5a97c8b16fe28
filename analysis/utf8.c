// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which characters may stand in a document. It knows UTF-8 and nothing of what
 * documents say.
 */
#include <stdint.h>
#include <string.h>

#include "utf8.h"

/* By their first byte: how many bytes, and what is the least that needs them. */
static const struct utf8_class {
	unsigned char mask;
	unsigned char lead;
	size_t length;
	uint32_t least;
} utf8_classes[] = {
	{ 0x80, 0x00, 1, 0 },
	{ 0xe0, 0xc0, 2, 0x80 },
	{ 0xf0, 0xe0, 3, 0x800 },
	{ 0xf8, 0xf0, 4, 0x10000 },
};

/* Code points that no document may have; the last two of each plane besides. */
static const struct {
	uint32_t first;
	uint32_t last;
} utf8_unfit[] = {
	{ 0x00, 0x08 },	    { 0x0b, 0x1f },	{ 0x7f, 0x9f },
	{ 0xd800, 0xdfff }, { 0xfdd0, 0xfdef }, { 0x110000, UINT32_MAX },
};

static bool utf8_is_fit(uint32_t code)
{
	size_t i;

	for (i = 0; i < sizeof(utf8_unfit) / sizeof(utf8_unfit[0]); i++)
		if (code >= utf8_unfit[i].first && code <= utf8_unfit[i].last)
			return false;
	return (code & 0xfffe) != 0xfffe;
}

static const struct utf8_class *utf8_class_of(unsigned char lead)
{
	size_t i;

	for (i = 0; i < sizeof(utf8_classes) / sizeof(utf8_classes[0]); i++)
		if ((lead & utf8_classes[i].mask) == utf8_classes[i].lead)
			return &utf8_classes[i];
	return NULL;
}

size_t ktb_utf8_length(const char *text, size_t size, bool *is_fit)
{
	const unsigned char *byte = (const unsigned char *)text;
	const struct utf8_class *class = utf8_class_of(*byte);
	uint32_t code;
	size_t i;

	*is_fit = false;
	if (!class || class->length > size)
		return 1;
	code = *byte & (unsigned char)~class->mask;
	for (i = 1; i < class->length; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 1;
		code = code << 6 | (byte[i] & 0x3f);
	}
	if (code < class->least)
		return 1;
	*is_fit = utf8_is_fit(code);
	return class->length;
}

size_t ktb_utf8_clean(char *text, size_t size)
{
	size_t from = 0, to = 0, length;
	bool is_fit;

	for (; from < size; from += length) {
		length = ktb_utf8_length(text + from, size - from, &is_fit);
		if (!is_fit) {
			text[to++] = '?';
			continue;
		}
		memmove(text + to, text + from, length);
		to += length;
	}
	return to;
}

size_t ktb_utf8_cut(const char *text, size_t size)
{
	const struct utf8_class *class;
	size_t back = 1;

	while (back < 4 && back < size &&
	       ((unsigned char)text[size - back] & 0xc0) == 0x80)
		back++;
	if (!size)
		return 0;
	class = utf8_class_of((unsigned char)text[size - back]);
	return class && class->length > back ? size - back : size;
}
