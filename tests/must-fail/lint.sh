#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Each rule of each lint is broken once, in a tree of its own; the lint must
# find it, by name. The same tree without the violation must pass.

. "$(dirname "$0")/../lib.sh"

LINT=$TOP/tests/lint
TREE=$TMP/tree

# plant FILE [LINE...]: that file of the tree has these lines, or what standard
# input has.
plant()
{
	_file=$TREE/$1
	shift
	mkdir -p "$(dirname "$_file")"
	if [ $# -gt 0 ]; then
		printf '%s\n' "$@" >"$_file"
	else
		cat >"$_file"
	fi
	case $_file in *.sh) chmod +x "$_file" ;; esac
}

# finds LINT REGEX WHAT: the lint finds what was planted; then the tree is
# emptied for the next one. A tool in another version than the one that counts
# is not asked.
finds()
{
	case $1 in
	format | cppcheck)
		_why=$(env TOP="$TREE" "$LINT/$1.sh" 2>&1 | sed -n 's/^ok .* # SKIP //p')
		if [ -n "$_why" ]; then
			skip "$1 finds $3" "$_why"
			rm -rf "$TREE"
			return
		fi
		;;
	esac
	check_fails 1 "$2" "$1 finds $3" env TOP="$TREE" "$LINT/$1.sh"
	rm -rf "$TREE"
}

passes()
{
	check "$1 passes $2" env TOP="$TREE" "$LINT/$1.sh"
	rm -rf "$TREE"
}

# ---- dependencies: FILE | LINE | WHAT ----
while IFS='|' read -r file line what; do
	plant "$file" "$line"
	finds dependencies "$file:1" "$what"
done <<'EOF'
include/ktb_x.h|#include <stdio.h>|a library header in include/
runner/x.c|#include "../module/area.h"|module/ in runner/
module/wl_x.c|#include "../analysis/x.h"|analysis/ in module/
runner/plan.c|#include "analysis/report.h"|analysis/ in runner/ outside a verb
analysis/x.c|#include "runner/plan.h"|runner/ in analysis/
analysis/x.c|#include <linux/ktbench.h>|the ABI in analysis/
runner/plan.c|#include "uapi/linux/ktbench.h"|the ABI in runner/ outside device.c
runner/plan.c|#include "device_abi.h"|the ABI by way of device_abi.h
runner/plan.c|#include "device_user.h"|the ABI by way of device_user.h
runner/plan.c|#include "ktb_record.h"|the ABI by way of ktb_record.h
analysis/x.c|#include "ktb_record.h"|the ABI in analysis/ by way of ktb_record.h
include/ktb_x.h|#include "runner/device.h"|runner/ in include/
runner/plan.c|	ioctl(fd, 1, &x);|an ioctl() outside device.c
analysis/x.c|#include "tests/x.h"|tests/ in analysis/
module/session.c|	if (copy_from_user(&x, from, 4))|copy_from_user() outside dev.c
module/session.c|void f(void __user *p);|__user outside dev.c
module/engine.c|	session->state = 3;|a state that is set outside session.c
module/dev.c|	smp_store_release(&session->state, KTB_STATE_DONE);|a state released outside session.c
module/wl_x.c|	x->state = KTB_STATE_DONE;|a state by its value outside session.c
module/wl_x.c|	task = kthread_run(fn, NULL, "x");|a thread made outside engine.c
module/wl_x.c|	return __builtin_clzll(x);|a builtin that may become a call
module/wl_x.c|#if LINUX_VERSION_CODE > 5|a kernel version outside compat.h
module/wl_x.c|#ifdef KTB_HAVE_HRTIMER_SETUP|a probe's result outside compat.h
EOF

plant runner/cmd_report.c '#include "analysis/report.h"' \
	'/* #include "module/area.h"' ' * ioctl( */' 'char *s = "kthread_run(";'
passes dependencies "analysis/ in a verb, comments and strings"
plant module/session.h ''
plant module/engine.c '#include "session.h"'
finds dependencies 'engine.c: includes session.h, which stands above' \
	"an include upwards"
plant module/wl_y.c ''
plant module/wl_y.h ''
plant module/wl_x.c '#include "wl_y.h"'
finds dependencies 'wl_x.c: includes wl_y.h, which stands beside' \
	"a workload that includes another"
plant module/util.c ''
finds dependencies 'util.c: has no layer' "a file without a layer"

# ---- format ----
plant runner/x.c 'int f(void){' '  return 1; }'
cp "$TOP/.clang-format" "$TREE/"
finds format 'not ok .* format of runner/x.c' "a file that is not formatted"

# ---- cppcheck ----
plant runner/x.c 'int f(void)' '{' '	int a[2] = { 0, 0 };' '	return a[2];' '}'
finds cppcheck 'runner/x.c:4.*arrayIndexOutOfBounds' "an index out of bounds"

# ---- shellcheck ----
plant vm/x.sh '#!/bin/sh' "rm -rf \$1/*"
finds shellcheck 'vm/x.sh:2' "a variable without quotes"
plant vm/x '#!/bin/sh' "echo \"\$1\""
finds shellcheck 'chmod \+x vm/x' "a script that is not executable"

# ---- sizes ----
seq 401 | sed 's/.*/int x&;/' | plant runner/x.c
finds sizes 'runner/x.c has 401 lines' "a file of 401 lines"
seq 400 | sed 's/.*/int x&;/' | plant runner/x.c
passes sizes "a file of 400 lines"
{ printf 'int f(void)\n{\n' && seq 81 | sed 's/.*/	g();/' && echo '}'; } |
	plant runner/x.c
finds sizes 'runner/x.c:1: f\(\) has 81 lines' "a function of 81 lines"

# ---- spdx ----
plant runner/x.c 'int x;'
finds spdx "runner/x.c: .*nothing" "a file without a licence"
plant module/x.c '// SPDX-License-Identifier: GPL-2.0-or-later'
finds spdx "module/x.c: .*'GPL-2.0-or-later'" "another licence in the module"
plant module/x.c '// SPDX-License-Identifier: GPL-2.0'
passes spdx "the module's licence"

# ---- portable ----
plant docs/x.md 'dir = /home/somebody/ktbench'
finds portable 'docs/x.md:1' "somebody's home directory"
plant setup/x 'deb http://deb.debian.org/debian sid main'
finds portable 'setup/x:1' "the host of a package mirror"

finish
