/* SPDX-License-Identifier: GPL-2.0 */
/* What the module tells of itself. */
#ifndef KTB_DESCRIBE_H
#define KTB_DESCRIBE_H

#include <linux/ktbench.h>

int ktb_describe_module(struct ktb_query *q);
int ktb_describe_workload(struct ktb_workload_info *info);
int ktb_describe_param(struct ktb_param_info *info);
int ktb_describe_metric(struct ktb_metric_info *info);
int ktb_describe_check(struct ktb_check_info *info);

#endif /* KTB_DESCRIBE_H */
