#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The front door: help lists every target and every variable, a fresh machine's
# make says nothing that is not asked for, DEPS=no touches no package.
# shellcheck disable=SC2013,SC2016 # words are meant, and shells that are called expand them

. "$(dirname "$0")/../lib.sh"

cd "$TOP" || exit 2
# What make set for its own children is not for these.
unset MAKEFLAGS MFLAGS MAKELEVEL

make --no-print-directory >"$TMP/help" 2>&1
check "help is the default target" grep -q '^  bench ' "$TMP/help"
for target in $(sed -n 's/^\.PHONY: //p' Makefile); do
	check "help has the target $target" grep -qE "^  $target +[a-z]" "$TMP/help"
done
for variable in B SUITE LANE KERNEL SMP RESULTS BOOTS LOOKS COMPARE DEPS TESTS KERNELS JOBS DRY_RUN PREFIX DESTDIR CC CFLAGS; do
	check "help has the variable $variable" grep -qE "^  $variable +[a-z]" "$TMP/help"
done

# What is built for by default is no choice of what to run on.
planned() {
	make --no-print-directory matrix DRY_RUN=yes B="$TMP/build" "$@" 2>&1 |
		awk '/; guest about / { print $1 }' | paste -sd' '
}
rows=$(sed '/^#/d; s/ .*//' vm/kernels | paste -sd' ')
check "make matrix: every row of vm/kernels" test "$(planned)" = "$rows"
check "make matrix KERNELS=: these" test "$(planned KERNELS="6.1 7.3-rt")" = "6.1 7.3-rt"
check_fails 0 '^4 guests at once .asked for' "make matrix JOBS=: so many" \
	make --no-print-directory matrix DRY_RUN=yes JOBS=4 B="$TMP/build"
check "DRY_RUN=yes builds nothing" test ! -e "$TMP/build"

# What make compare hands on: what was said, and no defaults of other targets.
compare()
{
	make --no-print-directory -n compare DEPS=no B="$B" "$@" 2>/dev/null |
		sed -n "s/.* vm\/compare *//p" | tr -s ' '
}
check "make compare: its kernels, and no suite of bench's" \
	test "$(compare KERNELS="6.1 6.12")" = "6.1 6.12"
check "make compare BOOTS= LOOKS= SUITE= SMP= LANE=exact" test \
	"$(compare KERNELS="a b" BOOTS=3 LOOKS="2 3" SUITE=smoke SMP=1 LANE=exact)" = \
	"--exact --boots '3' --looks '2 3' --suite 'smoke' --smp '1' a b"
check "make compare COMPARE=: goes on, and nothing else" \
	test "$(compare COMPARE=x KERNELS="a b")" = "--continue 'x'"
check_fails 2 'on this machine it is ktbench run --boots' "make compare: guests only" \
	make --no-print-directory compare LANE=metal DEPS=no B="$B"

# A machine with make and little else.
mkdir "$TMP/bin"
for tool in make awk sh bash cat cut dirname env find grep head id mkdir nproc paste sed sort tail tr touch uname; do
	[ -z "$(command -v $tool)" ] || ln -s "$(command -v $tool)" "$TMP/bin/$tool"
done
bare() {
	env -i PATH="$TMP/bin" HOME="$TMP" make --no-print-directory B="$TMP/build" "$@"
}
check "help without pkg-config is quiet" sh -c '[ -z "$("$@" 2>&1 >/dev/null)" ]' \
	sh env -i PATH="$TMP/bin" make --no-print-directory
check_fails 2 'install them, as root, and run again: .*gcc' \
	"a build without a compiler says what to install" bare all
check "and begins nothing" test ! -e "$TMP/build"
printf '#!/bin/sh\necho called >>"%s"\nexit 100\n' "$TMP/calls" >"$TMP/bin/apt-get"
cp "$TMP/bin/apt-get" "$TMP/bin/sudo"
chmod +x "$TMP/bin/apt-get" "$TMP/bin/sudo"
check_fails 2 'install them' "DEPS=no: bench stops at the build" bare bench DEPS=no
check_fails 2 'install them' "DEPS=no: test stops at the build" bare test DEPS=no
check "DEPS=no calls no package manager" test ! -e "$TMP/calls"
check_fails 2 'LANE=fast is no lane' "a lane that is none" bare bench LANE=fast
check_fails 2 'apt-get failed' "without DEPS=no it is called" bare test
check "and nothing is begun when it fails" test ! -e "$TMP/build"

# What tests and a compiler that was stopped leave below B is no Makefile: a package
# that was unpacked there, a dependency file that was cut.
LEFT=$TMP/left
mkdir -p "$LEFT/runner/init.d" "$LEFT/tests/unit/x.d" "$LEFT/tests/tools/etc/init.d" "$LEFT/tests/abi"
for file in runner/init.d/x tests/tools/etc/init.d/x tests/tools/y.d runner/cut.o.d.new tests/abi/cut.d.new; do
	echo '#!/bin/sh' >"$LEFT/$file"
	echo 'case x in' >>"$LEFT/$file"
done
touch "$LEFT/.packages"
check "make all reads no directory for a file of dependencies" \
	make --no-print-directory -n all DEPS=no B="$LEFT"
printf 'include/one.h:\ninclude/two' >"$LEFT/runner/broken.d"
check_fails 2 'missing separator' "the compiler's own files are read" make -n all DEPS=no B="$LEFT"
check "make help needs none of them" make help B="$LEFT"
check "make without a target neither" make B="$LEFT"
check "make clean neither" make clean B="$LEFT"
check "  and all of it is gone" test ! -e "$LEFT"
mkdir -p "$LEFT"
check "a compiler's dependencies are kept" make --no-print-directory DEPS=no B="$LEFT" "$LEFT/runner/units.o"
check_fails 0 'gcc .*-c -o .*/units\.o' "  and a header that changes builds it anew" \
	make --no-print-directory -n -W runner/units.h DEPS=no CC=gcc B="$LEFT" "$LEFT/runner/units.o"
check "  as nothing else does" make --no-print-directory -q DEPS=no B="$LEFT" "$LEFT/runner/units.o"
check "  and nothing that is half written" test ! -e "$LEFT/runner/units.o.d.new"
finish
