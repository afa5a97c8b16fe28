/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Figures as a person reads them: a unit chosen by size, four digits, integers
 * until here. It knows units and nothing of metrics.
 */
#ifndef KTB_SCALE_H
#define KTB_SCALE_H

#include <stdbool.h>
#include <stdint.h>

/** enum ktb_scale - what a number counts */
enum ktb_scale {
	KTB_SCALE_NONE,
	KTB_SCALE_NS,
	KTB_SCALE_COUNT,
	KTB_SCALE_BYTES,
	/* ns of the exact lane, where one is one guest instruction. */
	KTB_SCALE_INSTRUCTIONS,
	KTB_SCALE_PS,
	/* ps of the exact lane: thousandths of an instruction. */
	KTB_SCALE_MILLI_INSTRUCTIONS,
	KTB_NR_SCALES,
};

/**
 * ktb_scale_is_instructions() - are these figures of the exact lane?
 * @scale: what a number counts
 *
 * Return: true if they count instructions and not time.
 */
bool ktb_scale_is_instructions(enum ktb_scale scale);

/**
 * ktb_scale_unit() - what a number counts, in a word for other programs
 * @scale: what it counts
 *
 * Return: "ns", "milli-instructions", "none" and the like.
 */
const char *ktb_scale_unit(enum ktb_scale scale);

/**
 * ktb_scale_of_unit() - the other way round
 * @unit: the word
 *
 * Return: the scale; KTB_SCALE_NONE if the word is not known.
 */
enum ktb_scale ktb_scale_of_unit(const char *unit);

/**
 * ktb_scale_whole() - a figure that can be ranked with those of other scales
 * @scale: what a number of it counts
 * @value: the number
 *
 * Return: whole ns, or instructions; of other scales the number itself.
 */
int64_t ktb_scale_whole(enum ktb_scale scale, int64_t value);

/** struct ktb_text - a short string that can be returned by value */
struct ktb_text {
	char s[64];
};

/**
 * ktb_scale_text() - a figure with its unit
 * @scale: what it counts
 * @value: the figure
 *
 * Return: "1.235 ms", "12,345" and the like; the exact lane's instructions
 * keep all their digits and carry no unit, which the table's head tells.
 */
struct ktb_text ktb_scale_text(enum ktb_scale scale, int64_t value);

/**
 * ktb_scale_nano() - how many make a nanosecond, or an instruction
 * @scale: what is counted: a time
 *
 * Return: 1000 for picoseconds and the like, else 1; a divisor for
 * ktb_scale_in() and ktb_scale_label().
 */
int64_t ktb_scale_nano(enum ktb_scale scale);

/**
 * ktb_scale_in() - a figure in a unit that is told elsewhere
 * @divisor: how many make the unit
 * @value: the figure
 *
 * Return: "45.31", "345.7", "1,234"; without decimals if @divisor is 1.
 */
struct ktb_text ktb_scale_in(int64_t divisor, int64_t value);

/**
 * ktb_scale_count() - a count with commas
 * @value: the count
 *
 * Return: "12,345,678".
 */
struct ktb_text ktb_scale_count(uint64_t value);

/**
 * ktb_scale_exact() - a figure with all its digits and its base unit
 * @scale: what it counts
 * @value: the figure
 *
 * Return: "1,234,567 ns".
 */
struct ktb_text ktb_scale_exact(enum ktb_scale scale, int64_t value);

/**
 * ktb_scale_share() - a part of a whole, in percent
 * @part: at most @whole
 * @whole: not 0
 *
 * Return: "12.3 %".
 */
struct ktb_text ktb_scale_share(uint64_t part, uint64_t whole);

/**
 * ktb_scale_setting() - a parameter's value, exact and short
 * @scale: what it counts
 * @value: the value
 *
 * Return: in the largest unit that divides it: "8 ms", "1500 us", "10,000".
 */
struct ktb_text ktb_scale_setting(enum ktb_scale scale, int64_t value);

/**
 * ktb_scale_tic() - the label of a power of ten on an axis
 * @scale: what the axis counts
 * @value: 1, 10, 100, ...
 *
 * Return: "10 us", "1 k".
 */
struct ktb_text ktb_scale_tic(enum ktb_scale scale, int64_t value);

/**
 * ktb_scale_divisor() - by what an axis up to some value is divided
 * @scale: what the axis counts
 * @magnitude: the largest value on it
 *
 * Return: 1, 1000, 1000000, ...
 */
int64_t ktb_scale_divisor(enum ktb_scale scale, int64_t magnitude);

/**
 * ktb_scale_label() - the unit on an axis that is divided
 * @scale: what the axis counts
 * @divisor: from ktb_scale_divisor()
 *
 * Return: "us", "instructions (= virtual ns)"; empty if there is no unit.
 */
const char *ktb_scale_label(enum ktb_scale scale, int64_t divisor);

#endif /* KTB_SCALE_H */
