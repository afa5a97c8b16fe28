/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers with units, as people write them: `50us`, `1.5ms`, `10s`, `1M`, `64k`.
 * All arithmetic is exact; a number that does not come out whole is refused.
 */
#ifndef KTB_UNITS_H
#define KTB_UNITS_H

#include <stddef.h>
#include <stdint.h>

#define KTB_UNITS_LEN 40

/**
 * enum ktb_unit_kind - what a number counts
 * @KTB_UNIT_KIND_NONE: nothing: no suffix is allowed
 * @KTB_UNIT_KIND_NS: time, kept in nanoseconds; a suffix is required but for 0
 * @KTB_UNIT_KIND_COUNT: things; k, M and G are powers of 1000
 * @KTB_UNIT_KIND_BYTES: memory; k, M and G are powers of 1024
 * @KTB_UNIT_KIND_PS: time, in picoseconds: of metrics; no parameter has it
 */
enum ktb_unit_kind {
	KTB_UNIT_KIND_NONE,
	KTB_UNIT_KIND_NS,
	KTB_UNIT_KIND_COUNT,
	KTB_UNIT_KIND_BYTES,
	KTB_UNIT_KIND_PS,
	KTB_NR_UNIT_KINDS,
};

/**
 * ktb_units_parse() - read a number with a unit
 * @text: the whole text, no spaces around it
 * @kind: what it counts
 * @value: the number, in the kind's smallest unit
 *
 * Return: NULL, or why it cannot be read: the end of a sentence that begins
 * with the text, such as "is not a number".
 */
const char *ktb_units_parse(const char *text, enum ktb_unit_kind kind,
			    int64_t *value);

/**
 * ktb_units_format() - write a number with the largest unit that is exact
 * @value: in the kind's smallest unit
 * @kind: what it counts
 * @text: KTB_UNITS_LEN bytes
 *
 * What it writes, ktb_units_parse() reads back to the same value.
 *
 * Return: @text.
 */
const char *ktb_units_format(int64_t value, enum ktb_unit_kind kind,
			     char *text);

/**
 * ktb_units_about() - write a duration for people, rounded to seconds
 * @duration_ns: 0 or more
 * @text: KTB_UNITS_LEN bytes
 *
 * Return: @text, such as "45 s", "2 min 5 s", "3 h 20 min".
 */
const char *ktb_units_about(int64_t duration_ns, char *text);

#endif /* KTB_UNITS_H */
