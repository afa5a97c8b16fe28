/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text, and damage to it by chance. It knows JSON's values and nothing of results. */
#ifndef KTB_TEST_MUTATION_H
#define KTB_TEST_MUTATION_H

#include <stddef.h>
#include <stdint.h>

/** struct mutation_text - @size bytes at @at, which is the heap's */
struct mutation_text {
	char *at;
	size_t size;
};

/** mutation_seed() - the same seed makes the same damage */
void mutation_seed(uint64_t seed);

/** mutation_draw() - a number from 0 to below @below */
uint64_t mutation_draw(uint64_t below);

/** mutation_make() - damage a text, which is not empty, in one place */
void mutation_make(struct mutation_text *text);

#endif /* KTB_TEST_MUTATION_H */
