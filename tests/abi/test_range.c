/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each parameter of each workload one below its smallest and one above its
 * largest value: ERANGE, and SETUP says which value and which limit. All
 * defaults, given in so many words, are accepted.
 */
#include <limits.h>

#include "abi.h"

static struct abi_job job;

/*
 * The bad value is given last of two, so that an err_index that is always
 * zero does not pass.
 */
static void test_value(int fd, const struct ktb_workload_info *workload,
		       const struct ktb_param_info *param, __s64 value,
		       __s64 limit)
{
	__u32 first = param->index ? 0 : 1;
	struct ktb_param_info other;
	int error;

	if (abi_param_info(fd, workload->index, first, &other))
		bail("%s has fewer than two parameters", workload->name);
	abi_job_init(&job, fd, workload->name, 0);
	job.setup.nr_params = 0;
	abi_set_index(&job, other.index, other.def);
	abi_set_index(&job, param->index, value);
	error = abi_setup(&job);
	if (error != ERANGE || job.setup.err_what != KTB_WHAT_PARAM ||
	    job.setup.err_index != 1 || job.setup.err_limit != limit)
		diag("%s, what %u, index %u, limit %lld", abi_errno(error),
		     job.setup.err_what, job.setup.err_index,
		     (long long)job.setup.err_limit);
	ok(error == ERANGE && job.setup.err_what == KTB_WHAT_PARAM &&
		   job.setup.err_index == 1 && job.setup.err_limit == limit,
	   "%s.%s = %lld is ERANGE, and err_* name params[1] and %lld",
	   workload->name, param->name, (long long)value, (long long)limit);
}

static void test_param(int fd, const struct ktb_workload_info *workload,
		       const struct ktb_param_info *param)
{
	if (param->min > LLONG_MIN) {
		test_value(fd, workload, param, param->min - 1, param->min);
		test_value(fd, workload, param, LLONG_MIN, param->min);
	}
	if (param->max < LLONG_MAX) {
		test_value(fd, workload, param, param->max + 1, param->max);
		test_value(fd, workload, param, LLONG_MAX, param->max);
	}
	if (param->min == LLONG_MIN && param->max == LLONG_MAX)
		diag("%s.%s takes any value", workload->name, param->name);
}

static void test_defaults(int fd, const struct ktb_workload_info *workload)
{
	struct ktb_param_info param;
	__u32 i;

	abi_job_init(&job, fd, workload->name, 0);
	job.setup.nr_params = 0;
	is_errno(abi_setup(&job), 0, "%s with no parameter given",
		 workload->name);
	for (i = 0; !abi_param_info(fd, workload->index, i, &param); i++)
		abi_set_index(&job, param.index, param.def);
	is_errno(abi_setup(&job), 0, "%s with all %u defaults given",
		 workload->name, i);
	ok(job.setup.err_what == KTB_WHAT_NOTHING && job.setup.nr_areas >= 1 &&
		   job.setup.area_bytes && job.setup.memory_bytes,
	   "%s: SETUP answers with its areas", workload->name);
	ok(job.setup.area_bytes % getpagesize() == 0,
	   "%s: an area is whole pages", workload->name);
}

static void test_given_twice(int fd, const struct ktb_workload_info *workload)
{
	struct ktb_param_info param;

	if (abi_param_info(fd, workload->index, 0, &param))
		bail("%s has no parameter", workload->name);
	abi_job_init(&job, fd, workload->name, 0);
	job.setup.nr_params = 2;
	job.params[0].index = param.index;
	job.params[0].value = param.def;
	job.params[1] = job.params[0];
	is_errno(abi_setup(&job), EINVAL, "%s with a parameter given twice",
		 workload->name);
	job.params[1].index = workload->nr_params;
	is_errno(abi_setup(&job), EINVAL, "%s with parameter %u of %u",
		 workload->name, workload->nr_params, workload->nr_params);
	job.params[1].index = 0xffffffff;
	is_errno(abi_setup(&job), EINVAL, "%s with parameter 4294967295",
		 workload->name);
}

/* Each choice of each enum is either measurable or refused as a whole. */
static void test_choices(int fd, const struct ktb_workload_info *workload)
{
	struct ktb_param_info param;
	__s64 value;
	int error;
	__u32 i;

	for (i = 0; !abi_param_info(fd, workload->index, i, &param); i++) {
		if (param.type == KTB_PARAM_INT)
			continue;
		for (value = param.min; value <= param.max; value++) {
			abi_job_init(&job, fd, workload->name, 0);
			abi_set_index(&job, i, value);
			error = abi_setup(&job);
			if (abi_is_refused(error))
				diag("%s.%s = %lld cannot be measured alone",
				     workload->name, param.name,
				     (long long)value);
			ok(!error || abi_is_refused(error),
			   "%s.%s = %lld is taken or refused: %s",
			   workload->name, param.name, (long long)value,
			   abi_errno(error));
		}
	}
}

int main(void)
{
	struct ktb_workload_info workload;
	struct ktb_param_info param;
	int fd = abi_open();
	__u32 i, j;

	for (i = 0; !abi_workload_info(fd, i, &workload); i++) {
		for (j = 0; !abi_param_info(fd, i, j, &param); j++)
			test_param(fd, &workload, &param);
		test_defaults(fd, &workload);
		test_given_twice(fd, &workload);
		test_choices(fd, &workload);
	}
	close(fd);
	return tap_done();
}
