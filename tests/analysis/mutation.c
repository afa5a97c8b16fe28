// SPDX-License-Identifier: GPL-2.0-or-later
/* Damage by chance, always by the same. It knows nothing of what texts say. */
#include <stdlib.h>
#include <string.h>

#include "tests/analysis/mutation.h"

static uint64_t mutation_state;

void mutation_seed(uint64_t seed)
{
	mutation_state = seed;
}

uint64_t mutation_draw(uint64_t below)
{
	/* splitmix64 */
	uint64_t z = mutation_state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return below ? (z ^ z >> 31) % below : 0;
}

/* Exchange @length bytes at @at. */
static void splice(struct mutation_text *text, size_t at, size_t length,
		   const char *with, size_t size)
{
	char *grown = malloc(text->size + size + 1);

	memcpy(grown, text->at, at);
	memcpy(grown + at, with, size);
	memcpy(grown + at + size, text->at + at + length,
	       text->size - at - length);
	free(text->at);
	text->at = grown;
	text->size += size - length;
}

/* The first value at or behind a place, by chance; its length. */
static size_t find_value(const struct mutation_text *text, size_t *at)
{
	static const char values[] = "-0123456789.eEtrufalsn";
	size_t tries, length;

	for (tries = 0; tries < text->size; tries++, ++*at) {
		if (*at + 1 >= text->size)
			*at = 0;
		if (!strchr(":,[", text->at[*at]))
			continue;
		length = strspn(text->at + *at + 1, values);
		if (!length)
			continue;
		++*at;
		return length;
	}
	*at = 0;
	return 0;
}

void mutation_make(struct mutation_text *text)
{
	static const char *const values[] = {
		"0",
		"-1",
		"1",
		"127",
		"3583",
		"3584",
		"2147483647",
		"2147483648",
		"4294967295",
		"4294967296",
		"9007199254740993",
		"184467440737034336",
		"2305843009213693952",
		"-2305843009213693952",
		"2305843009213693953",
		"9223372036854775807",
		"-9223372036854775808",
		"18446744073709551615",
		"1e308",
		"1.5",
		"NaN",
		"null",
		"true",
		"\"\"",
		"\"\\ufffe\\n|\"",
		"[]",
		"{}",
		"[[]]",
	};
	size_t at = mutation_draw(text->size), length, span;
	const char *value;

	switch (mutation_draw(8)) {
	default:
		length = find_value(text, &at);
		value = values[mutation_draw(sizeof(values) /
					     sizeof(values[0]))];
		splice(text, at, length, value, strlen(value));
		break;
	case 5:
		span = 1 + mutation_draw(40);
		length = span < text->size - at ? span : text->size - at;
		splice(text, at, length, "", 0);
		break;
	case 6:
		span = 1 + mutation_draw(400);
		length = span < text->size - at ? span : text->size - at;
		splice(text, at, 0, strndupa(text->at + at, length), length);
		break;
	case 7:
		text->at[at] = (char)mutation_draw(256);
		break;
	}
	if (!mutation_draw(40))
		text->size = mutation_draw(text->size);
}
