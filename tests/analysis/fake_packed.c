// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the form of schema version 1 to the one of version 2: histograms without
 * their indices, the worst samples chosen, a frame a repetition.
 */
#include <stdlib.h>
#include <string.h>

#include "fake_packed.h"
#include "runner/pack.h"
#include "runner/worst.h"

static json_t *packed_buckets(const json_t *pairs)
{
	json_t *counts = json_array();
	json_int_t next = 0, index;
	const json_t *pair;
	size_t i;

	json_array_foreach(pairs, i, pair) {
		index = json_integer_value(json_array_get(pair, 0));
		if (index > next)
			json_array_append_new(counts,
					      json_integer(next - index));
		json_array_append(counts, json_array_get(pair, 1));
		next = index + 1;
	}
	return counts;
}

static int64_t packed_excess(const json_t *sample)
{
	return json_integer_value(json_object_get(sample, "value_ns")) -
	       json_integer_value(json_object_get(sample, "allowed_ns"));
}

static int packed_larger_first(const void *a, const void *b)
{
	const int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return (one < other) - (one > other);
}

/* The excess that the worst of all have at least. */
static int64_t packed_limit(const json_t *cpus)
{
	int64_t *all = NULL, limit = INT64_MIN;
	const json_t *area, *sample;
	size_t nr = 0, i, k;

	json_array_foreach(cpus, i, area)
		json_array_foreach(json_object_get(area, "worst"), k, sample) {
			all = realloc(all, (nr + 1) * sizeof(*all));
			all[nr++] = packed_excess(sample);
		}
	if (nr > KTB_WORST_OF_ALL) {
		qsort(all, nr, sizeof(*all), packed_larger_first);
		limit = all[KTB_WORST_OF_ALL - 1];
	}
	free(all);
	return limit;
}

void fake_pack(json_t *line, FILE *to)
{
	const json_t *cpus = json_object_get(line, "cpus");
	const int64_t limit = packed_limit(cpus);
	json_t *area, *hist, *worst;
	const char *name;
	char *text, *whole;
	void *frame;
	size_t i, nr;

	json_array_foreach(cpus, i, area) {
		json_object_foreach(json_object_get(area, "metrics"), name,
				    hist)
			json_object_set_new(hist, "buckets",
					    packed_buckets(json_object_get(
						    hist, "buckets")));
		worst = json_object_get(area, "worst");
		for (nr = json_array_size(worst); nr > KTB_WORST_OF_CPU; nr--)
			if (packed_excess(json_array_get(worst, nr - 1)) <
			    limit)
				json_array_remove(worst, nr - 1);
	}
	text = json_dumps(line, JSON_COMPACT | JSON_ENSURE_ASCII);
	if (asprintf(&whole, "%s\n", text) < 0)
		abort();
	frame = ktb_pack(whole, strlen(whole), &nr);
	if (!frame || fwrite(frame, nr, 1, to) != 1)
		abort();
	free(frame);
	free(whole);
	free(text);
}
