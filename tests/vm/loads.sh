#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 420
# The module loads, makes its device and unloads in a guest of four CPUs of each kernel.
# KERNELS names others than these; 6.1 is what all other tests run in, and module/kernels
# measures in others.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

[ -x "$B/ktbench" ] || export KTB_RUNNER=/bin/sh
for kernel in ${KERNELS:-6.12-rt 7.3}; do
	row=$(sed -e '/^#/d; s/ *| */|/g' "$TOP/vm/kernels" | grep "^$kernel|")
	pattern=$(cut -d'|' -f3 <<<"$row")
	if "$TOP/vm/kernel" "$kernel" >/dev/null 2>"$TMP/why"; then
		check_fails 0 "^$pattern loaded and unloaded\$" "$kernel" \
			"$TOP/vm/run" --kernel "$kernel" --smp 4 --topology 2x1x2 --numa 2 -- sh -c \
			'test -c /dev/ktbench && rmmod ktbench && insmod /ktbench/ktbench.ko && echo "$(uname -r) loaded and unloaded"'
	else
		not_ok "$kernel"
		tail -n 20 "$TMP/why" | diag
	fi
done
finish
