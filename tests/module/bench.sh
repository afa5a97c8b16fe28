#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 400
# The main job from end to end: `make bench` with the smoke suite in a guest of
# two nodes makes a valid result with nothing lost, and a report of it.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

check "make bench" make -C "$TOP" bench DEPS=no LANE=vm SUITE=smoke B="$B" RESULTS="$TMP/results"
mkdir -p "$TMP/run"
mv "$TMP/results"/*/ "$TMP/run/result"

head_is() { check "$1" jq -e "$2" "$TMP/run/result/result.json"; }
ask() { check "$1" cells run "$2"; }

check "the result keeps its schema" "$TOP/tests/analysis/validate" "$TMP/run/result"
head_is "it is complete, with every repetition" '.state == "complete" and .cells_planned == 25'
check "it has every workload that there is" jq -e --slurpfile all "$TOP/runner/catalog.json" \
	'(.workloads | keys) == ($all[0] | map(.name) | sort)' "$TMP/run/result/result.json"
head_is "it says its lane and what that is" '.lane == "vm" and (.lane_detail | test("QEMU .*4 vCPUs"))'
head_is "the guest has the topology that was asked for" \
	'[.cpus[] | [.core, .package, .node]] == [[0,0,0],[0,0,0],[1,1,1],[1,1,1]]'
head_is "the runner kept off the measured CPUs" '.runner_cpus == [1, 3]'
ask "one CPU of each core was measured" 'job("hrtimer") | all([.places[].cpu] == [0, 2])'
ask "each CPU's samples lie on its own node" 'all(.[].cpus[]; .node == (.cpu / 2 | floor))'
ask "every repetition is valid, nothing is lost, nothing early" \
	'length == 25 and all(.state == "ok" and early == 0)'
ask "pinned timers fired where they were armed" \
	'job("wheel") | map(select(.params.kind == "pinned")) | length == 4 and all(all(.cpus[]; . as $c | .armed_from | all(.[0] == $c.cpu)))'
check "the report is one file and needs no network" sh -c \
	'test -s "$1" && ! grep -qE "(src|href)=\"?(https?:)?//" "$1"' sh "$TMP/run/result/report.html"
check "it says that its times are shape only" grep -q "times are shape only" "$TMP/run/result/report.html"
check "its pictures are there" sh -c 'test "$(find "$1" -name "*.svg" | wc -l)" -ge 10' sh "$TMP/run/result/plots"
finish
