/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cost ledger of a result: what measuring costs there. It knows the member
 * `ledger` of result.json and nothing of cells.
 */
#ifndef KTB_LEDGER_H
#define KTB_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

/**
 * struct ktb_ledger - what measuring costs
 * @costs: an array of objects, see results/SCHEMA.md; NULL in older results
 * @reason: what could not be measured, empty if all could
 * @has_idle: the two below are known
 * @idle_irqs: interrupts while nothing was measured, of all CPUs together
 * @idle_ns: CPU time of that stretch, of all CPUs together
 */
struct ktb_ledger {
	const json_t *costs;
	const char *reason;
	bool has_idle;
	int64_t idle_irqs;
	int64_t idle_ns;
};

/**
 * ktb_ledger_read() - read and check a ledger
 * @ledger: to be filled in; it borrows from @from
 * @from: the member `ledger`; NULL in older results
 * @why: on failure, what is wrong in a few words
 * @size: room at @why
 *
 * Return: false if it is damaged.
 */
bool ktb_ledger_read(struct ktb_ledger *ledger, const json_t *from, char *why,
		     size_t size);

/**
 * ktb_ledger_mean() - what something costs in the mean
 * @ledger: read
 * @name: as in results/SCHEMA.md
 *
 * Return: ps (in the exact lane: thousandths of an instruction); -1 if it is not
 * known.
 */
int64_t ktb_ledger_mean(const struct ktb_ledger *ledger, const char *name);

#endif /* KTB_LEDGER_H */
