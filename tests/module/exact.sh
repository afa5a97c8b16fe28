#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 280
# The exact suite, twice at once so that each run disturbs the other: the same to the last
# byte, and what results/reference/ says, as far as that is of the same kernel build, QEMU
# and compiler.

. "$(dirname "$0")/../lib.sh"

KERNEL=${KERNEL:-6.1}

once() {
	"$TOP/vm/run" --exact --quiet --kernel "$KERNEL" --timeout 250 --out "$TMP/$1" -- \
		ktbench run /ktbench/bench/exact.ini --results /out/results >"$TMP/$1.said" 2>&1
}

once one &
check "the suite is measured" once two
check "and beside it at the same time" wait $!
diag <"$TMP/two.said"
check "both results, logs and inputs are the same to the last byte" diff -r "$TMP/one" "$TMP/two"
check "nothing was left out that this kernel has" test \
	"$(jq '.left_out | length' "$TMP/one/results"/*/result.json)" -eq 0

export FIGURES=$TMP/figures.json
"$B/ktbench" figures "$TMP/one/results"/*-exact >"$FIGURES"
check "it has all that the suite is to have" test \
	"$(jq '.figures | length' "$FIGURES")" -ge 150
status=0
"$TOP/vm/exact" check "$KERNEL" >"$TMP/said" 2>&1 || status=$?
diag <"$TMP/said"
if [ $status -eq 4 ]; then
	skip "the figures are those of results/reference/" \
		"$(grep -m 1 -o 'not compared.*\|there is no.*' "$TMP/said")"
else
	check "the figures are those of results/reference/" test $status -eq 0
fi

# A reference that says otherwise is seen.
mkdir "$TMP/reference"
jq '(.figures[] | select(.job == "life" and .metric == "life") | .min, .p50) -= 2000' \
	"$FIGURES" >"$TMP/reference/$KERNEL.json"
check_fails 1 '^MORE +life api=kthread_create: life  least .*\(\+2,000' \
	"two thousand instructions more are a change" \
	env REFERENCE="$TMP/reference" "$TOP/vm/exact" check "$KERNEL"
jq '.build |= sub("gcc-.*"; "gcc-1")' "$FIGURES" >"$TMP/reference/$KERNEL.json"
check_fails 4 'the reference is of another origin' \
	"what another compiler has made is not compared" \
	env REFERENCE="$TMP/reference" "$TOP/vm/exact" check "$KERNEL"
rm "$TMP/reference/$KERNEL.json"
check_fails 4 'make exact-reference KERNEL=' "without a reference it says how to make one" \
	env REFERENCE="$TMP/reference" "$TOP/vm/exact" check "$KERNEL"
finish
