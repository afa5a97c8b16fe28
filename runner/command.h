/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Other programs: is one there, run one, say what would be run. It knows nothing
 * of what they do.
 */
#ifndef KTB_COMMAND_H
#define KTB_COMMAND_H

#include <stdbool.h>

#include "message.h"

/* Words of a command. */
#define KTB_COMMAND_MAX_WORDS 8

/**
 * struct ktb_command - a program and its arguments
 * @words: the program first, NULL at the end; ktb_command_free() frees them
 */
struct ktb_command {
	char *words[KTB_COMMAND_MAX_WORDS];
};

/** ktb_command_is_there() - can a program be run, by its name and PATH? */
bool ktb_command_is_there(const char *name);

/**
 * ktb_command_add() - put a word at a command's end
 * @command: the command; all zeros at first
 * @fmt: as printf()
 */
void ktb_command_add(struct ktb_command *command, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * ktb_command_text() - a command as one would type it
 * @command: the command
 *
 * Return: a string for free(), words quoted where a shell needs it.
 */
char *ktb_command_text(const struct ktb_command *command);

/**
 * ktb_command_run() - run a command and wait for its end
 * @command: the command; what it prints goes to stderr
 *
 * Return: what it exits with, 128 plus the signal's number, or -errno if it
 * could not be started.
 */
int ktb_command_run(const struct ktb_command *command);

/**
 * ktb_command_must() - run a command that has to exit with 0
 * @command: the command
 * @err: tells the command, and how it failed
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_command_must(const struct ktb_command *command, struct ktb_error *err);

/** ktb_command_free() - free a command's words */
void ktb_command_free(struct ktb_command *command);

#endif /* KTB_COMMAND_H */
