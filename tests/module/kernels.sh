#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 600
# beside: yes
# The module runs, not only builds, on the oldest kernel that it builds for, on the newest
# one without a real-time flavour and on one with it, and each workload is measured there.
# The other tests run on 6.1; `make matrix` checks all ten.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

ask() { check "$1" cells "$2" "$3"; }

for kernel in 5.10 6.12-rt 7.2; do
	check "$kernel: smoke suite" run_jobs "$kernel" "$TOP/bench/smoke.ini" --kernel "$kernel" --exact
	ask "$kernel: every repetition is valid and has samples" "$kernel" \
		'length > 5 and all(.state == "ok" and ([.cpus[].metrics[].count] | add > 0))'
	ask "$kernel: no timer is early" "$kernel" 'all(.[]; early == 0)'
done
finish
