// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The device's checks: what they are, and performing one. It may not know who
 * asks, or what is done with a verdict.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "device_abi.h"
#include "device_check.h"

_Static_assert((int)KTB_FOUND_HOLDS == (int)KTB_VERDICT_HOLDS &&
		       (int)KTB_FOUND_CHANGED == (int)KTB_VERDICT_CHANGED &&
		       (int)KTB_FOUND_SKIPPED == (int)KTB_VERDICT_SKIPPED &&
		       (int)KTB_FOUND_FAILS == (int)KTB_VERDICT_FAILS,
	       "verdicts are numbered as in the ABI");

int ktb_device_check_info(struct ktb_device *device, uint32_t index,
			  struct ktb_device_check *check)
{
	struct ktb_check_info info = { .size = sizeof(info), .index = index };
	int ret = ktb_device_call(device, KTB_IOC_CHECK_INFO, &info);

	if (ret)
		return ret;
	*check = (struct ktb_device_check){
		.name = ktb_alloc_text("%.*s", KTB_CHECK_NAME_LEN, info.name),
		.contract =
			ktb_alloc_text("%.*s", KTB_SENTENCE_LEN, info.contract),
		.source = ktb_alloc_text("%.*s", KTB_SOURCE_LEN, info.source),
	};
	return 0;
}

int ktb_device_check(struct ktb_device *device, uint32_t index,
		     struct ktb_device_verdict *verdict)
{
	char *evidence = ktb_alloc_zeroed(1, KTB_MAX_EVIDENCE + 1);
	struct ktb_check_run run = {
		.size = sizeof(run),
		.index = index,
		.evidence = (uintptr_t)evidence,
		.evidence_bytes = KTB_MAX_EVIDENCE,
	};
	int ret = ktb_device_call(device, KTB_IOC_CHECK, &run);

	if (!ret && (run.verdict > KTB_VERDICT_FAILS ||
		     run.evidence_bytes > KTB_MAX_EVIDENCE))
		ret = -EPROTO;
	if (ret) {
		free(evidence);
		return ret;
	}
	*verdict = (struct ktb_device_verdict){
		.found = (enum ktb_found)run.verdict,
		.reason = ktb_alloc_text("%.*s", KTB_SENTENCE_LEN, run.reason),
		.evidence = evidence,
		.duration_ns = run.duration_ns,
	};
	return 0;
}
