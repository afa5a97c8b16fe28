// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A plugin of QEMU (7.2 to 8.2): how many instructions the guest has executed, each time
 * that it says so, and where. The guest says so with an instruction that does nothing and
 * that no compiler writes (mark.c): counting begins at the first such mark, which spares
 * the boot the time, and each later one writes a line with the count to a file. It adds
 * nothing to what the guest executes. Given a second file, it keeps there what was
 * executed between the last two marks, as "address count" lines.
 *
 *	-plugin count.so,out=FILE[,where=FILE]
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What of QEMU's interface is used here; its packages bring no header. */
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef uint64_t qemu_plugin_id_t;
#define INLINE_ADD_U64 0
#define CB_NO_REGS     0

void qemu_plugin_register_vcpu_tb_trans_cb(
	qemu_plugin_id_t id,
	void (*translated)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb));
void qemu_plugin_reset(qemu_plugin_id_t id, void (*begin)(qemu_plugin_id_t id));
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *
qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
					    void (*executed)(unsigned int cpu,
							     void *data),
					    int flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn,
						int op, void *counter,
						uint64_t addend);

/* What QEMU looks for. */
extern int qemu_plugin_version;
int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc,
			char **argv);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

/* As in mark.c. */
static const unsigned char mark[] = { 0x0f, 0x1f, 0x80, 0x4d, 0x4b, 0x54, 0x42 };

/* A slot an address; a guest that runs a few programs has some 100,000. */
#define PLACES (1 << 20)

struct place {
	uint64_t vaddr;
	uint64_t count;
};

static qemu_plugin_id_t plugin_id;
static bool is_counting;
static uint64_t executed;
static struct place *places;
static const char *where;
static FILE *out;

static struct place *place_of(uint64_t vaddr)
{
	uint64_t i = vaddr * 0x9e3779b97f4a7c15ULL >> 44;

	while (places[i].vaddr != vaddr && places[i].vaddr)
		i = (i + 1) % PLACES;
	places[i].vaddr = vaddr;
	return &places[i];
}

/* keep_places - what was executed since the last mark, and begin anew */
static void keep_places(void)
{
	FILE *file = fopen(where, "w");

	if (!file)
		return;
	for (size_t i = 0; i < PLACES; i++) {
		if (places[i].count)
			fprintf(file, "%016" PRIx64 " %" PRIu64 "\n",
				places[i].vaddr, places[i].count);
		places[i].count = 0;
	}
	fclose(file);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);

/* begin - all that has been translated is forgotten; what comes now is counted */
static void begin(qemu_plugin_id_t id)
{
	is_counting = true;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
}

static void marked(unsigned int cpu, void *data)
{
	if (!is_counting) {
		qemu_plugin_reset(plugin_id, begin);
		return;
	}
	fprintf(out, "%" PRIu64 "\n", executed);
	fflush(out);
	if (where)
		keep_places();
}

static bool is_mark(const struct qemu_plugin_insn *insn)
{
	return qemu_plugin_insn_size(insn) == sizeof(mark) &&
	       !memcmp(qemu_plugin_insn_data(insn), mark, sizeof(mark));
}

static void count(struct qemu_plugin_insn *insn)
{
	qemu_plugin_register_vcpu_insn_exec_inline(insn, INLINE_ADD_U64,
						   &executed, 1);
	if (where)
		qemu_plugin_register_vcpu_insn_exec_inline(
			insn, INLINE_ADD_U64,
			&place_of(qemu_plugin_insn_vaddr(insn))->count, 1);
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	const size_t nr = qemu_plugin_tb_n_insns(tb);

	for (size_t i = 0; i < nr; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);

		if (is_counting)
			count(insn);
		if (is_mark(insn))
			qemu_plugin_register_vcpu_insn_exec_cb(
				insn, marked, CB_NO_REGS, NULL);
	}
}

__attribute__((visibility("default"))) int
qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc,
		    char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "out=", 4))
			out = fopen(argv[i] + 4, "w");
		else if (!strncmp(argv[i], "where=", 6))
			where = strdup(argv[i] + 6);
	}
	plugin_id = id;
	if (where)
		places = calloc(PLACES, sizeof(*places));
	if (!out || (where && !places)) {
		fprintf(stderr, "count: give out=FILE, that can be written\n");
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	return 0;
}
