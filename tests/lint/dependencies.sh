#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The house's dependency rules (docs/design.md, "The house"), as two tables: who
# may not say what, and which layer of the module stands above which. Looks at
# code only, never at comments or strings.

. "$(dirname "$0")/../lib.sh"

STRIP=$(dirname "$0")/strip.awk
INC='^[ 	]*#[ 	]*include[ 	]*["<]'

# what | files | but not these | may not match | how it is meant
rules()
{
	sed -e 's/^[ 	]*//' -e '/^#/d' -e '/^$/d' <<-EOF
	include/ depends on nothing | include/*.h include/uapi/linux/*.h | | ${INC}([^lku]|l[^i]|k[^t]|kt[^b]|u[^a]|linux/[^itb]|linux/b[^i]|.*\.\./) | include/ may only include <linux/types.h>, <linux/ioctl.h>, in a kernel <linux/bitops.h>, and its own headers
	runner/ takes nothing from module/ | runner/*.[ch] | | ${INC}(\.\./)*module/ | runner -> include <- module: what both need belongs in include/
	module/ takes nothing from user space | module/*.[ch] | | ${INC}(\.\./)*(runner|analysis)/ | runner -> include <- module: what both need belongs in include/
	only verbs reach into analysis/ | runner/*.[ch] | runner/cmd_*.c | ${INC}(\.\./)*analysis/ | only a runner/cmd_<verb>.c may include analysis/
	analysis/ takes nothing from runner/ or module/ | analysis/*.[ch] | | ${INC}(\.\./)*(runner|module)/ | analysis reads result directories and nothing else
	analysis/ does not know the ABI | analysis/*.[ch] | | ${INC}(.*/)?(ktbench|ktb_record|ktb_missed)\.h | analysis reads result directories, never the ABI header
	only device knows the ABI in runner/ | runner/*.[ch] | runner/device.c runner/device_*.c runner/device_abi.h runner/device_user*.h | ${INC}(.*/)?(linux/ktbench|ktb_record|ktb_missed|device_abi|device_user[a-z_]*)\.h | only runner/device.c and device_*.c include the ABI header
	only device calls ioctl() | runner/*.[ch] analysis/*.[ch] | runner/device.c runner/device_*.c | (^|[^_a-z])ioctl[ ]*\( | only runner/device.c knows ioctls
	nothing includes tests/ or vm/ | include/*.h include/uapi/linux/*.h module/*.[ch] runner/*.[ch] analysis/*.[ch] | | ${INC}(.*/)?(tests|vm)/ | nothing includes tests/ or vm/
	only dev.c touches user memory | module/*.[ch] | module/dev.c | (^|[^_a-z])(copy_(from|to|struct_from|struct_to)_user|ktb_copy_struct_from_user|(get|put|clear|strncpy_from|strndup|memdup|vmemdup)_user|u64_to_user_ptr|__user)([^_a-z]|\$) | only module/dev.c touches user memory; other files get kernel structs
	only session.c changes a session's state | module/*.[ch] | module/session.c | session(->|\.)state[ ]*=[^=]|(->|\.)state[ ]*=[ ]*KTB_STATE_|(WRITE_ONCE|smp_store_release|xchg[a-z_]*)\(&?[^,]*session(->|\.)state[ ]*,|, KTB_STATE_[A-Z]+\) | only module/session.c changes the state
	only engine.c makes and stops threads | module/*.[ch] | module/compat.h module/engine.c module/bound.c module/queue.c module/actor.[ch] module/shift.h module/kthread_*.c module/wl_kthread*.c module/check_*.c | (^|[^_a-z])(ktb_)?kthread_(create|run|stop|bind|park|unpark)[a-z_]*[ ]*\( | only module/engine.c makes and stops threads for workloads that want workers
	no builtin that may become a call | module/*.[ch] include/*.h | include/ktb_hist.h | __builtin_(clz|ctz|clrsb|ffs|popcount|parity) | use fls64(), __ffs64(), hweight64() of linux/bitops.h: on riscv64 the compiler's are calls
	only compat.h compares kernel versions | module/*.[ch] | module/compat.h | LINUX_VERSION_CODE|KERNEL_VERSION[ ]*\( | probe the headers for a name, in compat.h; never compare versions
	only compat.h has #if KTB_HAVE_* | module/*.[ch] | module/compat.h | KTB_HAVE_ | moved calls get a ktb_ name in module/compat.h
	EOF
}

# The module's layers from above to below; files of one line do not include each
# other's headers, but for the ones at the bottom. A header that belongs to no
# .c stands where its users may all reach it.
layers()
{
	cat <<-EOF
	main
	dev
	session describe
	charge
	request
	engine hotplug
	course
	wl_* check_* disturb
	workload area metric evidence clock compat wheel missed fleet policy trace birth kthread_life cost_calls bound pace queue contract actor shift sight hold bell alarm waker inject inject_points
	EOF
}

# Leaves the code of a file below $TMP/code, once.
strip_code()
{
	[ ! -e "$TMP/code/$1" ] || return 0
	mkdir -p "$TMP/code/${1%/*}"
	awk -f "$STRIP" "$1" >"$TMP/code/$1"
}

# Prints FILE:LINE: TEXT for each line of the files that matches the regex.
violations()
{
	chosen=
	for file in $1; do
		[ -f "$file" ] || continue
		for except in $2; do
			[ "$file" != "$except" ] || continue 2
		done
		strip_code "$file"
		chosen="$chosen $file"
	done
	# shellcheck disable=SC2086 # a word is a file
	(cd "$TMP/code" && grep -nE -e "$3" /dev/null $chosen) |
		sed 's/^\([^:]*:[0-9]*\):/\1: /'
}

trim()
{
	echo "$1" | sed -e 's/^[ 	]*//' -e 's/[ 	]*$//'
}

