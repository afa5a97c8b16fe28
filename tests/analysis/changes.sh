#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# `ktbench figures`, and `ktbench compare` in the exact lane: what is the same, slight, more, less, missing
# and new; and one clear sentence for what cannot be compared.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench

# figure METRIC MIN P50 [UNIT]: one line of a document.
figure() {
	printf '{"job":"j","cell":"timers=1","metric":"%s","unit":"%s","count":9,"min":%s,"p50":%s,"mean":%s}\n' \
		"$1" "${4:-instructions}" "$2" "$3" "$3"
}

# document NAME KERNEL: of the figures on stdin.
document() {
	{
		printf '{"schema":"ktbench-figures","schema_version":1,"lane":"exact","lane_detail":"QEMU 7"'
		printf ',"kernel":"%s","kernel_version":"#1","cmdline":"","mitigations":"","build":"1/gcc-12"' "$2"
		printf ',"figures":[%s]}\n' "$(paste -sd,)"
	} >"$TMP/$1.json"
}

# compares STATUS BEFORE AFTER [OPTION...]
compares() {
	local want=$1 before=$2 after=$3 status=0

	shift 3
	"$KTBENCH" compare --both-ways "$TMP/$before.json" "$TMP/$after.json" "$@" >"$TMP/said" 2>"$TMP/err" ||
		status=$?
	diag <"$TMP/said"
	check "$after against $before $*: exit $want" test $status -eq "$want"
}

says() {
	check "  $1" grep -Eq -e "$2" "$TMP/said"
}

{ figure a 1000 1000; figure b 500 600; figure c 50 50; figure d 47828 47828 milli-instructions; } |
	document base 6.1
{ figure a 1010 1010; figure b 500 600; figure c 50 50; figure d 57828 57828 milli-instructions; } |
	document ten 6.1
{ figure a 1000 1000; figure b 490 600; figure c 51 51; figure d 47828 47828 milli-instructions; } |
	document rare 6.1
{ figure a 1000 1000; figure b 490 596; figure c 50 50; figure d 47828 47828 milli-instructions; } |
	document less 6.1
{ figure a 1100 1009; figure b 500 600; figure c 50 50; figure d 47828 47828 milli-instructions; } |
	document hardly 6.1
{ figure a 1000 1012; figure b 500 600; figure c 50 50; figure d 47828 47828 milli-instructions; } |
	document median 6.1
{ figure a 1000 1000; figure b 500 600; figure c 50 50; } | document fewer 6.12
{ cat <(figure a 1000 1000; figure b 500 600; figure c 50 50; figure d 47828 47828 milli-instructions); figure e 1 1; } |
	document further 6.1

# A hundred times of it, or of the difference, has no place in 64 bits.
{ figure a 1000 184467440737034336; figure b 500 600; figure c 50 50; figure d 47828 47828 milli-instructions; } |
	document huge 6.1
{ figure a 1000 2305843009213693952; figure b 500 600; figure c 50 50; figure d 47828 47828 milli-instructions; } |
	document more 6.1
{ figure a -2305843009213693952 -2305843009213693952; figure b 500 600; figure c 50 50; figure d 47828 47828 milli-instructions; } |
	document below 6.1
compares 1 base huge
says "a median of 2^57 is more" '^MORE +j timers=1: a .* median 1,000 -> 184,467,440,737,034,336'
compares 1 huge base
says "  and less the other way round" '^LESS +j timers=1: a '
compares 1 huge more
compares 1 below more
compares 1 more below --tolerance 150
compares 0 huge huge --tolerance 1000

# Cells that differ in their CPUs only have one name: the second is held against the second.
{ figure a 1000 1000; figure a 2000 2000; } | document twins 6.1
{ figure a 1000 1000; figure a 3000 3000; } | document other 6.1
compares 0 twins twins
compares 1 twins other
says "the second of a name is told" '^MORE +j timers=1: a  least 2,000 -> 3,000'
says "  and one has changed" '2 figures, in instructions: 1 the same, 0 differ slightly, 1 more, 0 less, 0 missing, 0 new'

compares 0 base base
says "all is the same" '^4 figures, in instructions: 4 the same, 0 differ slightly, 0 more'
compares 1 base ten
says "ten are told as ten" '^MORE +j timers=1: a  least 1,000 -> 1,010 \(\+10, \+1\.00 %\)  median 1,000 -> 1,010 \(\+10'
says "of a call too" '^MORE +j timers=1: d  least 47\.83 -> 57\.83 \(\+10(\.00)?, \+20\.91 %\)'
check "what is the same is not named" sh -c "! grep -q ': b' '$TMP/said'"
compares 1 base ten --tolerance 1
says "one per cent is tolerated" '^slight +j timers=1: a  least 1,000 -> 1,010'
says "and no more" '^MORE +j timers=1: d '
compares 0 base rare --tolerance 1
says "a rare sample alone is no change" '^slight +j timers=1: b  least 500 -> 490 \(-10, -2\.00 %\)  median 600$'
says "nor is one instruction of few" '^slight +j timers=1: c '
compares 1 base less --tolerance 1
says "with the median it is one" '^LESS +j timers=1: b '
compares 0 base hardly --tolerance 1
says "it has to follow, a quarter as far" '^slight +j timers=1: a  least 1,000 -> 1,100'
compares 1 base median --tolerance 1
says "and the median alone is one" '^MORE +j timers=1: a  least 1,000  median 1,000 -> 1,012'
compares 1 ten base --tolerance 1
says "the other way round it is less" '^LESS +j timers=1: d .*\(-10(\.00)?, -17\.29 %\)'
compares 6 base fewer
says "a figure is missing" '^MISSING +j timers=1: d$'
says "the other kernel is told" '^kernel was: 6\.1$'
says "with its name" '^kernel is: 6\.12$'
compares 0 base further
says "a new figure is told" '^new +j timers=1: e$'

