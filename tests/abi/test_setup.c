/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SETUP's lists: how many, which CPUs, pointers that cannot be followed; and a
 * failed SETUP leaves nothing behind.
 */
#include "abi.h"

static struct abi_job job;

static bool is_blamed(__u32 what, __u32 index)
{
	if (job.setup.err_what == what && job.setup.err_index == index)
		return true;
	diag("err_what is %u, not %u; err_index %u, not %u", job.setup.err_what,
	     what, job.setup.err_index, index);
	return false;
}

static void test_places(int fd)
{
	struct ktb_place *many;
	struct ktb_query query;
	__u32 absent = sysconf(_SC_NPROCESSORS_CONF);

	abi_job_init(&job, fd, "null", 0);
	abi_place(&job, absent);
	is_errno(abi_setup(&job), ENXIO, "a place on CPU %u", absent);
	ok(is_blamed(KTB_WHAT_PLACE, 1), "err_* name places[1]");
	job.places[1] = (struct ktb_place){ 0xffffffff, 0xffffffff };
	is_errno(abi_setup(&job), ENXIO, "a place on CPU 4294967295");
	job.places[1] = (struct ktb_place){ 1, absent };
	is_errno(abi_setup(&job), ENXIO, "a place armed on CPU %u", absent);
	ok(is_blamed(KTB_WHAT_PLACE, 1), "err_* name places[1]");
	job.places[1] = job.places[0];
	is_errno(abi_setup(&job), EINVAL, "a place given twice");

	abi_job_init(&job, fd, "null", 0);
	job.setup.nr_places = 0;
	is_errno(abi_setup(&job), ERANGE, "no place at all");
	/* As many as QUERY says are looked at, one more is not. */
	is_errno(abi_query(fd, &query), 0, "QUERY");
	many = calloc(query.max_cpus + 1, sizeof(*many));
	job.setup.places = (__u64)(unsigned long)many;
	job.setup.nr_places = query.max_cpus + 1;
	is_errno(abi_setup(&job), ERANGE, "%u places", job.setup.nr_places);
	ok(job.setup.err_limit == query.max_cpus, "the limit is %u",
	   query.max_cpus);
	job.setup.nr_places = query.max_cpus;
	is_errno(abi_setup(&job), query.max_cpus > 1 ? EINVAL : 0,
		 "%u places, all on CPU 0", job.setup.nr_places);
	free(many);
	job.setup.nr_places = 0xffffffff;
	is_errno(abi_setup(&job), ERANGE, "4294967295 places");
}

static void test_arm_cpu(int fd)
{
	struct ktb_workload_info info;
	int error;
	__u32 i;

	for (i = 0; !abi_workload_info(fd, i, &info); i++) {
		abi_job_init(&job, fd, info.name, 0);
		job.places[0].arm_cpu = 1;
		error = abi_setup(&job);
		if (info.flags & KTB_WORKLOAD_ARM_ELSEWHERE) {
			ok(!error || error == EOPNOTSUPP,
			   "%s armed on another CPU is taken or refused: %s",
			   info.name, abi_errno(error));
			continue;
		}
		is_errno(error, EOPNOTSUPP, "%s armed on another CPU",
			 info.name);
		ok(is_blamed(KTB_WHAT_PLACE, 0), "err_* name places[0]");
	}
}

static void test_disturb(int fd)
{
	__u32 absent = sysconf(_SC_NPROCESSORS_CONF);
	struct ktb_query query;
	__u32 position;

	abi_job_init(&job, fd, "null", 0);
	abi_set(&job, "disturb_irqoff", ABI_MS);
	position = job.setup.nr_params - 1;
	is_errno(abi_setup(&job), EOPNOTSUPP,
		 "a disturbance without a CPU to disturb");
	ok(is_blamed(KTB_WHAT_PARAM, position), "err_* name params[%u]",
	   position);
	abi_disturb(&job, 1);
	is_errno(abi_setup(&job), 0, "the same with a CPU");
	abi_disturb(&job, 1);
	is_errno(abi_setup(&job), EINVAL, "a CPU to disturb given twice");
	job.disturb[1] = absent;
	is_errno(abi_setup(&job), ENXIO, "CPU %u to disturb", absent);
	ok(is_blamed(KTB_WHAT_DISTURB, 1), "err_* name disturb[1]");
	is_errno(abi_query(fd, &query), 0, "QUERY");
	job.setup.nr_disturb = query.max_cpus + 1;
	is_errno(abi_setup(&job), ERANGE, "%u CPUs to disturb",
		 job.setup.nr_disturb);
}

static void test_pointers(int fd)
{
	const __u64 bad[] = { 0, 1, 0xffff888000000000ULL };
	size_t i;

	for (i = 0; i < ABI_NR(bad); i++) {
		abi_job_init(&job, fd, "null", 0);
		job.setup.params = bad[i];
		is_errno(abi_setup(&job), EFAULT, "params at %#llx",
			 (unsigned long long)bad[i]);
		abi_job_init(&job, fd, "null", 0);
		job.setup.places = bad[i];
		is_errno(abi_setup(&job), EFAULT, "places at %#llx",
			 (unsigned long long)bad[i]);
		abi_job_init(&job, fd, "null", 0);
		abi_disturb(&job, 1);
		job.setup.disturb = bad[i];
		is_errno(abi_setup(&job), EFAULT, "disturb at %#llx",
			 (unsigned long long)bad[i]);
	}
	abi_job_init(&job, fd, "null", 0);
	job.setup.nr_params = 0;
	job.setup.params = 1;
	job.setup.disturb = 1;
	is_errno(abi_setup(&job), 0, "empty lists at no address");
	abi_job_init(&job, fd, "null", 0);
	job.setup.nr_params = 0x80000000;
	ok(abi_setup(&job) != 0, "2147483648 parameters are refused");
}

/* A session that was ready is open again after a SETUP that failed. */
static void test_failed_setup(int fd)
{
	const struct ktb_area *area;

	abi_job_init(&job, fd, "null", 0);
	is_errno(abi_setup(&job), 0, "a good SETUP");
	area = abi_map(&job, 0);
	ok(area && area->magic == KTB_AREA_MAGIC, "its area can be read");
	job.places[0].cpu = 0xffffffff;
	is_errno(abi_setup(&job), ENXIO, "a SETUP that fails after it");
	is_errno(abi_start(fd), ENODATA, "START then");
	is_errno(mmap(NULL, getpagesize(), PROT_READ, MAP_SHARED, fd, 0) ==
				 MAP_FAILED ?
			 errno :
			 0,
		 ENODATA, "mmap then");
	ok(abi_state(fd) == KTB_STATE_OPEN, "the session is OPEN then");
	ok(area && area->magic == KTB_AREA_MAGIC,
	   "the mapping of the earlier SETUP is still readable");
	if (area)
		munmap((void *)(unsigned long)area, getpagesize());
	job.places[0].cpu = 0;
	job.places[0].arm_cpu = 0;
	is_errno(abi_setup(&job), 0, "a good SETUP after all that");
	is_errno(abi_start(fd), 0, "START of it");
	ok(abi_wait(fd, 30000) == POLLIN, "it ends");
}

int main(void)
{
	int fd = abi_open();

	test_places(fd);
	test_arm_cpu(fd);
	test_disturb(fd);
	test_pointers(fd);
	test_failed_setup(fd);
	close(fd);
	return tap_done();
}
