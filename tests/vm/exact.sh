#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# beside: yes
# The exact lane: two runs are the same to the last byte of the guest's log,
# however busy the host is.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

[ -x "$B/ktbench" ] || export KTB_RUNNER=/bin/sh
GUEST='echo "lane $KTBENCH_LANE"; date; cat /proc/uptime /proc/timer_list; head -c 32 /dev/urandom | md5sum'

once() {
	"$TOP/vm/run" --exact --quiet --out "$TMP/$1" -- sh -c "$2" >"$TMP/$1.said" 2>"$TMP/$1.err"
}

check "a run" once one "$GUEST"
# A busy loop beside the second one.
timeout 120 sh -c 'while :; do :; done' &
check "a run beside a busy loop" once two "$GUEST"
kill $!
check "the lane is exact" grep -q '^lane exact' "$TMP/one.said"
check "the clock is the VM's own" grep -q '2026' "$TMP/one.said"
check "both say the same, timers and entropy too" cmp "$TMP/one.said" "$TMP/two.said"
check "both logs are the same" cmp "$TMP/one/console.log" "$TMP/two/console.log"
check "what went in is the same, as far as it is told" cmp "$TMP/one/vm.txt" "$TMP/two/vm.txt"
check "and told file by file" grep -Eq '^[0-9a-f]{64}  /ktbench/ktbench.ko$' "$TMP/one/vm.txt"
check "and whole" grep -q 'ktb-vm: end' "$TMP/two/console.log"
finish
