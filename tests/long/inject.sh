#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 900
# A regression on purpose goes through all of it: measured in loads of the module, in
# turns without and with a shift on CPU 1 of two, compared, found, and named by its
# metric and its CPU; the same the other way round is an improvement.

. "$(dirname "$0")/../lib.sh"

KERNEL=${KERNEL:-6.1}
LOADS=${LOADS:-6}
# Far above what an emulated CPU on a busy host makes of it.
SHIFT="inject_ns=1000000 inject_cpu=1"

# loads: as tests/module/inject-guest reads them. No probe is patched in beside a vCPU
# that runs.
loads() {
	local load

	for load in $(seq "$LOADS"); do
		echo "A/$load /jobs.ini inject=none $SHIFT count_switches=0"
		echo "B/$load /jobs.ini inject=shift $SHIFT count_switches=0"
	done
}

# compare A B: the verdict as JSON in $TMP/A-B.json. What the module was built with says
# what was injected, and so differs.
compare() {
	local status=0

	"$B/ktbench" compare --format json --expect module_compiler "$TMP/$1" "$TMP/$2" \
		>"$TMP/$1-$2.json" 2>"$TMP/said" || status=$?
	diag <"$TMP/said"
	return $status
}

# finds FILE FILTER: does jq's FILTER hold? In it: worst, of the figures of single CPUs
# those that changed most; job(J; CPU), the gated figures of a job on a CPU, null: all CPUs.
finds() {
	jq -es "def size: .effect_percent // 0 | fabs;
		def worst: .quantities | map(select(.cpu != null)) | (map(size) | max) as \$most |
			map(select(size == \$most));
		def job(\$job; \$cpu): .quantities | map(select(.gated and .job == \$job and .cpu == \$cpu));
		.[0] | $2" "$TMP/$1.json"
}

loads >"$TMP/loads"
MODULE=$("$TOP/vm/module" --kernel "$KERNEL" --inject)
check "it is measured" "$TOP/vm/run" --quiet --kernel "$KERNEL" --smp 2 --timeout 800 --out "$TMP" \
	--module "$MODULE" --module-parameters "$(sed 's/.* inject=/inject=/;q' "$TMP/loads")" \
	--add "$TOP/tests/module/inject-guest:/" --add "$TMP/loads:/" \
	--add "$TOP/tests/long/inject.ini:/jobs.ini" -- /inject-guest /loads
for dir in "$TMP"/[AB]/*/*-result; do
	mv "$dir" "$(dirname "$dir")-result"
	rm -r "$(dirname "$dir")"
done
check "each load is a result" test "$(find "$TMP"/[AB] -name cells.jsonl | wc -l)" -eq $((2 * LOADS))

status=0
compare A B || status=$?
check "the exit code is that of a regression" test $status -eq 1
check "so is the verdict" finds A-B '.verdict == "regressed"'
check "each load counts as a boot" finds A-B ".sides | all(.boots == $LOADS)"
check "the worst is the lateness, of the job that it was put into, on CPU 1" finds A-B \
	'worst | any(.metric == "lateness") and all(.job == "tick" and .cpu == 1)'
check "and it has regressed" finds A-B 'worst | all(.verdict == "regressed")'
check "the lateness of CPU 0 has not" finds A-B '[.quantities[] | select(.job == "tick" and .cpu == 0)] |
	length > 0 and all(.verdict != "regressed")'
check "nor has the other job" finds A-B 'job("wake"; null) | length > 0 and all(.verdict != "regressed")'

# Whether the other job is too noisy is the host's affair.
compare B A || :
check "the other way round it is better, the same metric on the same CPU" finds B-A \
	'[.quantities[] | select(.verdict == "improved" and .cpu != null)] |
	any(.metric == "lateness") and all(.job == "tick" and .cpu == 1)'
check "and nothing is worse" finds B-A '[.quantities[] | select(.gated)] |
	length > 0 and all(.verdict != "regressed")'
finish
