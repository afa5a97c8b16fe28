#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 240
# vm/run and signals: Ctrl-C is the command's first, no QEMU outlives its run.

. "$(dirname "$0")/../lib.sh"

[ -x "$B/ktbench" ] || export KTB_RUNNER=/bin/sh
# Job control: each run is a process group of its own that feels Ctrl-C.
set -m

# begin COMMAND: start a run and wait until its command says that it is ready.
begin() {
	rm -rf "$TMP/out" "$TMP/said"
	"$TOP/vm/run" --out "$TMP/out" -- sh -c "$1" >"$TMP/said" 2>&1 &
	RUN=$!
	for _ in $(seq 600); do
		! grep -q '^ready' "$TMP/said" 2>/dev/null || break
		sleep 0.1
	done
	# QEMU is in a session of its own; this run's is known by its files.
	QEMUS=$(pgrep -f "file:$B/vm/run\..*/console.log" | while read -r pid; do
		below "$pid" && echo "$pid"
	done)
}

# below PID: does it descend from this run?
below() {
	local pid=$1

	while [ "${pid:-0}" -gt 1 ]; do
		[ "$pid" -ne "$RUN" ] || return 0
		pid=$(sed 's/.*) . \([0-9]*\) .*/\1/' "/proc/$pid/stat" 2>/dev/null)
	done
	return 1
}

# over WHAT STATUS: it ended so, and so did its QEMU.
over() {
	wait "$RUN" 2>/dev/null
	check "$1: exit $2" test $? -eq "$2"
	for _ in $(seq 30); do
		[ -n "$(for pid in $QEMUS; do ls -d "/proc/$pid" 2>/dev/null; done)" ] || break
		sleep 0.1
	done
	check "$1: it had a QEMU" test -n "$QEMUS"
	for pid in $QEMUS; do
		check "$1: no QEMU is left" test ! -e "/proc/$pid"
	done
}

begin 'trap "echo kept >/out/kept; exit 9" INT; echo ready; while :; do sleep 0.2; done'
kill -INT -- "-$RUN"
over "Ctrl-C reaches the command, which ends by itself" 9
check "what it kept comes back" grep -q kept "$TMP/out/kept"

begin 'trap "" INT; echo ready; sleep 600'
kill -INT -- "-$RUN"
sleep 1
kill -INT -- "-$RUN"
over "a second Ctrl-C ends a deaf guest" 130

begin 'echo ready; sleep 600'
kill -TERM "$RUN"
over "SIGTERM to vm/run alone" 143

begin 'echo ready; sleep 600'
left=$(tr '\0' '\n' <"/proc/${QEMUS%%[!0-9]*}/cmdline" | sed -n 's,^file:\(.*\)/console\.log$,\1,p')
kill -KILL "$RUN"
over "SIGKILL to vm/run alone" 137
check "which leaves its files" test -e "$left/console.log"
rm -rf "$left"
finish
