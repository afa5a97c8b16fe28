/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TAP for plain C programs that run where no test library is. It knows nothing
 * of what is tested.
 */
#ifndef TESTS_ABI_TAP_H
#define TESTS_ABI_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int tap_cases;
static int tap_failures;

/**
 * diag() - a remark in the test's output
 * @format: as of printf, without a newline
 */
static inline __attribute__((format(printf, 1, 2))) void
diag(const char *format, ...)
{
	va_list args;

	fputs("# ", stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	fputs("\n", stdout);
	fflush(stdout);
}

/**
 * ok() - one case
 * @is_ok: whether it passed
 * @format: what was tested, as of printf
 *
 * Return: @is_ok.
 */
static inline __attribute__((format(printf, 2, 3))) bool
ok(bool is_ok, const char *format, ...)
{
	va_list args;

	tap_cases++;
	if (!is_ok)
		tap_failures++;
	printf("%sok %d - ", is_ok ? "" : "not ", tap_cases);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	fputs("\n", stdout);
	fflush(stdout);
	return is_ok;
}

/**
 * skip() - a case that cannot be tested here
 * @what: the case
 * @why: one clause
 */
static inline void skip(const char *what, const char *why)
{
	printf("ok %d - %s # SKIP %s\n", ++tap_cases, what, why);
	fflush(stdout);
}

/**
 * bail() - give up: what all other cases stand on does not work
 * @format: why, as of printf
 */
static inline __attribute__((format(printf, 1, 2), noreturn)) void
bail(const char *format, ...)
{
	va_list args;

	printf("not ok %d - ", ++tap_cases);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n1..%d\n", tap_cases);
	fflush(stdout);
	exit(1);
}

/**
 * tap_done() - print the plan
 *
 * Return: the exit status of the program.
 */
static inline int tap_done(void)
{
	printf("1..%d\n", tap_cases);
	fflush(stdout);
	return tap_failures ? 1 : 0;
}

#endif /* TESTS_ABI_TAP_H */
