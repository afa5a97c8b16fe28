// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * GRUB's menu: the entry of a kernel, as grub-mkconfig of Debian 12 writes it.
 */
#include "support.h"

#include "runner/grub.h"

static const char config[] =
	"function savedefault {\n"
	"  if [ -z \"${boot_once}\" ]; then\n"
	"    saved_entry=\"${chosen}\"\n"
	"  fi\n"
	"}\n"
	"menuentry 'Debian GNU/Linux' --class debian $menuentry_id_option 'gnulinux-simple-1' {\n"
	"\tif [ x$grub_platform = xxen ]; then insmod xzio; fi\n"
	"\techo\t'Loading Linux 6.12.0 ...'\n"
	"\tlinux\t/boot/vmlinuz-6.12.0 root=UUID=1 ro  quiet\n"
	"\tinitrd\t/boot/initrd.img-6.12.0\n"
	"}\n"
	"submenu 'Advanced options for Debian GNU/Linux' $menuentry_id_option 'gnulinux-advanced-1' {\n"
	"\tmenuentry 'Debian GNU/Linux, with Linux 6.12.0' --class os $menuentry_id_option 'gnulinux-6.12.0-advanced-1' {\n"
	"\t\tlinux\t/boot/vmlinuz-6.12.0 root=UUID=1 ro  quiet\n"
	"\t}\n"
	"\tmenuentry 'Debian GNU/Linux, with Linux 6.1.0-56 (recovery mode)' $menuentry_id_option 'gnulinux-6.1.0-56-recovery-1' {\n"
	"\t\tlinux\t/boot/vmlinuz-6.1.0-56 root=UUID=1 ro single\n"
	"\t}\n"
	"\tmenuentry 'Debian GNU/Linux, with Linux 6.1.0-56' $menuentry_id_option 'gnulinux-6.1.0-56-advanced-1' {\n"
	"\t\tlinux\t/boot/vmlinuz-6.1.0-56 root=UUID=1 ro  quiet\n"
	"\t}\n"
	"}\n"
	"# menuentry 'no' { linux /vmlinuz-5.10 }\n"
	"menuentry \"Without an id\" {\n"
	"\tlinux16 (hd0,1)/vmlinuz-5.4 ro\n"
	"}\n"
	"menuentry 'UEFI' $menuentry_id_option 'uefi-firmware' {\n"
	"\tfwsetup\n"
	"}\n";

static void test_entries(void **state)
{
	static const struct {
		const char *kernel;
		const char *entry;
	} rows[] = {
		{ "6.12.0", "gnulinux-advanced-1>gnulinux-6.12.0-advanced-1" },
		{ "6.1.0-56",
		  "gnulinux-advanced-1>gnulinux-6.1.0-56-advanced-1" },
		{ "5.4", "Without an id" },
		{ "6.1.0", NULL },
		{ "5.10", NULL },
		{ "", NULL },
	};
	char *entry;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		entry = ktb_grub_entry(config, rows[i].kernel);
		if (rows[i].entry)
			assert_string_equal(entry, rows[i].entry);
		else
			assert_null(entry);
		free(entry);
	}
}

static void test_any_text_is_read(void **state)
{
	static const char *const texts[] = {
		"",
		"}}}}\n",
		"menuentry",
		"menuentry 'a {\nlinux /vmlinuz-1\n",
		"a {\nb {\nc {\nd {\ne {\nf {\ng {\nh {\ni {\nlinux /vmlinuz-1\n}\n",
		"linux /vmlinuz-1\n"
	};
	size_t i;

	/* An unclosed quote takes the brace with it, and the entry its image. */
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		free(ktb_grub_entry(texts[i], "1"));
	assert_null(ktb_grub_entry(texts[5], "1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_any_text_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
