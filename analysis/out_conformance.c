// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * docs/contracts.md: claims and contracts, kernel by kernel, with what was seen.
 */
#include <stdio.h>
#include <string.h>

#include "claims.h"
#include "utf8.h"
#include "verdicts.h"

/* Reasons below one table; more than this are said in the last part only. */
#define MAX_NOTES 256

static const char *const words[] = {
	[KTB_STANDING_HOLDS] = "holds",
	[KTB_STANDING_CHANGED] = "changed",
	[KTB_STANDING_SKIPPED] = "skipped",
	[KTB_STANDING_REFUTED] = "no longer",
	[KTB_STANDING_FAILS] = "**fails**",
	[KTB_STANDING_UNKNOWN] = "not asked",
};

/**
 * struct notes - the reasons below a table
 * @text: each once
 * @nr: entries of @text
 */
struct notes {
	const char *text[MAX_NOTES];
	size_t nr;
};

/* What would end a cell of a table, or be taken for markup, is escaped. */
static void print_text(const char *text)
{
	size_t size = strlen(text), length;
	bool is_fit;

	for (; size; text += length, size -= length) {
		length = ktb_utf8_length(text, size, &is_fit);
		if (strchr("|*_<\\`", *text))
			putchar('\\');
		if ((unsigned char)*text < ' ')
			putchar(' ');
		else if (is_fit)
			fwrite(text, 1, length, stdout);
		else
			putchar('?');
	}
}

/* The number of a reason, from 1; 0 if there is none, or no room. */
static size_t note(struct notes *notes, const char *text)
{
	size_t i;

	if (!*text)
		return 0;
	for (i = 0; i < notes->nr; i++)
		if (!strcmp(notes->text[i], text))
			return i + 1;
	if (notes->nr == MAX_NOTES)
		return 0;
	notes->text[notes->nr++] = text;
	return notes->nr;
}

static void print_notes(const struct notes *notes)
{
	size_t i;

	for (i = 0; i < notes->nr; i++) {
		printf("%s%zu. ", i ? "" : "\n", i + 1);
		print_text(notes->text[i]);
		putchar('\n');
	}
}

static void print_head(const struct ktb_conformance *conformance,
		       const char *first, const char *second)
{
	size_t i;

	printf("\n| %s | %s |", first, second);
	for (i = 0; i < conformance->nr; i++)
		printf(" %s |", conformance->kernels[i].label);
	printf("\n|---|---|");
	for (i = 0; i < conformance->nr; i++)
		printf("---|");
	putchar('\n');
}

static void print_standing(enum ktb_standing standing, const json_t *check,
			   struct notes *notes)
{
	const char *reason = "";
	size_t number;

	if (check && standing != KTB_STANDING_HOLDS)
		reason = json_string_value(json_object_get(check, "reason"));
	if (check && standing == KTB_STANDING_REFUTED && !*reason)
		reason = json_string_value(json_object_get(check, "contract"));
	number = note(notes, reason);
	printf(" %s", words[standing]);
	if (number)
		printf(" [%zu]", number);
	printf(" |");
}

static void print_kernels(const struct ktb_conformance *conformance)
{
	const struct ktb_kernel *kernel;
	const json_t *info, *checks;
	size_t i;

	printf("## Kernels\n\n"
	       "| kernel | release | build | lane | CPUs | hold | changed | skipped | fail |\n"
	       "|---|---|---|---|---|---|---|---|---|\n");
	for (i = 0; i < conformance->nr; i++) {
		kernel = &conformance->kernels[i];
		info = json_object_get(kernel->root, "kernel");
		checks = json_object_get(kernel->root, "checks");
		printf("| %s | %s | ", kernel->label,
		       json_string_value(json_object_get(info, "release")));
		print_text(json_string_value(json_object_get(info, "version")));
		printf(" | %s | %lld | %zu | %zu | %zu | %zu |\n", kernel->lane,
		       (long long)json_integer_value(
			       json_object_get(kernel->root, "cpus_online")),
		       ktb_verdicts_count(checks, "holds"),
		       ktb_verdicts_count(checks, "changed"),
		       ktb_verdicts_count(checks, "skipped"),
		       ktb_verdicts_count(checks, "fails"));
	}
}

static void print_claims(const struct ktb_conformance *conformance,
			 const struct ktb_claims *claims)
{
	const struct ktb_claim *claim;
	struct notes notes = { .nr = 0 };
	enum ktb_standing standing;
	const json_t *decides;
	size_t i, j;

	printf("\n## The tutorials' claims\n\n"
	       "What the two tutorials that this project began with say, in short, and what\n"
	       "became of it. *changed*: true in another form. *no longer*: this kernel\n"
	       "promises otherwise.\n");
	print_head(conformance, "claim", "today");
	for (i = 0; i < claims->nr; i++) {
		claim = &claims->claim[i];
		printf("| *%s*: %s | %s |", claim->page, claim->text,
		       claim->today);
		for (j = 0; j < conformance->nr; j++) {
			standing = ktb_claims_standing(
				claim, &conformance->kernels[j], &decides);
			print_standing(standing, decides, &notes);
		}
		putchar('\n');
	}
	print_notes(&notes);
}

