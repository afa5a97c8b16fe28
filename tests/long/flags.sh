#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 3600
# The program and its unit tests built with the options of packagers and of those
# who look for faults, and the tests run: sanitizers, -O3, fortified, clang.
. "$(dirname "$0")/../lib.sh"

cd "$TOP" || exit 2
unset MAKEFLAGS MFLAGS MAKELEVEL CFLAGS CPPFLAGS LDFLAGS WERROR

# flags NAME WORD...: builds with these words for make, and runs the unit tests.
flags() {
	local name=$1 test failed=0

	check "$name: all and unit are built" make --no-print-directory -j"$(nproc)" \
		DEPS=no B="$TMP/$name" "${@:2}" all unit
	for test in "$TMP/$name"/tests/unit/test_*; do
		case $test in *.d | *.new | *'*') continue ;; esac
		"$test" >"$TMP/out" 2>&1 && ! grep -q 'runtime error:' "$TMP/out" && continue
		failed=$((failed + 1))
		not_ok "$name: $(basename "$test")"
		grep -E 'runtime error:|ERROR|SUMMARY|not ok' "$TMP/out" | head -20 | diag
	done
	[ $failed -ne 0 ] || check "$name: and all unit tests pass" test -x "$TMP/$name/tests/unit/test_units"
	rm -rf "${TMP:?}/$name"
}

flags sanitizers CFLAGS='-O1 -g -fsanitize=address,undefined'
flags fastest CFLAGS=-O3
flags fortified CFLAGS='-O2 -g -fstack-protector-strong' CPPFLAGS=-D_FORTIFY_SOURCE=3 \
	LDFLAGS='-Wl,-z,relro -Wl,-z,now'
flags slowest CFLAGS=-O0
if command -v clang >/dev/null; then
	flags clang CC=clang WERROR=yes
else
	skip "clang" "clang is missing (Debian: apt-get install clang)"
fi
finish
