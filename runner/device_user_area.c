// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The areas of the device in user space: a file in memory, one area a place, so
 * that what the runner has mapped outlives the session, as with the module. It
 * may not know what is measured.
 */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "device_user_engine.h"

/* The head of an area, all but where it is, and its bytes in whole pages. */
static size_t lay_out(const struct ktb_user_run *run, struct ktb_area *area)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t bytes;

	area->nr_hists =
		ktb_user_nr_kind(run->workload, KTB_METRIC_DISTRIBUTION);
	area->nr_counters = ktb_user_nr_kind(run->workload, KTB_METRIC_COUNTER);
	area->nr_areas = run->nr_places;
	area->max_raw = (uint32_t)run->values[KTB_USER_RAW_SAMPLES];
	bytes = ktb_record_lay_out(area, KTB_USER_LINE_BYTES);
	return (bytes + page - 1) / page * page;
}

/**
 * ktb_user_areas_bytes() - the memory that the areas will take
 * @run: checked
 */
uint64_t ktb_user_areas_bytes(const struct ktb_user_run *run)
{
	struct ktb_area area = { 0 };

	return run->nr_places * lay_out(run, &area);
}

/* What a thread on a place's CPU does for the place's area. */
struct touch {
	struct ktb_area *area;
	size_t bytes;
};

/*
 * The kernel gives a page to who touches it first, from his own node; and no
 * page is to be missing when samples are taken.
 */
static int touch_area(void *data)
{
	const struct touch *touch = data;
	unsigned int cpu = 0, node = 0;

	getcpu(&cpu, &node);
	memset(touch->area, 0, touch->bytes);
	touch->area->cpu = cpu;
	touch->area->node = (__s32)node;
	return 0;
}

static void init_cell(struct ktb_user_cell *cell, struct ktb_area *area)
{
	char *base = (char *)area;
	uint32_t i;

	*cell = (struct ktb_user_cell){
		.area = area,
		.hists = (void *)(base + area->hist_off),
		.counters = (void *)(base + area->counter_off),
		.matrix = (void *)(base + area->matrix_off),
		.worst = (void *)(base + area->worst_off),
		.raw = area->max_raw ? (void *)(base + area->raw_off) : NULL,
		.worst_floor_ns = KTB_RECORD_S64_MIN,
	};
	for (i = 0; i < area->nr_hists; i++)
		ktb_record_reset(&cell->hists[i]);
}

static int alloc_file(struct ktb_user_areas *areas)
{
	const size_t bytes = areas->nr * areas->bytes;
	void *base;

	areas->fd = memfd_create("ktbench", MFD_CLOEXEC);
	if (areas->fd < 0)
		return -ENOMEM;
	if (ftruncate(areas->fd, (off_t)bytes))
		return -ENOMEM;
	base = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, areas->fd,
		    0);
	if (base == MAP_FAILED)
		return -ENOMEM;
	areas->base = base;
	return 0;
}

/**
 * ktb_user_areas_alloc() - an empty area for each place, and the cells
 * @run: checked; ktb_user_areas_free() undoes this call, failed or not
 *
 * Return: 0, -ENOMEM, -EAGAIN (no thread), -ENXIO (a CPU went offline).
 */
int ktb_user_areas_alloc(struct ktb_user_run *run)
{
	struct ktb_user_areas *areas = &run->areas;
	struct ktb_area head = { 0 };
	struct touch touch;
	uint32_t i;
	int err;

	areas->nr = run->nr_places;
	areas->bytes = lay_out(run, &head);
	err = alloc_file(areas);
	for (i = 0; !err && i < areas->nr; i++) {
		touch = (struct touch){
			.area = (void *)(areas->base + i * areas->bytes),
			.bytes = areas->bytes,
		};
		err = ktb_user_engine_try(run->places[i].cpu, touch_area,
					  &touch);
		if (err)
			break;
		lay_out(run, touch.area);
		init_cell(&run->places[i].cell, touch.area);
	}
	return err;
}

/**
 * ktb_user_areas_free() - undo ktb_user_areas_alloc()
 * @areas: as it left them, or with no file
 *
 * What the runner has mapped stays until it unmaps it.
 */
void ktb_user_areas_free(struct ktb_user_areas *areas)
{
	if (areas->base)
		munmap(areas->base, areas->nr * areas->bytes);
	if (areas->fd >= 0)
		close(areas->fd);
	*areas = (struct ktb_user_areas){ .fd = -1 };
}

static void keep_worst(struct ktb_user_place *place,
		       const struct ktb_user_sample *sample)
{
	struct ktb_user_cell *cell = &place->cell;
	struct ktb_worst *worst;
	uint32_t slot;

	slot = ktb_record_worst_slot(&cell->area, cell->rank,
				     &cell->worst_floor_ns,
				     sample->value_ns - sample->allowed_ns);
	worst = &cell->worst[slot];
	*worst = (struct ktb_worst){
		.value_ns = sample->value_ns,
		.allowed_ns = sample->allowed_ns,
		.due_ns = sample->due_ns,
		.fired_ns = sample->fired_ns,
		.armed_ns = sample->armed_ns,
		.timer = sample->timer,
		.cpu = place->cpu,
		.armed_cpu = place->cpu,
		.pid = (__u32)place->tid,
	};
	memcpy(worst->comm, place->name, sizeof(place->name));
}

/**
 * ktb_user_sample() - one sample of the primary metric
 * @place: of the caller
 * @primary: index of the primary metric's histogram
 * @sample: the sample; it is in the recorded window
 */
void ktb_user_sample(struct ktb_user_place *place, uint32_t primary,
		     const struct ktb_user_sample *sample)
{
	struct ktb_user_cell *cell = &place->cell;

	ktb_record_add(&cell->hists[primary], sample->value_ns);
	cell->matrix[place->index]++;
	if (sample->value_ns - sample->allowed_ns > cell->worst_floor_ns)
		keep_worst(place, sample);
	if (cell->raw)
		ktb_record_raw(cell->area, cell->raw, sample->fired_ns,
			       sample->value_ns, sample->timer, &place->cpu);
}

/**
 * ktb_user_miss() - record some periods, as far as they are in the window
 * @place: of the caller
 * @metric: the distribution that they belong to
 * @missed: the periods, in order
 * @came_ns: when that came which came instead
 *
 * Return: how many were recorded.
 */
uint64_t ktb_user_miss(struct ktb_user_place *place, uint32_t metric,
		       const struct ktb_missed *missed, uint64_t came_ns)
{
	struct ktb_user_run *run = place->run;
	/* Pairs with the releases of the engine's course. */
	uint64_t span_ns = __atomic_load_n(&run->span_ns, __ATOMIC_ACQUIRE);
	struct ktb_missed in = *missed;

	ktb_missed_clip(&in, __atomic_load_n(&run->begin_ns, __ATOMIC_RELAXED),
			span_ns);
	ktb_missed_record(&place->cell.hists[metric], &in, came_ns, 1);
	return in.nr;
}
