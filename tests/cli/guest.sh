#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# `ktbench run` on the real device, in a guest: results hold to the schema, a
# signal keeps what was measured, a full disk too, refusals name the limit, and
# --module leaves nothing loaded.
. "$(dirname "$0")/../lib.sh"

GUEST=$TOP/tests/cli/guest-commands
"$TOP/vm/run" --quiet --smp 4 --topology 2x1x2 --numa 2 --timeout 250 \
	--add "$GUEST:/guest" --out "$TMP/out" -- sh /guest \
	>"$TMP/said" 2>&1 </dev/null
check "the guest comes back" test $? -eq 0
diag <"$TMP/said"

# said WHAT REGEX: a line of the guest.
said() {
	check "$1" grep -Eq "^$2" "$TMP/said"
}

# head STEP STATE: what result.json says.
state() {
	check "the result of '$1' says $2" \
		grep -q "\"state\": \"$2\"" "$TMP/out/$1"/*/result.json
}

# lines STEP N: whole lines of cells.jsonl, each of them JSON.
lines() {
	zstdcat "$TMP/out/$1"/*/cells.jsonl.zst | python3 -c 'import json, sys
cells = sys.stdin.read()
assert cells.endswith("\n")
print(len([json.loads(line) for line in cells.splitlines()]))' \
		>"$TMP/nr" 2>&1
	diag "$1: $(cat "$TMP/nr") repetitions"
	check "$1 keeps $2 or more readable repetitions" \
		test "$(cat "$TMP/nr")" -ge "$2"
}

check "the catalogue that ships is the module's" \
	diff -u "$TOP/runner/catalog.json" "$TMP/out/catalog.json"

said "a suite runs" "smoke: exit 0"
said "it says the lane" "smoke: .*lane vm .*times are shape only"
said "the last line is the result's path" "smoke: result: /out/smoke/.*-smoke$"
state smoke complete
lines smoke 24
if [ -x "$TOP/tests/analysis/validate" ]; then
	check "results hold to the schema" \
		"$TOP/tests/analysis/validate" "$TMP"/out/smoke/*
else
	skip "results hold to the schema" "there is no tests/analysis/validate"
fi
check "measured CPUs are marked in the topology" \
	grep -q 'Background=#d55e00' "$TMP"/out/smoke/*/topology.xml

said "SIGTERM twice ends a run once" "stopped: exit 143"
state stopped interrupted
lines stopped 2
check "the cut repetition is marked" \
	sh -c 'zstdcat "$1" | grep -q "\"state\":\"interrupted\""' sh "$TMP"/out/stopped/*/cells.jsonl.zst

said "a full disk is exit 5" "full: exit 5"
said "it says what is kept" \
	"full: ktbench: cannot write .*cells\.jsonl\.zst: No space left on device; the [0-9]+ repetitions so far are kept"
lines full 1

said "too many timers are wrong usage" "timers: exit 2"
said "with the limit" "timers: ktbench: job\.ini:1: \[a\] cell 0: .*limit of 1000000 timers"
said "too many expiries are wrong usage" "load: exit 2"
said "with the limit a second" "load: .*more expiries on a CPU than the limit of"
said "a combination that cannot be is exit 4" "combination: exit 4"
said "with the cell and the value" \
	"combination: .*cell 1 \(kind=unpinned\): kind = unpinned cannot be measured"
said "nobody to disturb is wrong usage" "nobody: exit 2"
said "with the remedy" "nobody: .*disturb_irqoff = 1ms disturbs nobody: name CPUs"
said "nothing to disturb with, too" "nothing: exit 2"
said "an offline CPU is wrong usage" "offline: exit 2"
said "with what is online" "offline: .*CPU 3 is offline; online are CPUs 0-2"
said "refused runs leave nothing" "none: $"
said "a run that measured nothing is invalid" "empty: exit 6"
check "and says so" \
	sh -c 'zstdcat "$1" | grep -q "no sample falls into the recorded window"' sh "$TMP"/out/empty/*/cells.jsonl.zst
said "hotplug makes a run invalid" "hotplug: exit 6"
said "with the CPU" "hotplug: .*invalid.*CPU 3 went offline"
said "and the next cell is run" "hotplug: \[2/2\] b: ok"

said "user space keeps to the cpuset" "confined: exit 0"
check "on its CPU" sh -c 'zstdcat "$1" | jq -es "all([.places[].cpu] == [2])"' sh "$TMP"/out/confined/*/cells.jsonl.zst
said "as the plan says" "planned:   cpus: one-per-core: 2$"
said "another CPU cannot be had" "denied: exit 4"
said "by the cgroup's name" "denied: .*CPU 0 is online, and this process may use CPUs 2 .the cpuset of cgroup /one. only"
said "threads of the kernel can" "kernel: exit 0"
check "and are there" sh -c 'zstdcat "$1" | jq -es "all([.places[].cpu] == [0])"' sh "$TMP"/out/kernel/*/cells.jsonl.zst
said "a CPU that is taken away makes a run invalid" "taken: exit 6"
said "and did not go offline" "taken: .*CPU 2 was taken from this process during the run"

said "a module that is loaded already" "loaded: .*is loaded already: leave --module out"
said "no device: the cause first" "unloaded: ktbench: there is no /dev/ktbench"
said "--module loads it" "module: exit 0"
said "and unloads it" "module: unloaded after"
# Two loads in one boot.
check "results tell one load of the module from another, and the boot" jq -es '
	map(.environment | .boot_id, .load_id) | length == 4 and all(. != "") and
	.[0] == .[2] and .[1] != .[3]' \
	"$TMP"/out/smoke/*/result.json "$TMP"/out/module/*/result.json
said "a file that is no module" "bad: .*not a module for this kernel"
finish
