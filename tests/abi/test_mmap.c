/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The areas are read-only for ever, exactly as long as SETUP says, and live, and
 * are charged, as long as somebody maps them.
 */
#include <setjmp.h>
#include <signal.h>
#include <sys/wait.h>

#include "abi.h"

static struct abi_job job;
static sigjmp_buf after_fault;

static void on_fault(int signal)
{
	siglongjmp(after_fault, signal);
}

static int try_map(__u64 bytes, int prot, int flags, __u64 offset)
{
	void *area = mmap(NULL, bytes, prot, flags, job.fd, (off_t)offset);

	if (area == MAP_FAILED)
		return errno;
	munmap(area, bytes);
	return 0;
}

static void test_protection(void)
{
	__u64 bytes = job.setup.area_bytes;
	char *area;

	is_errno(try_map(bytes, PROT_READ, MAP_SHARED, 0), 0,
		 "a shared mapping to read");
	is_errno(try_map(bytes, PROT_READ | PROT_WRITE, MAP_SHARED, 0), EACCES,
		 "a shared mapping to write");
	is_errno(try_map(bytes, PROT_WRITE, MAP_SHARED, 0), EACCES,
		 "a shared mapping only to write");
	is_errno(try_map(bytes, PROT_READ, MAP_PRIVATE, 0), EACCES,
		 "a private mapping to read");
	is_errno(try_map(bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, 0), EACCES,
		 "a private mapping to write");

	area = mmap(NULL, bytes, PROT_READ, MAP_SHARED, job.fd, 0);
	if (area == MAP_FAILED)
		bail("the area cannot be mapped");
	is_errno(mprotect(area, bytes, PROT_READ | PROT_WRITE) ? errno : 0,
		 EACCES, "mprotect() to write later");
	is_errno(mprotect(area, bytes, PROT_NONE) ||
				 mprotect(area, bytes, PROT_READ) ?
			 errno :
			 0,
		 0, "mprotect() to none and back to read");
	ok(mremap(area, bytes, 2 * bytes, MREMAP_MAYMOVE) == MAP_FAILED,
	   "mremap() does not make it longer");
	signal(SIGSEGV, on_fault);
	if (!sigsetjmp(after_fault, 1)) {
		*(volatile char *)area = 1;
		ok(false, "a write to the area faults");
	} else {
		ok(true, "a write to the area faults");
	}
	signal(SIGSEGV, SIG_DFL);
	munmap(area, bytes);
}

/* Who may only read the file asks for the same mapping in the same words. */
static void test_read_only(void)
{
	int fd = open(KTB_DEVICE_PATH, O_RDONLY | O_CLOEXEC);
	int shared = job.fd;
	__u64 bytes;

	if (fd < 0)
		bail("open %s to read: %s", KTB_DEVICE_PATH, strerror(errno));
	job.fd = fd;
	if (abi_setup(&job))
		bail("SETUP of a device opened to read fails");
	bytes = job.setup.area_bytes;
	is_errno(try_map(bytes, PROT_READ, MAP_SHARED, 0), 0,
		 "opened to read, a shared mapping to read");
	is_errno(try_map(bytes, PROT_READ | PROT_WRITE, MAP_SHARED, 0), EACCES,
		 "opened to read, a shared mapping to write");
	is_errno(try_map(bytes, PROT_READ, MAP_PRIVATE, 0), EACCES,
		 "opened to read, a private mapping to read");
	close(fd);
	job.fd = shared;
}

static void test_bounds(void)
{
	__u64 bytes = job.setup.area_bytes, page = getpagesize();
	__u64 all = bytes * job.setup.nr_areas;
	const struct {
		const char *what;
		__u64 bytes;
		__u64 offset;
		int expected;
	} cases[] = {
		{ "the last area", bytes, all - bytes, 0 },
		{ "an area behind the last", bytes, all, EINVAL },
		{ "an offset between areas", bytes, page, EINVAL },
		{ "an area and a page", bytes + page, 0, EINVAL },
		{ "an area less a page", bytes - page, 0, EINVAL },
		{ "all areas at once", all, 0, EINVAL },
		{ "the last area and what follows", 2 * bytes, all - bytes,
		  EINVAL },
		{ "an offset far behind", bytes, 1ULL << 40, EINVAL },
		{ "the last offset there is", bytes,
		  0x7ffffffffffff000ULL - bytes, EINVAL },
	};
	size_t i;

	if (job.setup.nr_areas < 2 || bytes < 2 * page)
		bail("two areas of two pages are needed for this test");
	for (i = 0; i < ABI_NR(cases); i++)
		is_errno(try_map(cases[i].bytes, PROT_READ, MAP_SHARED,
				 cases[i].offset),
			 cases[i].expected, "mmap of %s", cases[i].what);
}

