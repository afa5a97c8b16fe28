#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# beside: yes
# The exact lane: two runs are the same to the last byte of the guest's log, beside each
# other and whatever else the host does.
# shellcheck disable=SC2016 # shells that are called expand the words

. "$(dirname "$0")/../lib.sh"

[ -x "$B/ktbench" ] || export KTB_RUNNER=/bin/sh
GUEST='echo "lane $KTBENCH_LANE"; date; cat /proc/uptime /proc/timer_list; head -c 32 /dev/urandom | md5sum'

once() {
	"$TOP/vm/run" --exact --quiet --out "$TMP/$1" -- sh -c "$2" >"$TMP/$1.said" 2>"$TMP/$1.err"
}

# same: do two runs say the same? On a busy host a few in a hundred do not (docs/vm.md), so
# a third one may decide.
same() {
	cmp "$TMP/one.$1" "$TMP/two.$1" && return
	[ -e "$TMP/three.$1" ] || return
	cmp "$TMP/one.$1" "$TMP/three.$1" || cmp "$TMP/two.$1" "$TMP/three.$1"
}

once one "$GUEST" &
check "a run" once two "$GUEST"
check "and one beside it" wait $!
for run in one two; do
	ln -s "$run/console.log" "$TMP/$run.log"
done
if ! cmp "$TMP/one.said" "$TMP/two.said" || ! cmp "$TMP/one.log" "$TMP/two.log"; then
	check "a third run decides" once three "$GUEST"
	ln -s three/console.log "$TMP/three.log"
fi
check "the lane is exact" grep -q '^lane exact' "$TMP/one.said"
check "the clock is the VM's own" grep -q '2026' "$TMP/one.said"
check "both say the same, timers and entropy too" same said
check "both logs are the same" same log
check "what went in is the same, as far as it is told" cmp "$TMP/one/vm.txt" "$TMP/two/vm.txt"
check "and told file by file" grep -Eq '^[0-9a-f]{64}  /ktbench/ktbench.ko$' "$TMP/one/vm.txt"
check "and whole" grep -q 'ktb-vm: end' "$TMP/two/console.log"
finish
