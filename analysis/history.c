// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The results of a history in memory. It knows neither their directories nor the
 * file that they are kept in.
 */
#include <stdlib.h>
#include <string.h>

#include "history.h"

bool ktb_history_init(struct ktb_history *history)
{
	memset(history, 0, sizeof(*history));
	history->words = json_object();
	return history->words != NULL;
}

void ktb_history_free(struct ktb_history *history)
{
	size_t i;

	for (i = 0; i < history->nr; i++)
		free(history->results[i].figures);
	free(history->results);
	json_decref(history->words);
	memset(history, 0, sizeof(*history));
}

const char *ktb_history_word(struct ktb_history *history, const char *text)
{
	json_t *word = json_object_get(history->words, text);

	if (!word) {
		word = json_string(text);
		if (json_object_set_new(history->words, text, word))
			return NULL;
	}
	return json_string_value(word);
}

struct ktb_history_result *ktb_history_find(const struct ktb_history *history,
					    const char *run,
					    const char *created)
{
	struct ktb_history_result *result;
	size_t i;

	for (i = 0; i < history->nr; i++) {
		result = &history->results[i];
		if (!strcmp(result->run, run) &&
		    (!created || !strcmp(result->created, created)))
			return result;
	}
	return NULL;
}

struct ktb_history_result *ktb_history_add(struct ktb_history *history)
{
	struct ktb_history_result *results, *result;
	size_t room = history->room ? 2 * history->room : 16;

	if (history->nr == history->room) {
		results =
			reallocarray(history->results, room, sizeof(*results));
		if (!results)
			return NULL;
		history->results = results;
		history->room = room;
	}
	result = &history->results[history->nr++];
	memset(result, 0, sizeof(*result));
	return result;
}

struct ktb_history_figure *
ktb_history_add_figure(struct ktb_history_result *result)
{
	size_t room = result->room ? 2 * result->room : 64;
	struct ktb_history_figure *figures, *figure;

	if (result->nr == result->room) {
		figures = reallocarray(result->figures, room, sizeof(*figures));
		if (!figures)
			return NULL;
		result->figures = figures;
		result->room = room;
	}
	figure = &result->figures[result->nr++];
	memset(figure, 0, sizeof(*figure));
	return figure;
}

static int compare_results(const void *left, const void *right)
{
	const struct ktb_history_result *a = left, *b = right;
	int order = strcmp(a->created, b->created);

	/* Of one second: x, x-2 ... x-10. */
	return order ? order : strverscmp(a->run, b->run);
}

bool ktb_history_sort(struct ktb_history *history)
{
	size_t i;

	for (i = 1; i < history->nr; i++)
		if (compare_results(&history->results[i - 1],
				    &history->results[i]) > 0)
			break;
	if (i >= history->nr)
		return false;
	qsort(history->results, history->nr, sizeof(*history->results),
	      compare_results);
	return true;
}

uint64_t ktb_history_digest(uint64_t digest, const char *text)
{
	if (!digest)
		digest = 0xcbf29ce484222325;
	do {
		digest ^= (unsigned char)*text;
		digest *= 0x100000001b3;
	} while (*text++);
	return digest;
}
