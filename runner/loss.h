/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a repetition lost samples, by what the module marks as loss.
 */
#ifndef KTB_LOSS_H
#define KTB_LOSS_H

#include <stdbool.h>

#include "record.h"

/**
 * ktb_loss_find() - whether samples were lost
 * @record: the repetition
 * @reason: where to say which counter has how many; KTB_ERROR_LEN bytes
 *
 * A counter that the module marks as loss is above zero, or a distribution
 * does not add up.
 *
 * Return: true if the repetition is invalid.
 */
bool ktb_loss_find(const struct ktb_record *record, char *reason);

#endif /* KTB_LOSS_H */
