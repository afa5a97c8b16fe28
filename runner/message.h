/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-sentence errors and the exit codes that go with them. A function that
 * fails fills a struct ktb_error and returns its code; who knows the user's
 * words prints it, once. It knows nothing of what the errors are about.
 */
#ifndef KTB_MESSAGE_H
#define KTB_MESSAGE_H

#include <stddef.h>

#define KTB_ERROR_LEN 2048

/**
 * enum ktb_exit - what ktbench exits with, everywhere
 * @KTB_EXIT_OK: fine
 * @KTB_EXIT_WORSE: measured, and it is worse; or a check failed
 * @KTB_EXIT_USAGE: the command line, a job file or a directory is wrong
 * @KTB_EXIT_NOISY: too noisy to tell
 * @KTB_EXIT_SKIPPED: cannot be measured here
 * @KTB_EXIT_DEVICE: the device, the kernel or the file system failed
 * @KTB_EXIT_INVALID: the run is invalid: samples were lost
 * @KTB_EXIT_SIGNAL: plus the signal's number: the run was interrupted
 */
enum ktb_exit {
	KTB_EXIT_OK = 0,
	KTB_EXIT_WORSE = 1,
	KTB_EXIT_USAGE = 2,
	KTB_EXIT_NOISY = 3,
	KTB_EXIT_SKIPPED = 4,
	KTB_EXIT_DEVICE = 5,
	KTB_EXIT_INVALID = 6,
	KTB_EXIT_SIGNAL = 128,
};

/**
 * struct ktb_error - one sentence and the exit code that it asks for
 * @code: enum ktb_exit, 0 when there was no error
 * @text: the sentence, without the program's name and without a newline
 */
struct ktb_error {
	int code;
	char text[KTB_ERROR_LEN];
};

/**
 * ktb_message_set() - fill in an error
 * @err: where to; may not be NULL
 * @code: enum ktb_exit
 * @fmt: as printf()
 *
 * Return: @code, so that a caller can write `return ktb_message_set(...)`.
 */
int ktb_message_set(struct ktb_error *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * ktb_message_prefix() - put the place in front of an error
 * @err: an error that has been set
 * @fmt: as printf(); ": " is put between
 *
 * Return: the error's code.
 */
int ktb_message_prefix(struct ktb_error *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * ktb_message_print() - print an error on stderr
 * @err: an error that has been set
 *
 * Return: the error's code.
 */
int ktb_message_print(const struct ktb_error *err);

/**
 * ktb_message_note() - tell something on stderr that is no error
 * @fmt: as printf(), one sentence without a newline
 */
void ktb_message_note(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

#endif /* KTB_MESSAGE_H */
