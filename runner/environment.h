/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts about the machine and its kernel that explain numbers: a flat list of
 * names and texts. It judges nothing: fitness.c does.
 */
#ifndef KTB_ENVIRONMENT_H
#define KTB_ENVIRONMENT_H

#include <jansson.h>

/**
 * ktb_environment_json() - all facts
 *
 * Return: a new object, name to string; an empty string where the kernel does
 * not tell.
 */
json_t *ktb_environment_json(void);

/**
 * ktb_environment_text() - a string for JSON, whatever its bytes are
 * @text: any bytes
 *
 * Return: a new JSON string; bytes that are not UTF-8 have become '?'.
 */
json_t *ktb_environment_text(const char *text);

/**
 * ktb_environment_utc() - the time of day
 * @text: 32 bytes
 *
 * Return: @text, UTC, ISO 8601.
 */
const char *ktb_environment_utc(char *text);

#endif /* KTB_ENVIRONMENT_H */
