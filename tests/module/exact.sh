#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 280
# The exact suite, at once so that each run disturbs the others: twice the same to the last
# byte; no other figures when another start shifts what comes after it; and what
# results/reference/ says, or, where that is of another kernel build, QEMU or compiler, none
# but what the base commit has on this one (vm/exact).

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../same.bash"

KERNEL=${KERNEL:-6.1}

# once NAME [WORD...]: the suite; the words are a command that begins with it.
once() {
	local name=$1

	shift
	"$TOP/vm/run" --exact --quiet --kernel "$KERNEL" --timeout 250 --out "$TMP/$name" -- \
		"$@" ktbench run /ktbench/bench/exact.ini --results /out/results >"$TMP/$name.said" 2>&1
}

# figures NAME: of a run, in $TMP/NAME.json.
figures() {
	"$B/ktbench" figures "$TMP/$1/results"/*-exact >"$TMP/$1.json"
}

once one &
one=$!
# Another kernel than the reference's: the base commit is built and measured meanwhile.
base=
if [ "$(jq -r .kernel "$TOP/results/reference/$KERNEL.json")" != "$(basename "$("$TOP/vm/kernel" "$KERNEL")")" ]; then
	"$TOP/vm/exact" base "$KERNEL" >"$TMP/base.said" 2>&1 &
	base=$!
fi
# A third of a tick of a shell's instructions, before all that is measured.
# shellcheck disable=SC2016 # the guest's shell fills it in
once late sh -c 'for i in $(seq 2000); do :; done; exec "$@"' sh &
late=$!
check "the suite is measured" once two
check "and beside it at the same time" wait $one
check "and after another start" wait $late
[ -z "$base" ] || wait $base || true
diag <"$TMP/two.said"
check "results, logs and inputs are the same to the last byte" same
check "nothing was left out that this kernel has" test \
	"$(jq '.left_out | length' "$TMP/one/results"/*/result.json)" -eq 0

figures one
figures late
export FIGURES=$TMP/one.json
check "it has all that the suite is to have" test \
	"$(jq '.figures | length' "$FIGURES")" -ge 150
check "each repetition begins at a multiple of 8 s, and less than a tick after it" jq -es '
	length > 20 and all(.[] | select(.job != "calls"); .begin_ns % 8000000000 - 50000000 | . > 0 and . < 4000000)' \
	<("$TOP/vm/cells" "$TMP/late/results"/*/)
check "another start moves what is not measured" sh -c \
	"! cmp -s '$TMP/one/console.log' '$TMP/late/console.log'"
check "and no figure by more than 2 %" \
	"$B/ktbench" compare --both-ways --tolerance 2 "$TMP/one.json" "$TMP/late.json"
status=0
"$TOP/vm/exact" check "$KERNEL" >"$TMP/said" 2>&1 || status=$?
diag <"$TMP/said"
if [ $status -eq 4 ]; then
	skip "the figures are those of results/reference/, or of the base commit" \
		"$(grep -o 'no base.*' "$TMP/said" | tail -n 1)"
else
	check "the figures are those of results/reference/, or of the base commit" test $status -eq 0
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
	env KTB_BASE=none REFERENCE="$TMP/reference" "$TOP/vm/exact" check "$KERNEL"
rm "$TMP/reference/$KERNEL.json"
check_fails 4 'make exact-reference KERNEL=' "without a reference it says how to make one" \
	env KTB_BASE=none REFERENCE="$TMP/reference" "$TOP/vm/exact" check "$KERNEL"
finish
