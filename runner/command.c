// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Other programs. It may not know what they are for.
 */
#include <errno.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alloc.h"
#include "command.h"

bool ktb_command_is_there(const char *name)
{
	const char *path = getenv("PATH");
	char *copy = ktb_alloc_text("%s", path ? path : "");
	char *at = copy, *directory, *file;
	bool is_there = false;

	while (!is_there && (directory = strsep(&at, ":"))) {
		file = ktb_alloc_text("%s/%s", *directory ? directory : ".",
				      name);
		is_there = !access(file, X_OK);
		free(file);
	}
	free(copy);
	return is_there;
}

void ktb_command_add(struct ktb_command *command, const char *fmt, ...)
{
	size_t nr = 0;
	va_list ap;
	char *word;
	int n;

	while (nr < KTB_COMMAND_MAX_WORDS - 1 && command->words[nr])
		nr++;
	va_start(ap, fmt);
	n = vasprintf(&word, fmt, ap);
	va_end(ap);
	if (n >= 0)
		command->words[nr] = word;
}

/* A word as a shell reads it back. */
static char *quoted(const char *word)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,%@";
	char *text, *at;

	if (*word && strspn(word, plain) == strlen(word))
		return ktb_alloc_text("%s", word);
	/* A quote becomes four characters. */
	text = ktb_alloc_zeroed(4 * strlen(word) + 3, 1);
	at = text;
	*at++ = '\'';
	for (; *word; word++) {
		if (*word == '\'')
			at = stpcpy(at, "'\\''");
		else
			*at++ = *word;
	}
	*at = '\'';
	return text;
}

char *ktb_command_text(const struct ktb_command *command)
{
	char *text = ktb_alloc_text("%s", "");
	char *word, *more;
	size_t i;

	for (i = 0; command->words[i]; i++) {
		word = quoted(command->words[i]);
		more = ktb_alloc_text("%s%s%s", text, i ? " " : "", word);
		free(word);
		free(text);
		text = more;
	}
	return text;
}

int ktb_command_run(const struct ktb_command *command)
{
	posix_spawn_file_actions_t actions;
	int ret, status;
	pid_t pid;

	fflush(stdout);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO,
					 STDOUT_FILENO);
	ret = posix_spawnp(&pid, command->words[0], &actions, NULL,
			   command->words, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (ret)
		return -ret;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int ktb_command_must(const struct ktb_command *command, struct ktb_error *err)
{
	const int ret = ktb_command_run(command);
	char *text;

	if (!ret)
		return 0;
	text = ktb_command_text(command);
	if (ret < 0)
		ktb_message_set(err, KTB_EXIT_DEVICE,
				"`%s` cannot be started: %s", text,
				strerror(-ret));
	else
		ktb_message_set(err, KTB_EXIT_DEVICE, "`%s` failed: exit %d",
				text, ret);
	free(text);
	return err->code;
}

void ktb_command_free(struct ktb_command *command)
{
	size_t i;

	for (i = 0; i < KTB_COMMAND_MAX_WORDS; i++) {
		free(command->words[i]);
		command->words[i] = NULL;
	}
}
