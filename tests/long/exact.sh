#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 3600
# The exact suite five times, twice of them with all of the host's CPUs busy: in each of
# EXACT_KERNELS the same to the last byte; of a run on a busy host, which may be some
# instructions late here and there (docs/vm.md), each figure within 1 %.

. "$(dirname "$0")/../lib.sh"

once() {
	"$TOP/vm/run" --exact --quiet --kernel "$1" --timeout 600 --out "$TMP/$2" -- \
		ktbench run /ktbench/bench/exact.ini --results /out/results >"$TMP/said" 2>&1
}

for kernel in ${EXACT_KERNELS:-6.1 7.2-rt}; do
	for run in 1 2 3; do
		check "$kernel: run $run" once "$kernel" "$kernel-$run"
	done
	busy=()
	for _ in $(seq "$(nproc)"); do
		timeout 1800 sh -c 'while :; do :; done' &
		busy+=($!)
	done
	for run in 4 5; do
		check "$kernel: run $run, on a busy host" once "$kernel" "$kernel-$run"
	done
	kill "${busy[@]}"
	for run in 2 3; do
		check "$kernel: run $run is as run 1, to the last byte" \
			diff -r "$TMP/$kernel-1" "$TMP/$kernel-$run"
	done
	for run in 4 5; do
		diff -r "$TMP/$kernel-1" "$TMP/$kernel-$run" >/dev/null ||
			diag "$kernel: run $run is not the same to the last byte"
		check "$kernel: no figure of run $run is off by more than 1 %" "$B/ktbench" compare \
			--both-ways --tolerance 1 "$TMP/$kernel-1/results"/*-exact "$TMP/$kernel-$run/results"/*-exact
	done
done
finish
