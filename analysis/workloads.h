/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The workloads of a result. For reader.c alone; everyone else includes
 * reader.h.
 */
#ifndef KTB_WORKLOADS_H
#define KTB_WORKLOADS_H

#include "reader.h"

/**
 * ktb_workloads_read() - read the member "workloads" of result.json
 * @reader: result.json has been read; workloads and nr_workloads are filled in
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: false when a member is missing or of a wrong type.
 */
bool ktb_workloads_read(struct ktb_reader *reader, char *why, size_t size);

/** ktb_workloads_free() - free what a workload holds; not the struct itself */
void ktb_workloads_free(struct ktb_workload *workload);

#endif /* KTB_WORKLOADS_H */
