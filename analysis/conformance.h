/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `ktbench check --json` found in several kernels, side by side: read, and
 * held against each other. It knows results/SCHEMA.md and nothing of how it is
 * shown.
 */
#ifndef KTB_CONFORMANCE_H
#define KTB_CONFORMANCE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "fault.h"

#define KTB_CONFORMANCE_SCHEMA	       "ktbench-check"
#define KTB_CONFORMANCE_SCHEMA_VERSION 1

/** enum ktb_standing - how a contract, or a claim, stands in a kernel */
enum ktb_standing {
	KTB_STANDING_HOLDS,
	/* In another form: the reason says which. */
	KTB_STANDING_CHANGED,
	KTB_STANDING_SKIPPED,
	/* Of a claim: the kernel promises otherwise. */
	KTB_STANDING_REFUTED,
	KTB_STANDING_FAILS,
	/* The file does not say. */
	KTB_STANDING_UNKNOWN,
};

/**
 * struct ktb_kernel - one file
 * @root: the whole
 * @label: short name: 6.1, 6.1 RT; its release if that is not the only one
 * @lane: the lane's name
 */
struct ktb_kernel {
	json_t *root;
	char label[64];
	const char *lane;
};

/**
 * struct ktb_conformance - several kernels
 * @kernels: in the order given
 * @nr: entries of @kernels
 * @names: the names of all checks, subjects together, in the last kernel's order
 * @nr_names: entries of @names
 */
struct ktb_conformance {
	struct ktb_kernel *kernels;
	size_t nr;
	const char **names;
	size_t nr_names;
};

/**
 * ktb_conformance_read() - read what was found
 * @conformance: to be filled in; ktb_conformance_free() frees it, after a failure too
 * @paths: files
 * @nr: how many
 * @fault: on a failure
 *
 * Return: KTB_FAULT_*.
 */
int ktb_conformance_read(struct ktb_conformance *conformance,
			 char *const *paths, size_t nr,
			 struct ktb_fault *fault);

/**
 * ktb_conformance_check() - what a kernel says of a check
 * @kernel: which
 * @name: of the check
 *
 * Return: the object, or NULL.
 */
const json_t *ktb_conformance_check(const struct ktb_kernel *kernel,
				    const char *name);

/** ktb_conformance_any() - a check's object in any kernel, for its sentence; never NULL for a known name */
const json_t *ktb_conformance_any(const struct ktb_conformance *conformance,
				  const char *name);

/** ktb_conformance_standing() - of a check's object, which may be NULL */
enum ktb_standing ktb_conformance_standing(const json_t *check);

/** ktb_conformance_free() - free what is held; not the struct itself */
void ktb_conformance_free(struct ktb_conformance *conformance);

/**
 * ktb_conformance_write() - write the document docs/contracts.md
 * @paths: what `ktbench check --json` printed, a file a kernel
 * @nr: how many
 * @claims: file with claims that checks decide, see docs/claims; may be NULL
 *
 * Prints on stdout, and its own errors on stderr.
 *
 * Return: KTB_FAULT_*.
 */
int ktb_conformance_write(char *const *paths, size_t nr, const char *claims);

#endif /* KTB_CONFORMANCE_H */
