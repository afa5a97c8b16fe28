// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Claims that checks decide. It may not know how they are shown.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "encoding.h"

#define FIELDS 4
/* A name of a check, and more. */
#define NAME   128

static char *trim(char *text)
{
	char *end;

	text += strspn(text, " \t");
	for (end = text + strlen(text); end > text && strchr(" \t\r", end[-1]);)
		*--end = '\0';
	return text;
}

/* The next check of a list, and its '!'s; its end, or NULL after the last. */
static const char *next_check(const char *at, char *name, size_t *contrary)
{
	size_t length;

	at += strspn(at, " \t");
	*contrary = strspn(at, "!");
	at += *contrary;
	length = strcspn(at, " \t");
	if (!length)
		return NULL;
	snprintf(name, NAME, "%.*s", (int)length, at);
	return at + length;
}

static int check_names(const struct ktb_claim *claim, const char *path,
		       const struct ktb_conformance *conformance,
		       struct ktb_fault *fault)
{
	const char *at = claim->checks;
	size_t nr = 0, contrary;
	char name[NAME];

	while ((at = next_check(at, name, &contrary))) {
		nr++;
		if (!ktb_conformance_any(conformance, name))
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s:%zu: there is no check '%s'; `ktbench check --list` shows all",
				path, claim->line, name);
	}
	if (nr)
		return 0;
	return ktb_fault_set(fault, KTB_FAULT_USAGE,
			     "%s:%zu: no check decides this claim: name one",
			     path, claim->line);
}

static int read_row(struct ktb_claim *claim, char *row, size_t line,
		    const char *path, struct ktb_fault *fault)
{
	char *field[FIELDS];
	size_t nr = 0;

	while (row && nr < FIELDS)
		field[nr++] = trim(strsep(&row, "|"));
	if (row || nr != FIELDS)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s:%zu: a row has four fields: page | claim | today | checks",
			path, line);
	*claim = (struct ktb_claim){
		.line = line,
		.page = field[0],
		.text = field[1],
		.today = field[2],
		.checks = field[3],
	};
	return 0;
}

int ktb_claims_read(struct ktb_claims *claims, const char *path,
		    const struct ktb_conformance *conformance,
		    struct ktb_fault *fault)
{
	const char *why = NULL;
	size_t line = 0, nr = 1;
	char *rest, *row;
	int ret = 0;

	*claims =
		(struct ktb_claims){ .buffer = ktb_encoding_read(path, &why) };
	if (!claims->buffer)
		return ktb_fault_set(fault, KTB_FAULT_USAGE,
				     "%s: cannot be read: %s", path, why);
	for (row = claims->buffer; *row; row++)
		nr += *row == '\n';
	claims->claim = calloc(nr, sizeof(*claims->claim));
	if (!claims->claim)
		return ktb_fault_memory(fault);
	rest = claims->buffer;
	while (!ret && (row = strsep(&rest, "\n"))) {
		line++;
		if (!*trim(row) || *row == '#')
			continue;
		ret = read_row(&claims->claim[claims->nr], row, line, path,
			       fault);
		if (!ret)
			ret = check_names(&claims->claim[claims->nr], path,
					  conformance, fault);
		claims->nr++;
	}
	return ret;
}

static enum ktb_standing turn(enum ktb_standing standing, size_t contrary)
{
	if (contrary && standing == KTB_STANDING_HOLDS)
		return KTB_STANDING_REFUTED;
	if (contrary && standing == KTB_STANDING_CHANGED)
		return contrary > 1 ? KTB_STANDING_REFUTED : KTB_STANDING_HOLDS;
	return standing;
}

enum ktb_standing ktb_claims_standing(const struct ktb_claim *claim,
				      const struct ktb_kernel *kernel,
				      const json_t **decides)
{
	enum ktb_standing worst = KTB_STANDING_HOLDS, standing;
	const char *at = claim->checks;
	const json_t *check;
	size_t contrary;
	char name[NAME];

	*decides = NULL;
	while ((at = next_check(at, name, &contrary))) {
		check = ktb_conformance_check(kernel, name);
		standing = turn(ktb_conformance_standing(check), contrary);
		if (standing <= worst)
			continue;
		worst = standing;
		*decides = check;
	}
	return worst;
}

void ktb_claims_free(struct ktb_claims *claims)
{
	free(claims->claim);
	free(claims->buffer);
	*claims = (struct ktb_claims){ 0 };
}