# Prints the rank of a module file's stem, from 1 above; nothing if unknown.
rank()
{
	layers | while read -r names; do
		_rank=$((${_rank:-0} + 1))
		set -f
		for name in $names; do
			# shellcheck disable=SC2254 # the name is meant as a pattern
			case $1 in $name) echo $_rank; set +f; return ;; esac
		done
		set +f
	done
}

# Prints what is wrong with the module's includes of its own headers.
layer_violations()
{
	bottom=$(layers | wc -l)
	for file in module/*.[ch]; do
		[ -f "$file" ] || continue
		own=$(basename "$file" | sed 's/\.[ch]$//')
		own_rank=$(rank "$own")
		if [ -z "$own_rank" ]; then
			echo "$file: has no layer; give it one in tests/lint/dependencies.sh"
			continue
		fi
		sed -n 's/^[ 	]*#[ 	]*include[ 	]*"\([^"]*\)\.h".*/\1/p' "$file" |
		while read -r header; do
			[ -f "module/$header.h" ] || continue
			[ "$header" != "$own" ] || continue
			header_rank=$(rank "$header")
			[ -n "$header_rank" ] || continue
			if [ "$header_rank" -lt "$own_rank" ]; then
				echo "$file: includes $header.h, which stands above it"
			elif [ "$header_rank" -eq "$own_rank" ] &&
			     [ "$own_rank" -ne "$bottom" ] &&
			     [ -f "module/$header.c" ]; then
				echo "$file: includes $header.h, which stands beside it"
			fi
		done
	done
}

cd "$TOP" || exit 2
# The patterns of file names must reach violations() unexpanded.
set -f
rules >"$TMP/rules"
while IFS= read -r rule; do
	# The regex has bars of its own: take two fields off each end.
	what=$(trim "${rule%%|*}")
	rest=${rule#*|}
	files=$(trim "${rest%%|*}")
	rest=${rest#*|}
	except=$(trim "${rest%%|*}")
	rest=${rest#*|}
	meant=$(trim "${rest##*|}")
	regex=$(trim "${rest%|*}")
	set +f
	violations "$files" "$except" "$regex" >"$TMP/found"
	set -f
	if [ -s "$TMP/found" ]; then
		not_ok "$what"
		diag "$meant:"
		diag <"$TMP/found"
	else
		ok "$what"
	fi
done <"$TMP/rules"
set +f

layer_violations >"$TMP/found"
if [ -s "$TMP/found" ]; then
	not_ok "the module's layers look down only"
	diag "main -> dev -> session -> engine -> wl_*, check_* -> the rest:"
	diag <"$TMP/found"
else
	ok "the module's layers look down only"
fi
finish
