#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 7200
# A kernel compared with itself, through all of it: boots in guests, sides, verdicts. In
# the exact lane three boots and three others have to be the same, as `make compare` boots
# them; each boot is in three such comparisons. In lane vm nothing may have regressed or
# improved, in all boots together and in each group of five.
#
#	EXACT_BOOTS=50 VM_BOOTS=15 KERNEL=6.1 tests/run long/compare
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

# side DIR FILE FIRST NR: a side of NR results that the file names, from one on, in a ring.
side() {
	local all i

	mapfile -t all <"$2"
	mkdir -p "$1"
	for ((i = $3; i < $3 + $4; i++)); do
		ln -s "${all[i % ${#all[@]}]}" "$1/"
	done
}

EXACT=${EXACT_DIR:-$TMP/exact}
[ -n "${EXACT_DIR:-}" ] || check "exact lane: boots of $KERNEL and itself" boot "$EXACT" "${EXACT_BOOTS:-50}" --exact
results "$EXACT/A" >"$TMP/a"
results "$EXACT/B" >"$TMP/b"
nr=$(wc -l <"$TMP/a") alarms=0 odd=0 refused=0
for ((first = 0; first < nr; first++)); do
	for which in A B; do
		side "$TMP/three-$first/$which" "$TMP/${which,}" "$first" 3
	done
	status=0
	"$KTBENCH" compare --both-ways "$TMP/three-$first" >"$TMP/said" 2>&1 || status=$?
	[ $status -eq 0 ] || diag <"$TMP/said"
	case $status in
	0) ! grep -q 'differ from the rest' "$TMP/said" || odd=$((odd + 1)) ;;
	2) refused=$((refused + 1)) ;;
	*) alarms=$((alarms + 1)) ;;
	esac
done
diag "exact lane: $alarms alarms in $nr comparisons of a kernel with itself; in $odd one of three results differed from the rest, and $refused were refused since two did"
check "exact lane: there were some" test "$nr" -ge 3
check "exact lane: no alarm in $nr" test $alarms -eq 0
check "exact lane: one in ten is refused at most" test $((10 * refused)) -le "$nr"
check "exact lane: nor in all of them together" "$KTBENCH" compare --both-ways "$EXACT" --quiet

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
	for which in A B; do
		side "$TMP/$group/$which" "$TMP/${which,}" $((group * GROUP)) $GROUP
	done
	judge "boots $((group * GROUP + 1)) to $((group * GROUP + GROUP))" "$TMP/$group/A" "$TMP/$group/B"
done
diag "lane vm: $alarms alarms in $comparisons comparisons of a kernel with itself"
check "lane vm: no alarm in $comparisons" test $alarms -eq 0
finish
