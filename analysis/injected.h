/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Was a result measured with a module that gets worse on purpose
 * (docs/injection.md)? Its build says so; this file says it in a sentence.
 */
#ifndef KTB_INJECTED_H
#define KTB_INJECTED_H

#include <stddef.h>

#include <jansson.h>

/**
 * ktb_injected_sentence() - what the module did on purpose
 * @result: the root of result.json
 * @text: where to; empty for a module that is shipped, or none
 * @size: bytes of @text
 *
 * Return: @text.
 */
const char *ktb_injected_sentence(const json_t *result, char *text,
				  size_t size);

#endif /* KTB_INJECTED_H */