status=0
"$KTBENCH" compare "$TMP/ten.json" "$TMP/base.json" >"$TMP/said" || status=$?
check "what is less only is no failure unless it is asked for" test $status -eq 0

# figures of a document are that document: what is written is read.
"$KTBENCH" figures "$TMP/base.json" >"$TMP/again.json"
check "figures are read as they were written" "$KTBENCH" compare "$TMP/base.json" "$TMP/again.json"
check "a figure a line" test "$(grep -c '^{"job"' "$TMP/again.json")" -eq 4
for file in "$TOP"/results/reference/*.json; do
	"$KTBENCH" figures "$file" | cmp -s - "$file"
	check "${file##*/} is as it would be written" test $? -eq 0
done

refuses() {
	check_fails 2 "$2" "$1" "$KTBENCH" compare "$TMP/base.json" "$3"
}

"$B/tests/analysis/make_result" "$TMP/metal"
refuses "times" 'its lane is metal, where figures are times' "$TMP/metal"
check_fails 2 'its lane is metal' "nor figures of times" "$KTBENCH" figures "$TMP/metal"
refuses "what is not there" 'nosuch: No such file' "$TMP/nosuch"
echo '{' >"$TMP/torn.json"
refuses "a torn file" 'torn.json:[0-9]*: neither a result nor figures' "$TMP/torn.json"
sed 's/ktbench-figures/other/' "$TMP/base.json" >"$TMP/other.json"
refuses "another schema" "its schema is 'other'" "$TMP/other.json"
sed 's/"schema_version":1/"schema_version":2/' "$TMP/base.json" >"$TMP/newer.json"
refuses "a newer schema" 'newer than this program' "$TMP/newer.json"
sed 's/"p50":1000,//' "$TMP/base.json" >"$TMP/lacks.json"
refuses "a figure without its median" 'p50' "$TMP/lacks.json"
mkdir "$TMP/empty"
refuses "a folder that is no result" 'empty' "$TMP/empty"
check_fails 2 'base.json/A: Not a directory' "one result alone" "$KTBENCH" compare "$TMP/base.json"

# Results, and sets of them: boots of one side have to be the same.
exact() {
	"$B/tests/analysis/make_result" --lane exact --cells 4 --samples 400 "${@:2}" "$TMP/$1"
}
mkdir "$TMP/A" "$TMP/B" "$TMP/C"
exact A/1
exact A/2 --created 2026-01-02T04:04:05Z
exact B/1 --kernel 6.12-invented --slower 50000 --slower-job wheel-scaling
exact C/1
exact C/2 --seed 2
compare_sets() {
	local want=$1 what=$2 status=0

	shift 2
	"$KTBENCH" compare "$@" --format json >"$TMP/said" 2>"$TMP/err" || status=$?
	diag <"$TMP/err"
	check "$what: exit $want" test $status -eq "$want"
}
compare_sets 0 "a result and itself" "$TMP/A/1" "$TMP/A/2"
says "is unchanged" '"verdict": *"unchanged"'
compare_sets 1 "a set and one that takes more" "$TMP/A" "$TMP/B"
says "has regressed" '"verdict": *"regressed"'
check "no p, no interval" jq -e '.quantities | all(.p == null and .low_percent == null)' "$TMP/said"
check "what was left alone is the same" \
	jq -e '[.quantities[] | select(.job == "harness").verdict] | length > 0 and all(. == "unchanged")' "$TMP/said"
"$KTBENCH" figures "$TMP/A/1" >"$TMP/kept.json"
compare_sets 1 "what was kept, and a set" "$TMP/kept.json" "$TMP/B"
check "kernels are told of both" jq -e '.sides | map(.kernel) == ["6.1.0-invented", "6.12-invented"]' "$TMP/said"
compare_sets 0 "a set, and what was kept" "$TMP/A" "$TMP/kept.json"
mkdir "$TMP/D"
cp -r "$TMP/A/1" "$TMP/D/1"
sed -i '$d' "$TMP/D/1/cells.jsonl"
told='["quick.ini:12: [wheel-scaling]: timers: not on this kernel"]'
shortened() {
	jq --argjson told "$1" '.cells_planned = 3 | .left_out = $told' "$TMP/A/1/result.json" >"$TMP/D/1/result.json"
}
shortened '[]'
compare_sets 6 "a cell that B lacks" "$TMP/A" "$TMP/D"
shortened "$told"
compare_sets 0 "one that B has left out and told" "$TMP/A" "$TMP/D"
check "it decides nothing" jq -e '[.quantities[] | select(.verdict == "no verdict")] | length > 0 and all(.gated | not)' "$TMP/said"
check_fails 2 'results of one side differ' "a side with two seeds" "$KTBENCH" compare "$TMP/C" "$TMP/B"
check_fails 2 'results of one side differ' "the other one" "$KTBENCH" compare "$TMP/B" "$TMP/C"
exact C/3 --created 2026-01-03T04:04:05Z
compare_sets 0 "two of three results agree" "$TMP/A" "$TMP/C"
check_fails 0 'kernel 6\.1\.0-invented: 1 of 3 results differ from the rest' "the third is told" \
	"$KTBENCH" compare "$TMP/A" "$TMP/C"
[ ! -e /dev/full ] || check_fails 5 'cannot write to stdout' "a full disk" \
	sh -c "'$KTBENCH' figures '$TMP/base.json' >/dev/full"
finish
