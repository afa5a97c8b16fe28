/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The result directory, written so that a crash or a full disk costs one
 * repetition at most. It knows the files of results/SCHEMA.md, and nothing of
 * what stands in their members.
 */
#ifndef KTB_RESULT_H
#define KTB_RESULT_H

#include <jansson.h>
#include <sys/types.h>

#include "message.h"

/**
 * struct ktb_result - a result directory being written
 * @path: the directory
 * @name: its last part, the result's name
 * @head: what becomes result.json
 * @cells_fd: cells.jsonl.zst
 * @cells_bytes: its size
 * @nr_cells: its lines
 */
struct ktb_result {
	char *path;
	const char *name;
	json_t *head;
	int cells_fd;
	off_t cells_bytes;
	size_t nr_cells;
};

/**
 * ktb_result_prepare() - see to it that results can be kept in a directory
 * @directory: made if it is not there
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_result_prepare(const char *directory, struct ktb_error *err);

/**
 * ktb_result_create() - make a result directory
 * @result: to be filled in; ktb_result_close() frees it, after a failure too
 * @directory: where
 * @name: ends the directory's name, behind date and time
 * @head: members of result.json; taken over. `run`, `created`, `ended`, `state`
 *	and `state_reason` are set here
 * @xml: content of topology.xml
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_result_create(struct ktb_result *result, const char *directory,
		      const char *name, json_t *head, const char *xml,
		      struct ktb_error *err);

/**
 * ktb_result_append() - keep a repetition
 * @result: the result
 * @cell: one line; taken over
 * @err: on a failure; the lines so far stay readable
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_result_append(struct ktb_result *result, json_t *cell,
		      struct ktb_error *err);

/**
 * ktb_result_finish() - say in result.json how it ended
 * @result: the result
 * @state: `complete`, `interrupted` or `failed`
 * @reason: one sentence, empty when complete
 * @err: on a failure; result.json says `running` then, as it did
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_result_finish(struct ktb_result *result, const char *state,
		      const char *reason, struct ktb_error *err);

/** ktb_result_close() - free what a result holds */
void ktb_result_close(struct ktb_result *result);

#endif /* KTB_RESULT_H */
