// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * GRUB's menu, as grub-mkconfig writes it: a line each for `menuentry TITLE ...
 * $menuentry_id_option ID {`, `linux FILE ...` and `}`. It may not know where
 * the text comes from.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "grub.h"

#define MAX_DEPTH    8
#define LINE_LEN     4096
#define ID_OPTION    "$menuentry_id_option"
#define ID_OPTION_2  "--id"
#define IMAGE_PREFIX "vmlinuz-"

/**
 * struct level - a block that is open
 * @is_menu: of menuentry or submenu; else of some `if`
 * @title: the first word behind that
 * @id: empty if it has none
 */
struct level {
	bool is_menu;
	char title[LINE_LEN];
	char id[LINE_LEN];
};

/**
 * struct search - where the reader is, and what it has found
 * @kernel: what is looked for
 * @levels: the blocks that are open
 * @depth: entries of @levels
 * @best: the best entry so far
 * @is_named: its title or id names the kernel
 */
struct search {
	const char *kernel;
	struct level levels[MAX_DEPTH];
	size_t depth;
	char *best;
	bool is_named;
};

/* The next word of a line, quotes taken off; false at the line's end. */
static bool next_word(const char **at, char *word)
{
	char quote = '\0';
	size_t len = 0;

	while (isspace((unsigned char)**at))
		(*at)++;
	if (!**at)
		return false;
	for (; **at && (quote || !isspace((unsigned char)**at)); (*at)++) {
		if (quote ? **at == quote : **at == '\'' || **at == '"')
			quote = quote ? '\0' : **at;
		else if (len < LINE_LEN - 1)
			word[len++] = **at;
	}
	word[len] = '\0';
	return true;
}

static void open_level(struct search *search, const char *rest, bool is_menu)
{
	struct level *level;
	char word[LINE_LEN];

	/* What is deeper than any menu is counted only. */
	if (search->depth++ >= MAX_DEPTH)
		return;
	level = &search->levels[search->depth - 1];
	*level = (struct level){ .is_menu = is_menu };
	if (!is_menu || !next_word(&rest, level->title))
		return;
	while (next_word(&rest, word))
		if (!strcmp(word, ID_OPTION) || !strcmp(word, ID_OPTION_2))
			next_word(&rest, level->id);
}

static size_t nr_levels(const struct search *search)
{
	return search->depth < MAX_DEPTH ? search->depth : MAX_DEPTH;
}

static char *path_of(const struct search *search)
{
	char *path = NULL, *more;
	const struct level *level;
	size_t i;

	for (i = 0; i < nr_levels(search); i++) {
		level = &search->levels[i];
		if (!level->is_menu)
			continue;
		more = ktb_alloc_text("%s%s%s", path ? path : "",
				      path ? ">" : "",
				      *level->id ? level->id : level->title);
		free(path);
		path = more;
	}
	return path;
}

static const struct level *inner_menu(const struct search *search)
{
	size_t i;

	for (i = nr_levels(search); i; i--)
		if (search->levels[i - 1].is_menu)
			return &search->levels[i - 1];
	return NULL;
}

/* `linux FILE WORD...`, in an entry. */
static void look_at_image(struct search *search, const char *rest)
{
	const struct level *entry = inner_menu(search);
	char file[LINE_LEN], word[LINE_LEN];
	const char *name;
	bool is_named;

	if (!entry || !next_word(&rest, file))
		return;
	name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	if (strncmp(name, IMAGE_PREFIX, strlen(IMAGE_PREFIX)) ||
	    strcmp(name + strlen(IMAGE_PREFIX), search->kernel))
		return;
	while (next_word(&rest, word))
		if (!strcmp(word, "single") || !strcmp(word, "recovery"))
			return;
	is_named = strstr(entry->title, search->kernel) ||
		   strstr(entry->id, search->kernel);
	if (search->best && (search->is_named || !is_named))
		return;
	free(search->best);
	search->best = path_of(search);
	search->is_named = is_named;
}

static void look_at_line(struct search *search, char *line)
{
	const char *rest = line;
	char word[LINE_LEN];
	size_t len = strlen(line);

	if (len >= LINE_LEN || !next_word(&rest, word) || *word == '#')
		return;
	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	if (!strcmp(word, "menuentry") || !strcmp(word, "submenu"))
		open_level(search, rest, true);
	else if (!strcmp(word, "}") && search->depth)
		search->depth--;
	else if (line[len - 1] == '{')
		open_level(search, rest, false);
	else if (!strncmp(word, "linux", strlen("linux")))
		look_at_image(search, rest);
}

char *ktb_grub_entry(const char *config, const char *kernel)
{
	struct search *search = ktb_alloc_zeroed(1, sizeof(*search));
	char *copy = ktb_alloc_text("%s", config);
	char *at = copy, *line, *best;

	search->kernel = kernel;
	while ((line = strsep(&at, "\n")))
		look_at_line(search, line);
	best = search->best;
	free(search);
	free(copy);
	return best;
}
