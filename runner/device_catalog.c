// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The enumeration of the device: workloads, parameters and metrics become a
 * catalogue. It may not know sessions, areas or jobs.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "device_abi.h"

_Static_assert((int)KTB_UNIT_KIND_NS == (int)KTB_UNIT_NS &&
		       (int)KTB_UNIT_KIND_COUNT == (int)KTB_UNIT_COUNT &&
		       (int)KTB_UNIT_KIND_BYTES == (int)KTB_UNIT_BYTES &&
		       (int)KTB_UNIT_KIND_PS == (int)KTB_UNIT_PS,
	       "units are numbered as in the ABI");
_Static_assert((int)KTB_PARAM_KIND_ENUM == (int)KTB_PARAM_ENUM &&
		       (int)KTB_METRIC_WHAT_COUNTER ==
			       (int)KTB_METRIC_COUNTER &&
		       (int)KTB_METRIC_WHERE_THREAD == (int)KTB_CONTEXT_THREAD,
	       "kinds and contexts are numbered as in the ABI");
static void split_choices(const char *text, struct ktb_param *param)
{
	char *copy = ktb_alloc_text("%.*s", KTB_CHOICES_LEN, text);
	char *rest = copy;
	char *choice;

	while ((choice = strsep(&rest, ",")) && *choice) {
		param->choices = ktb_alloc_more(param->choices,
						param->nr_choices,
						sizeof(*param->choices));
		param->choices[param->nr_choices++] =
			ktb_alloc_text("%s", choice);
	}
	free(copy);
}

static int ask_params(struct ktb_device *device, uint32_t index,
		      struct ktb_workload *workload, uint32_t nr)
{
	struct ktb_param_info info;
	struct ktb_param *param;
	int ret;

	workload->params = ktb_alloc_zeroed(nr, sizeof(*workload->params));
	for (; workload->nr_params < nr; workload->nr_params++) {
		info = (struct ktb_param_info){
			.size = sizeof(info),
			.workload = index,
			.index = (uint32_t)workload->nr_params,
		};
		ret = ktb_device_call(device, KTB_IOC_PARAM_INFO, &info);
		if (ret)
			return ret;
		if (info.type >= KTB_NR_PARAM_KINDS ||
		    info.unit >= KTB_NR_UNIT_KINDS)
			return -EPROTO;
		param = &workload->params[workload->nr_params];
		*param = (struct ktb_param){
			.name = ktb_alloc_text("%.*s", KTB_NAME_LEN, info.name),
			.help = ktb_alloc_text("%.*s", KTB_HELP_LEN, info.help),
			.kind = (enum ktb_param_kind)info.type,
			.unit = (enum ktb_unit_kind)info.unit,
			.common = info.flags & KTB_PARAM_COMMON,
			.min = info.min,
			.max = info.max,
			.def = info.def,
		};
		split_choices(info.choices, param);
	}
	return 0;
}

static int ask_metrics(struct ktb_device *device, uint32_t index,
		       struct ktb_workload *workload, uint32_t nr)
{
	struct ktb_metric_info info;
	int ret;

	workload->metrics = ktb_alloc_zeroed(nr, sizeof(*workload->metrics));
	for (; workload->nr_metrics < nr; workload->nr_metrics++) {
		info = (struct ktb_metric_info){
			.size = sizeof(info),
			.workload = index,
			.index = (uint32_t)workload->nr_metrics,
		};
		ret = ktb_device_call(device, KTB_IOC_METRIC_INFO, &info);
		if (ret)
			return ret;
		if (info.kind >= KTB_NR_METRIC_WHATS ||
		    info.unit >= KTB_NR_UNIT_KINDS ||
		    info.context >= KTB_NR_METRIC_WHERES)
			return -EPROTO;
		workload->metrics[workload->nr_metrics] = (struct ktb_metric){
			.name = ktb_alloc_text("%.*s", KTB_NAME_LEN, info.name),
			.help = ktb_alloc_text("%.*s", KTB_HELP_LEN, info.help),
			.what = (enum ktb_metric_what)info.kind,
			.unit = (enum ktb_unit_kind)info.unit,
			.where = (enum ktb_metric_where)info.context,
			.primary = info.flags & KTB_METRIC_PRIMARY,
			.part = info.flags & KTB_METRIC_PART,
			.loss = info.flags & KTB_METRIC_LOSS,
			.phase = info.flags & KTB_METRIC_PHASE,
			.call = info.flags & KTB_METRIC_CALL,
			.rate = info.flags & KTB_METRIC_RATE,
			.missed = info.flags & KTB_METRIC_MISSED,
		};
	}
	return 0;
}

int ktb_device_catalog(struct ktb_device *device, struct ktb_catalog *catalog)
{
	struct ktb_workload_info info;
	struct ktb_workload *workload;
	uint32_t i;
	int ret = 0;

	*catalog = (struct ktb_catalog){ 0 };
	catalog->workloads = ktb_alloc_zeroed(device->nr_workloads,
					      sizeof(*catalog->workloads));
	for (i = 0; i < device->nr_workloads && !ret; i++) {
		info = (struct ktb_workload_info){ .size = sizeof(info),
						   .index = i };
		ret = ktb_device_call(device, KTB_IOC_WORKLOAD_INFO, &info);
		if (ret)
			break;
		workload = &catalog->workloads[catalog->nr_workloads++];
		workload->name =
			ktb_alloc_text("%.*s", KTB_NAME_LEN, info.name);
		workload->help =
			ktb_alloc_text("%.*s", KTB_HELP_LEN, info.help);
		workload->contracts = ktb_alloc_text("%.*s", KTB_CONTRACTS_LEN,
						     info.contracts);
		workload->index = i;
		workload->arm_elsewhere = info.flags &
					  KTB_WORKLOAD_ARM_ELSEWHERE;
		workload->is_user = info.flags & KTB_WORKLOAD_USER;
		ret = ask_params(device, i, workload, info.nr_params);
		if (!ret)
			ret = ask_metrics(device, i, workload, info.nr_metrics);
	}
	if (ret)
		ktb_catalog_free(catalog);
	return ret;
}
