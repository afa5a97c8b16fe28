/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The worst samples of a repetition: which of them its record keeps.
 */
#ifndef KTB_WORST_H
#define KTB_WORST_H

#include <jansson.h>

#include "device.h"

/* Each CPU keeps so many of its own, and besides what is among the worst of all. */
#define KTB_WORST_OF_CPU 2
#define KTB_WORST_OF_ALL 64

/**
 * ktb_worst_json() - the worst samples
 * @areas: of all CPUs
 * @nr: entries there
 *
 * The device has 64 of each CPU. On 256 CPUs that is 4 MB a repetition, and a
 * report looks at the worst of all.
 *
 * Return: a new array; entry i is an array of the samples of @areas[i], the one
 * with the most beyond what was allowed first.
 */
json_t *ktb_worst_json(const struct ktb_device_area *areas, size_t nr);

#endif /* KTB_WORST_H */
