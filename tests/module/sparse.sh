#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 600
# The module builds for each kernel without a warning of the compiler (W=1) or
# of sparse about its own sources. KERNELS names others than these.

. "$(dirname "$0")/../lib.sh"

[ -x "$TOP/vm/module" ] || skip_all "vm/module is not there"
command -v sparse >/dev/null ||
	skip_all "sparse is not installed (Debian: apt-get install sparse)"

for kernel in ${KERNELS:-5.10 6.1 6.12-rt 7.2 7.3}; do
	status=0
	"$TOP/vm/module" --kernel "$kernel" --sparse >"$TMP/said" 2>&1 || status=$?
	case $status in
	0) ok "the module builds for $kernel, W=1 and sparse" ;;
	4) skip "the module builds for $kernel, W=1 and sparse" \
		"$(tail -n 1 "$TMP/said")" ;;
	*)
		not_ok "the module builds for $kernel, W=1 and sparse"
		tail -n 30 "$TMP/said" | diag
		;;
	esac
done
finish
