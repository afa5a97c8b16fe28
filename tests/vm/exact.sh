#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# beside: yes
# The exact lane: two runs are the same to the last byte of the guest's log, beside each
# other and whatever else the host does.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../same.bash"

[ -x "$B/ktbench" ] || export KTB_RUNNER=/bin/sh
GUEST='echo "lane $KTBENCH_LANE"; date; cat /proc/uptime /proc/timer_list; head -c 32 /dev/urandom | md5sum'

once() {
	mkdir "$TMP/$1"
	"$TOP/vm/run" --exact --quiet --out "$TMP/$1" -- sh -c "$GUEST" >"$TMP/$1/said"
}

once one &
check "a run" once two
check "and one beside it" wait $!
check "the lane is exact" grep -q '^lane exact' "$TMP/one/said"
check "the clock is the VM's own" grep -q '2026' "$TMP/one/said"
check "both say the same, timers and entropy too" same said
check "both logs are the same" same console.log
check "what went in is the same, as far as it is told" same vm.txt
check "and told file by file" grep -Eq '^[0-9a-f]{64}  /ktbench/ktbench.ko$' "$TMP/one/vm.txt"
check "and whole" grep -q 'ktb-vm: end' "$TMP/two/console.log"
finish
