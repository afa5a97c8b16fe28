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
for variable in B SUITE LANE KERNEL SMP RESULTS BOOTS LOOKS COMPARE DEPS TESTS KERNELS JOBS DRY_RUN DISTROS PREFIX DESTDIR CC CFLAGS CPPFLAGS LDFLAGS WERROR; do
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

# What packagers say: in the environment and on the command line, to what is
# compiled and to what is linked; with options of their own no warning is an
# error, unless they say so.
# planned FILE VARIABLE=VALUE...: what would be done with these in the environment.
planned_with() {
	env -u CFLAGS -u CPPFLAGS -u LDFLAGS "${@:2}" make --no-print-directory -n DEPS=no \
		B="$TMP/flags" all unit abi >"$1" 2>/dev/null
}
# has WHAT WORDS FILE TARGET: the line that makes a target has these words; lacks: not.
has() {
	if grep -e " -o $TMP/flags/$4 " "$3" | grep -qe "$2"; then ok "$1"; else not_ok "$1"; fi
}
lacks() {
	if grep -e " -o $TMP/flags/$4 " "$3" | grep -qve "$2"; then ok "$1"; else not_ok "$1"; fi
}
planned_with "$TMP/own" CFLAGS="-O3 -DOWN" CPPFLAGS=-DPRE LDFLAGS=-Wl,-z,now CC=othercc
planned_with "$TMP/none" A=b
planned_with "$TMP/no" WERROR=no
planned_with "$TMP/yes" WERROR=yes CFLAGS=-O1
for what in runner/units.o ktbench tests/unit/test_units tests/abi/test_size tests/analysis/make_result; do
	has "$what: CC and CFLAGS of the environment" "^othercc .*-O3 -DOWN" "$TMP/own" $what
done
for what in runner/units.o tests/unit/test_units tests/abi/test_size tests/analysis/fake_cell.o; do
	has "$what: CPPFLAGS of the environment" -DPRE "$TMP/own" $what
done
for what in ktbench tests/unit/test_units tests/abi/test_size tests/analysis/make_result; do
	has "$what: LDFLAGS of the environment" -Wl,-z,now "$TMP/own" $what
done
has "what is given comes last, and wins" "-DPRE -O3 -DOWN -c -o" "$TMP/own" runner/units.o
has "the default makes warnings errors" " -Werror .* -O2 -g " "$TMP/none" runner/units.o
lacks "WERROR=no: they are not" -Werror "$TMP/no" runner/units.o
lacks "nor are they with other CFLAGS" -Werror "$TMP/own" runner/units.o
has "unless WERROR=yes" " -Werror " "$TMP/yes" runner/units.o
# For once it is built: what was built with other options is built anew.
# shellcheck disable=SC2120,SC2119 # check calls it with arguments
build() {
	make --no-print-directory DEPS=no B="$TMP/flags" "$@" "$TMP/flags/runner/units.o"
}
unset CFLAGS CPPFLAGS LDFLAGS WERROR
check "an object with a sanitizer" build CFLAGS='-O1 -g -fsanitize=address,undefined'
check "  has it" grep -q __asan "$TMP/flags/runner/units.o"
check "the same without" build
check "  has it no more" sh -c '! grep -q __asan "$1"' - "$TMP/flags/runner/units.o"
build >"$TMP/again" 2>&1
check "and once more nothing is compiled" sh -c '! grep -q units "$1"' - <(grep -v 'up to date' "$TMP/again")
check "quotes in options are kept" build CPPFLAGS="-DWHO='\"me\"'"

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