/* Is this the first check of its subject? */
static bool begins_subject(const struct ktb_conformance *conformance, size_t i)
{
	const char *name = conformance->names[i];
	const char *last = i ? conformance->names[i - 1] : "";
	size_t length = strcspn(name, ".") + 1;

	return strncmp(name, last, length) != 0;
}

static void print_contracts(const struct ktb_conformance *conformance)
{
	struct notes notes = { .nr = 0 };
	const json_t *check;
	const char *name;
	size_t i, j;

	printf("\n## The contracts\n");
	for (i = 0; i < conformance->nr_names; i++) {
		name = conformance->names[i];
		if (begins_subject(conformance, i)) {
			print_notes(&notes);
			notes.nr = 0;
			printf("\n### %.*s\n", (int)strcspn(name, "."), name);
			print_head(conformance, "check", "contract");
		}
		check = ktb_conformance_any(conformance, name);
		printf("| `%s` | ", name);
		print_text(
			json_string_value(json_object_get(check, "contract")));
		printf(" |");
		for (j = 0; j < conformance->nr; j++) {
			check = ktb_conformance_check(&conformance->kernels[j],
						      name);
			print_standing(ktb_conformance_standing(check), check,
				       &notes);
		}
		putchar('\n');
	}
	print_notes(&notes);
}

static bool saw_the_same(const json_t *a, const json_t *b)
{
	return a && b &&
	       json_equal(json_object_get(a, "evidence"),
			  json_object_get(b, "evidence")) &&
	       json_equal(json_object_get(a, "reason"),
			  json_object_get(b, "reason"));
}

/* What kernel @i saw, unless one before it saw the same. */
static void print_seen_by(const struct ktb_conformance *conformance,
			  const char *name, size_t i)
{
	const json_t *check =
		ktb_conformance_check(&conformance->kernels[i], name);
	const json_t *other, *lines, *line;
	size_t j, nr = 0;

	for (j = 0; check && j < i; j++)
		if (saw_the_same(check,
				 ktb_conformance_check(&conformance->kernels[j],
						       name)))
			return;
	if (!check)
		return;
	for (j = i; j < conformance->nr; j++) {
		other = ktb_conformance_check(&conformance->kernels[j], name);
		if (saw_the_same(check, other))
			printf("%s%s", nr++ ? ", " : "    # ",
			       conformance->kernels[j].label);
	}
	putchar('\n');
	lines = json_object_get(check, "evidence");
	json_array_foreach(lines, j, line)
		printf("    %s\n", json_string_value(line));
	if (*json_string_value(json_object_get(check, "reason")))
		printf("    %s: %s\n",
		       json_string_value(json_object_get(check, "verdict")),
		       json_string_value(json_object_get(check, "reason")));
}

static void print_evidence(const struct ktb_conformance *conformance)
{
	const json_t *check;
	const char *name;
	size_t i, j;

	printf("\n## What was seen\n\n"
	       "Kernels that saw the same stand together. Times of lane `vm` are shape only.\n");
	for (i = 0; i < conformance->nr_names; i++) {
		name = conformance->names[i];
		check = ktb_conformance_any(conformance, name);
		printf("\n**`%s`**: ", name);
		print_text(
			json_string_value(json_object_get(check, "contract")));
		printf(" [");
		print_text(json_string_value(json_object_get(check, "source")));
		printf("]\n\n");
		for (j = 0; j < conformance->nr; j++)
			print_seen_by(conformance, name, j);
	}
}

int ktb_conformance_write(char *const *paths, size_t nr, const char *claims)
{
	struct ktb_conformance conformance = { 0 };
	struct ktb_claims read = { 0 };
	struct ktb_fault fault;
	int ret;

	ret = ktb_conformance_read(&conformance, paths, nr, &fault);
	if (!ret && claims)
		ret = ktb_claims_read(&read, claims, &conformance, &fault);
	if (ret) {
		ktb_fault_print(&fault);
	} else {
		printf("# What each kernel promises of its timers and threads\n\n"
		       "Made by `ktbench check` in each of these kernels and written by\n"
		       "`ktbench check --table`; not by hand. `make contracts` makes it anew.\n\n");
		print_kernels(&conformance);
		if (claims)
			print_claims(&conformance, &read);
		print_contracts(&conformance);
		print_evidence(&conformance);
	}
	ktb_claims_free(&read);
	ktb_conformance_free(&conformance);
	return ret;
}
