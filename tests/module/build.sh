#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 600
# The module builds as strangers build it: by kbuild alone, from a copy without git and
# without vm/module around it, as DKMS does; with its objects elsewhere; for a kernel
# without tracepoints; and for an architecture whose compiler calls a function where
# x86-64 has an instruction.


. "$(dirname "$0")/../lib.sh"

RISCV=$(command -v riscv64-linux-gnu-gcc riscv64-linux-gnu-gcc-{15,14,13,12} | head -n 1) || true

# What Debian's kernels were built with and this machine's compiler may not know.
COMPILER=(CC=gcc CONFIG_DEBUG_INFO_BTF_MODULES= CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=)

# kbuild KERNEL ARGUMENT...: what a stranger types, and nothing of ours in the environment.
kbuild() {
	local headers
	headers=$("$TOP/vm/kernel" "$1")/headers
	shift
	env -i PATH="$PATH" HOME="$TMP" make -j 2 -C "$headers" "${COMPILER[@]}" "$@" \
		>"$TMP/log" 2>&1 </dev/null || { tail -n 20 "$TMP/log" && return 1; }
}

# says MODULE REGEX: what the module says it is.
says() { strings "$1" | grep -Eqx "$2"; }

[ -x "$TOP/vm/kernel" ] || skip_all "vm/kernel is not there"
copy_tree "$TMP/src"
rm -rf "$TMP/src/.git"

# No shorter: the compiler makes numbers of short strings.
VERSION=1.2.3-of-a-distribution
for kernel in 5.10 7.3; do
	check "$kernel: make -C BUILD M=DIR builds it" \
		kbuild "$kernel" "M=$TMP/src/module" "KTB_VERSION=$VERSION"
	check "$kernel: it says which version it was told to be" \
		says "$TMP/src/module/ktbench.ko" "$VERSION"
	check "$kernel: make clean works" kbuild "$kernel" "M=$TMP/src/module" clean
	check "$kernel: and leaves what was there" test -z \
		"$(find "$TMP/src/module" -name '*.o' -o -name '*.ko' -o -name '*.mod*')"
done

check "7.3: the objects may lie elsewhere" kbuild 7.3 "M=$TMP/src/module" "MO=$TMP/objects"
check "7.3: and nothing is written beside the sources" \
	test -z "$(find "$TMP/src/module" -name '*.o')"
check "untold, it says that it does not know, and which compiler made it" \
	says "$TMP/objects/ktbench.ko" "unknown/gcc-$(gcc -dumpfullversion)"

# The kernel that it is built for has none of the calls, so an object that wants one of
# them could not be loaded. Headers of one without are not to be had: it is told so.
echo '#undef CONFIG_TRACEPOINTS' >"$TMP/none.h"
check "without CONFIG_TRACEPOINTS it builds" \
	kbuild 6.1 "M=$TMP/src/module" "KCFLAGS=-include $TMP/none.h"
wants() { nm -u "$1" | grep -q 'tracepoint'; }
no() { ! "$@"; }
check "and wants no tracepoint of the kernel" no wants "$TMP/src/module/ktbench.ko"
check "with it, it does" wants "$TMP/objects/ktbench.ko"

# What a callback records with, for riscv64 without extensions; __fls() is the generic
# one of the kernel's (include/asm-generic/bitops/__fls.h).
if [ -n "$RISCV" ]; then
	mkdir -p "$TMP/linux"
	cat >"$TMP/linux/bitops.h" <<-'END'
		static inline unsigned long __fls(unsigned long word)
		{
			unsigned long bit = 63, width;

			for (width = 32; width; width >>= 1)
				if (!(word & (~0UL << (64 - width)))) {
					bit -= width;
					word <<= width;
				}
			return bit;
		}
	END
	cat >"$TMP/fire.c" <<-'END'
		#define __always_inline inline __attribute__((__always_inline__))
		#include <ktb_record.h>
		void fire(struct ktb_hist_area *hist, long value_ns);
		void fire(struct ktb_hist_area *hist, long value_ns)
		{
			ktb_record_add(hist, value_ns);
		}
	END
	# compile OBJECT FLAG...
	compile() {
		local object=$1
		shift
		"$RISCV" -O2 -march=rv64gc -mabi=lp64d -ffreestanding "$@" -I"$TMP" -I"$TOP/include" \
			-idirafter /usr/include -idirafter "/usr/include/$(gcc -print-multiarch)" \
			-c -o "$object" "$TMP/fire.c"
	}
	calls() { nm -u "$1" | grep -q .; }
	check "riscv64: what records a sample is compiled for a kernel" \
		compile "$TMP/kernel.o" -D__KERNEL__
	check "riscv64: it calls nothing" no calls "$TMP/kernel.o"
	check "riscv64: in user space it may" compile "$TMP/user.o"
	check "riscv64: there it does, so that a call is seen" calls "$TMP/user.o"
else
	skip "riscv64: what records a sample calls nothing" \
		"there is no compiler for it (Debian: apt-get install gcc-riscv64-linux-gnu)"
fi
finish
