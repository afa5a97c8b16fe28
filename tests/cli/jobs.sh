#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Job files on the command line: what is wrong is told by file and line, with
# exit 2, and nothing is written. The texts themselves are in test_job.c.
. "$(dirname "$0")/../lib.sh"

K=$B/ktbench
export KTBENCH_CATALOG="$TOP/runner/catalog.json"
cd "$TMP" || exit 1

# bad REGEX WHAT LINE...: a job file of these lines is refused with exit 2.
bad() {
	regex=$1
	what=$2
	shift 2
	printf '%s\n' "$@" >"$TMP/job.ini"
	check_fails 2 "^ktbench: job\.ini:$regex" "$what" "$K" run job.ini
}

bad "2: there is no workload 'timer_whel' \(did you mean 'timer_wheel'\?\)" \
	"unknown workload" "[a]" "workload = timer_whel"
bad "3: \[a\]: workload hrtimer has no parameter 'perid' \(did you mean 'period'\?\)" \
	"unknown key" "[a]" "workload = hrtimer" "perid = 1ms"
bad "3: \[a\] timers: 200000 is out of range, which is 1 to 100000" \
	"value out of range" "[a]" "workload = timer_wheel" "timers = 200000"
bad "3: \[a\] duration: 48h is out of range, which is 1ms to 24h" \
	"duration out of range, with its unit" \
	"[a]" "workload = null" "duration = 48h"
bad "3: \[a\] kind: 'pined' is not one of pinned, unpinned, deferrable, irqsafe \(did you mean 'pinned'\?\)" \
	"unknown choice" "[a]" "workload = timer_wheel" "kind = pined"
bad "3: \[a\]: cpus: CPU 4711 does not exist; online are CPUs " \
	"a CPU that does not exist" "[a]" "workload = null" "cpus = 4711"
bad "3: section \[a\] was already begun at job\.ini:1" \
	"a section twice" "[a]" "workload = null" "[a]"

check_fails 2 "^ktbench: cannot read the job file nowhere\.ini: No such file" \
	"a job file that is not there" "$K" run nowhere.ini
check_fails 2 "^ktbench: cannot read the job file \.: Is a directory" \
	"a directory for a job file" "$K" run .
head -c 100 /dev/zero >zeros.ini
check_fails 2 "^ktbench: zeros\.ini is not a job file: it contains zero bytes" \
	"a binary for a job file" "$K" run zeros.ini
printf '[a]\nworkload = null\n' >a.ini
cp a.ini b.ini
check_fails 2 "^ktbench: b\.ini:1: a job \[a\] is already at a\.ini:1" \
	"two files with a job of the same name" "$K" run a.ini b.ini
check_fails 2 "^ktbench: --set b\.duration: there is no job \[b\]" \
	"an override of no job" "$K" run --set b.duration=1s a.ini
check_fails 2 "^ktbench: --set a\.duration: \[a\] duration: '7' is a time and needs a unit" \
	"an override that is wrong" "$K" run --set a.duration=7 a.ini
check_fails 2 "^ktbench: --topology plans for another machine and needs --dry-run" \
	"another machine without --dry-run" \
	"$K" run --topology "$TOP/tests/golden/dry-run/machine.xml" a.ini
check_fails 2 "^ktbench: --name 'a/b' is not a name" \
	"a name with a slash" "$K" run --name a/b a.ini
check_fails 2 "^ktbench: KTBENCH_LANE is 'mettal'.*did you mean 'metal'" \
	"a lane that is none" env KTBENCH_LANE=mettal "$K" run a.ini
odd=$(printf 'x\377')
check_fails 2 "^ktbench: KTBENCH_LANE_DETAIL has bytes that are not UTF-8" \
	"a machine that no result can name" env KTBENCH_LANE_DETAIL="$odd" "$K" run a.ini
check_fails 2 "^ktbench: --set number 2 has bytes that are not UTF-8" \
	"an override that no result can hold" "$K" run --set a.duration=1s --set "a.cpus=$odd" a.ini
check_fails 2 "^ktbench: --kernels has bytes that are not UTF-8" "kernels that no plan can name" \
	"$K" run --boots 2 --plan-only --kernels "$odd,$odd" --device /nonexistent a.ini
check_fails 2 "^ktbench: --module has a control character" "a module that no plan can name" \
	"$K" run --boots 2 --plan-only --kernels a,b --module "$(printf '/x\001')" a.ini
echo '{}' >foreign.json
check_fails 2 "^ktbench: foreign\.json is not a catalogue of workloads" \
	"a catalogue that is none" \
	env KTBENCH_CATALOG=foreign.json "$K" list --device /nonexistent
printf '[a]\nworkload = timer_wheel\ncpus = 0\narm_on = other-node\n' >node.ini
check_fails 4 "^ktbench: node\.ini:4: \[a\]: arm_on: 'other-node' cannot be placed: CPU 0 has no other NUMA node" \
	"a placement that the machine lacks is skipped, exit 4" \
	"$K" run --dry-run --device /nonexistent \
	--topology "$TOP/tests/golden/dry-run/one-node.xml" node.ini
check "nothing was written" test ! -e results
finish
