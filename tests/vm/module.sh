#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# vm/module with sources that are wrong on purpose: a warning of the compiler or
# of sparse about them fails the build, each time, and names the line.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

MODULE=$TOP/vm/module
export B=$TMP/build KTB_MODULE_DIR=$TMP/source
"$TOP/vm/kernel" 6.1 >"$TMP/dir" 2>"$TMP/why" ||
	skip_all "no kernel 6.1 to build for: $(tail -n 1 "$TMP/why")"
KDIR=$(cat "$TMP/dir")

# source WORDS: a module with these words in it.
source_with() {
	mkdir -p "$KTB_MODULE_DIR"
	printf 'obj-m := ktbench.o\nktbench-y := main.o\n' >"$KTB_MODULE_DIR/Kbuild"
	cat >"$KTB_MODULE_DIR/main.c" <<-END
		#include <linux/module.h>
		$1
		MODULE_LICENSE("GPL");
		MODULE_DESCRIPTION("a module for a test");
	END
}

source_with ""
check_fails 0 "^$B/module/.*/ktbench.ko\$" "a clean module builds" "$MODULE" --dir "$KDIR"
before=$(stat -c %Y.%i "$B"/module/*/ktbench.ko)
check "a second time nothing is built" sh -c \
	'"$1" --dir "$2" >/dev/null && [ "$(stat -c %Y.%i "$B"/module/*/ktbench.ko)" = "$3" ]' \
	sh "$MODULE" "$KDIR" "$before"
source_with "static void unused(void) { }"
check_fails 1 'main.c:2.*warning: .unused. defined but not used' \
	"a warning of the compiler fails it" "$MODULE" --dir "$KDIR"
check_fails 1 'none is allowed' "also the second time" "$MODULE" --dir "$KDIR"
check "and no module is left" sh -c "! ls $B/module/*/ktbench.ko 2>/dev/null"
if command -v sparse >/dev/null; then
	source_with "int global_without_a_header;"
	check "what only sparse sees passes without it" "$MODULE" --dir "$KDIR"
	check_fails 1 "main.c:2.*global_without_a_header.*static" \
		"a warning of sparse fails it" "$MODULE" --dir "$KDIR" --sparse
else
	skip "a warning of sparse fails it" "sparse is not installed (setup/install test)"
fi
source_with "this is not C"
check_fails 1 'does not build for 6.1' "an error fails it" "$MODULE" --dir "$KDIR"
source_with ""
check_fails 4 "no compiler 'gcc-none'" "a compiler that is not there" \
	"$MODULE" --dir "$KDIR" CC=gcc-none
rm "$KTB_MODULE_DIR/main.c"
check_fails 1 'does not build' "a source that went away is missed" "$MODULE" --dir "$KDIR"
finish
