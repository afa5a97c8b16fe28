/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Claims about the kernel that checks decide: a file of rows
 *
 *	page | claim | what it is called today | checks, parted by blanks
 *
 * A check with a '!' in front says the contrary: where it holds, the claim does
 * not; with '!!' also where it has changed. It knows nothing of where a claim is
 * shown.
 */
#ifndef KTB_CLAIMS_H
#define KTB_CLAIMS_H

#include "conformance.h"

/**
 * struct ktb_claim - one row; all strings are the file's
 * @line: of the file
 * @page: where it was claimed
 * @text: what was claimed
 * @today: what it is called today
 * @checks: as in the file
 */
struct ktb_claim {
	size_t line;
	char *page;
	char *text;
	char *today;
	char *checks;
};

/**
 * struct ktb_claims - all rows of a file
 * @buffer: the file
 * @claim: the rows
 * @nr: entries of @claim
 */
struct ktb_claims {
	char *buffer;
	struct ktb_claim *claim;
	size_t nr;
};

/**
 * ktb_claims_read() - read a file of claims
 * @claims: to be filled in; ktb_claims_free() frees it, after a failure too
 * @path: the file
 * @conformance: has the checks; a row that names another one is a fault
 * @fault: on a failure
 *
 * Return: KTB_FAULT_*.
 */
int ktb_claims_read(struct ktb_claims *claims, const char *path,
		    const struct ktb_conformance *conformance,
		    struct ktb_fault *fault);

/**
 * ktb_claims_standing() - how a claim stands in a kernel
 * @claim: which
 * @kernel: where
 * @decides: out: the check that decided, NULL if all hold
 *
 * The worst of its checks decides.
 *
 * Return: how.
 */
enum ktb_standing ktb_claims_standing(const struct ktb_claim *claim,
				      const struct ktb_kernel *kernel,
				      const json_t **decides);

/** ktb_claims_free() - free what is held; not the struct itself */
void ktb_claims_free(struct ktb_claims *claims);

#endif /* KTB_CLAIMS_H */