static void test_head(__u32 index)
{
	const struct ktb_area *area = abi_map(&job, index);
	struct ktb_workload_info info;
	__u64 bytes = job.setup.area_bytes;

	if (!area)
		bail("area %u cannot be mapped", index);
	abi_workload_info(job.fd, job.setup.workload, &info);
	ok(area->magic == KTB_AREA_MAGIC && area->head_bytes == sizeof(*area),
	   "area %u begins with its magic and its head's size", index);
	ok(area->nr_hists == info.nr_hists &&
		   area->nr_counters == info.nr_counters &&
		   area->nr_areas == job.setup.nr_areas,
	   "area %u has what its workload tells", index);
	ok(area->hist_off >= sizeof(*area) && area->hist_off % 8 == 0 &&
		   area->counter_off % 8 == 0 && area->matrix_off % 8 == 0 &&
		   area->worst_off % 8 == 0 && area->raw_off % 8 == 0,
	   "area %u: all is aligned to 8 bytes", index);
	ok(area->hist_off + area->nr_hists * sizeof(struct ktb_hist_area) <=
			   bytes &&
		   area->counter_off + area->nr_counters * 8ULL <= bytes &&
		   area->matrix_off + area->nr_areas * 8ULL <= bytes &&
		   area->worst_off + KTB_NR_WORST * sizeof(struct ktb_worst) <=
			   bytes &&
		   area->raw_off + area->max_raw * sizeof(struct ktb_raw) <=
			   bytes,
	   "area %u: all lies within it", index);
	ok(area->max_raw >= 1000 && !area->nr_raw && !area->nr_worst &&
		   !abi_hist(area, 0)->count && !abi_counter_at(area, 0),
	   "area %u is empty before the run", index);
	ok(!area->reserved, "area %u: the reserved field is zero", index);
	abi_unmap(&job, area);
}

/* A mapping outlives its session, and a child's lives beside its parent's. */
static void test_lifetime(void)
{
	const struct ktb_area *area = abi_map(&job, 0), *next;
	int status = -1;
	pid_t pid;

	if (!area)
		bail("area 0 cannot be mapped");
	pid = fork();
	if (!pid) {
		close(job.fd);
		_exit(area->magic == KTB_AREA_MAGIC ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	ok(!status, "a child reads the mapping that it inherits");
	job.places[0] = (struct ktb_place){ 2, 2 };
	if (abi_setup(&job))
		bail("a second SETUP fails");
	next = abi_map(&job, 0);
	ok(next && next != area && next->cpu != 0 && area->cpu == 0,
	   "after a second SETUP both its area and the old one are there");
	close(job.fd);
	ok(next && next->magic == KTB_AREA_MAGIC &&
		   area->magic == KTB_AREA_MAGIC,
	   "both are readable after close()");
}

/* Pages that somebody maps are charged, whatever became of their session. */
static void test_charged(void)
{
	__u64 bytes = 0, limit;
	void *maps[256];
	int error = 0, fd = abi_open();
	struct ktb_query query;
	size_t nr = 0, i;

	abi_query(fd, &query);
	limit = query.max_memory_bytes;
	abi_job_init(&job, fd, "null", 0);
	abi_set(&job, "raw_samples", abi_param(&job, "raw_samples").max);
	while (nr < ABI_NR(maps)) {
		error = abi_setup(&job);
		maps[nr] = error ? NULL :
				   (void *)(unsigned long)abi_map(&job, 0);
		if (!maps[nr])
			break;
		bytes += job.setup.area_bytes;
		nr++;
	}
	is_errno(error, ERANGE, "SETUP after %zu mappings of the ones before",
		 nr);
	/* What is not mapped of the last two is less than two of them. */
	ok(nr && job.setup.err_what == KTB_WHAT_MEMORY && bytes <= limit &&
		   bytes + 2 * (bytes / nr) >= limit,
	   "they are charged: %llu of %llu MiB are mapped", bytes >> 20,
	   limit >> 20);
	for (i = 0; i < nr; i++)
		munmap(maps[i], bytes / nr);
	is_errno(abi_setup(&job), 0, "SETUP when they are unmapped");
	close(fd);
}

int main(void)
{
	int fd = abi_open();
	__u32 i;

	abi_job_init(&job, fd, "null", 0);
	abi_place(&job, 1);
	abi_set(&job, "raw_samples", 1000);
	if (abi_setup(&job))
		bail("SETUP fails");
	test_protection();
	test_read_only();
	test_bounds();
	for (i = 0; i < job.setup.nr_areas; i++)
		test_head(i);
	test_lifetime();
	test_charged();
	return tap_done();
}
