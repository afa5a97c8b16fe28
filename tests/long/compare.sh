#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 7200
# A kernel compared with itself, through all of it: boots in guests, sides, verdicts. In
# the exact lane each pair of boots has to be the same; in lane vm nothing may have
# regressed or improved, in all boots together and in each group of five.
#
#	EXACT_PAIRS=50 VM_BOOTS=15 KERNEL=6.1 tests/run long/compare
#	EXACT_DIR=DIR VM_DIR=DIR tests/run long/compare    # boots that are there already

. "$(dirname "$0")/../lib.sh"

KERNEL=${KERNEL:-6.1}
KTBENCH=$B/ktbench
GROUP=5

# boot DIR BOOTS [OPTION...]: boots of the kernel and itself; whatever the verdict.
boot() {
	local dir=$1 boots=$2 status=0

	shift 2
	"$TOP/vm/compare" "$@" --quiet --boots "$boots" --suite compare --out "$dir" \
		"$KERNEL" "$KERNEL" >"$TMP/said" 2>&1 || status=$?
	tail -n 3 "$TMP/said" | diag
	[[ $status =~ ^[0136]$ ]]
}

# results DIR: in the order of boots.
results() {
	find "$(realpath "$1")" -mindepth 1 -maxdepth 1 -name '*-boot-*' |
		sed 's/.*-boot-\([0-9]*\)$/\1 &/' | sort -n | cut -d' ' -f2-
}

EXACT=${EXACT_DIR:-$TMP/exact}
[ -n "${EXACT_DIR:-}" ] || check "exact lane: boots of $KERNEL and itself" boot "$EXACT" "${EXACT_PAIRS:-50}" --exact
results "$EXACT/A" >"$TMP/a"
results "$EXACT/B" >"$TMP/b"
pairs=0 alarms=0
while read -r a b; do
	pairs=$((pairs + 1))
	"$KTBENCH" compare "$a" "$b" >"$TMP/said" 2>&1 || {
		alarms=$((alarms + 1))
		diag <"$TMP/said"
	}
done < <(paste -d' ' "$TMP/a" "$TMP/b")
diag "exact lane: $alarms alarms in $pairs comparisons of a kernel with itself"
check "exact lane: there were pairs" test $pairs -gt 0
check "exact lane: no alarm in $pairs" test $alarms -eq 0
check "exact lane: nor in all of them together" "$KTBENCH" compare "$EXACT" --quiet

# judge WHAT A B: 0 and 3 are no alarm.
judge() {
	local what=$1 status=0

	"$KTBENCH" compare "$2" "$3" --format json >"$TMP/said.json" 2>"$TMP/err" || status=$?
	diag <"$TMP/err"
	diag "$what: exit $status: $(jq -c '[.verdict, .counts.gated]' "$TMP/said.json")"
	comparisons=$((comparisons + 1))
	[[ $status =~ ^[03]$ ]] && jq -e '.verdict != "improved"' "$TMP/said.json" >/dev/null ||
		alarms=$((alarms + 1))
}

VM=${VM_DIR:-$TMP/vm}
[ -n "${VM_DIR:-}" ] || check "lane vm: boots of $KERNEL and itself" boot "$VM" "${VM_BOOTS:-15}"
comparisons=0 alarms=0
judge "all boots" "$VM/A" "$VM/B"
results "$VM/A" >"$TMP/a"
results "$VM/B" >"$TMP/b"
for ((group = 0; (group + 1) * GROUP <= $(wc -l <"$TMP/a"); group++)); do
	mkdir -p "$TMP/$group/A" "$TMP/$group/B"
	for side in A B; do
		sed -n "$((group * GROUP + 1)),$((group * GROUP + GROUP))p" "$TMP/${side,}" |
			xargs -I{} ln -s {} "$TMP/$group/$side/"
	done
	judge "boots $((group * GROUP + 1)) to $((group * GROUP + GROUP))" "$TMP/$group/A" "$TMP/$group/B"
done
diag "lane vm: $alarms alarms in $comparisons comparisons of a kernel with itself"
check "lane vm: no alarm in $comparisons" test $alarms -eq 0
finish
