// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Interrupts by CPU. It may not know what the interrupts are for.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "irqs.h"

#define PATH	 "/proc/interrupts"
/* Far more than any kernel has; beyond, the file says something else. */
#define MAX_CPUS (1U << 20)
/* A word of the first line, "CPU0". */
#define SHORTEST 4

/* "  CPU0  CPU2": the CPUs of the columns, as many as are returned. */
static size_t read_head(char *line, uint32_t *cpu)
{
	size_t nr = 0;
	char *word, *rest = line;

	uint32_t number;

	while ((word = strtok_r(rest, " \n", &rest)))
		if (sscanf(word, "CPU%u", &number) == 1 && number < MAX_CPUS)
			cpu[nr++] = number;
	return nr;
}

/* "LOC:  12  0  Local timer interrupts": figures of all columns, or false. */
static bool read_line(const char *line, uint64_t *value, size_t nr)
{
	const char *at = strchr(line, ':');
	char *end;
	size_t i;

	if (!at)
		return false;
	at++;
	for (i = 0; i < nr; i++) {
		value[i] = strtoull(at, &end, 10);
		if (end == at)
			return false;
		at = end;
	}
	return true;
}

void ktb_irqs_parse(struct ktb_irqs *irqs, FILE *from)
{
	uint32_t *cpu = NULL;
	uint64_t *value = NULL;
	char *line = NULL;
	size_t room = 0, nr = 0, i;
	ssize_t length;

	*irqs = (struct ktb_irqs){ 0 };
	length = getline(&line, &room, from);
	if (length > 0) {
		cpu = ktb_alloc_zeroed((size_t)length / SHORTEST + 1,
				       sizeof(*cpu));
		nr = read_head(line, cpu);
		value = ktb_alloc_zeroed(nr + 1, sizeof(*value));
	}
	for (i = 0; i < nr; i++)
		if (cpu[i] >= irqs->nr)
			irqs->nr = cpu[i] + 1;
	if (nr)
		irqs->count = ktb_alloc_zeroed(irqs->nr, sizeof(*irqs->count));
	while (nr && getline(&line, &room, from) > 0) {
		if (!read_line(line, value, nr))
			continue;
		for (i = 0; i < nr; i++)
			irqs->count[cpu[i]] += value[i];
	}
	free(line);
	free(value);
	free(cpu);
}

void ktb_irqs_read(struct ktb_irqs *irqs)
{
	FILE *from = fopen(PATH, "re");

	*irqs = (struct ktb_irqs){ 0 };
	if (!from)
		return;
	ktb_irqs_parse(irqs, from);
	fclose(from);
}

uint64_t ktb_irqs_since(const struct ktb_irqs *now,
			const struct ktb_irqs *before, uint32_t cpu)
{
	if (cpu >= now->nr || cpu >= before->nr ||
	    now->count[cpu] < before->count[cpu])
		return 0;
	return now->count[cpu] - before->count[cpu];
}

void ktb_irqs_free(struct ktb_irqs *irqs)
{
	free(irqs->count);
	*irqs = (struct ktb_irqs){ 0 };
}
