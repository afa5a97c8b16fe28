/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cells of a result that the runner has written. */
#ifndef KTB_TEST_PACKED_H
#define KTB_TEST_PACKED_H

#include <jansson.h>

#include "analysis/unpack.h"

/* Line @number of the cells of @result, NULL past the last. */
static json_t *packed_cell(const char *result, int number)
{
	struct ktb_unpack *from;
	enum ktb_unpacked is;
	struct ktb_unpack_place place;
	char path[4300], *line = NULL;
	size_t room = 0, bytes;
	json_t *json = NULL;

	snprintf(path, sizeof(path), "%s/cells.jsonl.zst", result);
	from = ktb_unpack_open(path);
	assert_non_null(from);
	do
		is = ktb_unpack_line(from, &line, &room, &bytes, &place);
	while (is == KTB_UNPACKED_LINE && number-- > 0);
	/* Each line that was written is whole. */
	assert_true(is == KTB_UNPACKED_LINE || is == KTB_UNPACKED_END);
	if (is == KTB_UNPACKED_LINE) {
		json = json_loads(line, 0, NULL);
		assert_non_null(json);
	}
	free(line);
	ktb_unpack_close(from);
	return json;
}

#endif /* KTB_TEST_PACKED_H */
