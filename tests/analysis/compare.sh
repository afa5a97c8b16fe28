#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 600
# `ktbench compare` of sets of results: each verdict, the metric and the CPU that it
# names, what is refused, and one clear sentence for what cannot be compared.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
GATES='[{"job":"wheel-scaling","metric":"delivery","quantile":"p50","delta_ppm":20000},
	{"job":"wheel-scaling","metric":"delivery","quantile":"p90","delta_ppm":30000}]'

# edit DIR FILTER [OPTION...]: change a result's result.json.
edit() {
	local dir=$1 filter=$2

	shift 2
	jq "$@" "$filter" "$dir/result.json" >"$dir/new.json" && mv "$dir/new.json" "$dir/result.json"
}

# boot DIR NUMBER [OPTION...]: one boot of few cells; its number is its seed and minute.
boot() {
	local dir=$1 number=$2

	shift 2
	"$B/tests/analysis/make_result" --cells 4 --cpus 4 --samples 400 --noise 2000 \
		--seed "$number" --created "$(printf '2026-01-02T03:%02d:00Z' $((number % 60)))" "$@" "$dir"
	edit "$dir" ".gates = $GATES | .environment.boot_id = \"boot $number\""
}

# boots DIR FIRST LAST [OPTION...]
boots() {
	local dir=$1 first=$2 last=$3 number

	shift 3
	mkdir -p "$dir"
	for ((number = first; number <= last; number++)); do
		boot "$dir/$number" "$number" "$@"
	done
}

# compares STATUS WHAT A B [OPTION...]: the JSON is in said.json.
compares() {
	local want=$1 what=$2 a=$3 b=$4 status=0

	shift 4
	"$KTBENCH" compare "$TMP/$a" "$TMP/$b" --format json "$@" >"$TMP/said.json" 2>"$TMP/err" ||
		status=$?
	diag <"$TMP/err"
	check "$what: exit $want" test $status -eq "$want"
}

# has WHAT FILTER: the filter finds something true in what was said.
has() {
	check "  $1" jq -e "$2" "$TMP/said.json"
}

# refuses WORDS WHAT A B [OPTION...]
refuses() {
	local words=$1 what=$2 a=$3 b=$4

	shift 4
	check_fails 2 "$words" "$what" "$KTBENCH" compare "$TMP/$a" "$TMP/$b" "$@"
}

OTHER=(--kernel 6.12-invented)
boots "$TMP/a" 1 6
boots "$TMP/same" 11 16 "${OTHER[@]}"
boots "$TMP/slow" 21 26 "${OTHER[@]}" --slower 100000 --slower-job wheel-scaling
boots "$TMP/cpu" 31 36 "${OTHER[@]}" --slower 300000 --slower-cpu 2

compares 0 "a kernel that is the same" a same
has "verdict" '.verdict == "unchanged"'
has "every gated figure has it" '[.quantities[] | select(.gated) | .verdict] | length == 6 and all(. == "unchanged")'
has "p50 has the delta of the job file" \
	'[.quantities[] | select(.gated and .quantile == "p50").delta_percent] | all(. > 1.99 and . < 2.01)'
has "boots and samples are told" '.sides | map(.boots) == [6, 6]'
has "and where the two are from" '.sides | map(.kernel) == ["6.1.0-invented", "6.12-invented"]'
compares 0 "a kernel and itself" a a
has "effects are none" '[.quantities[] | select(.verdict != "no verdict").effect_percent] | all(. == 0)'

compares 1 "a kernel that is slower" a slow
has "verdict" '.verdict == "regressed"'
has "the effect and its interval hold what was done" \
	'[.quantities[] | select(.gated and .quantile == "p50" and .low_percent < 10 and .high_percent > 10 and .effect_percent > 8 and .effect_percent < 12)] | length == 3'
has "p is below alpha, by Welch and by permutation" \
	'[.quantities[] | select(.gated and .quantile == "p50")] | all(.p_adjusted < 0.01 and .p_permutation < 0.01 and .permutation_exact)'
has "a job that was left alone is not named" '[.quantities[] | select(.job == "harness" and .verdict == "regressed")] | length == 0'
cp "$TMP/said.json" "$TMP/forward.json"
compares 0 "swapped it is faster" slow a
has "verdict" '.verdict == "improved"'
jq -n --slurpfile a "$TMP/forward.json" --slurpfile b "$TMP/said.json" \
	'def effects: [.quantities[] | select(.gated) | 1 + .effect_percent / 100];
	[($a[0] | effects), ($b[0] | effects)] | transpose | all(.[0] * .[1] - 1 | fabs < 1e-9)' |
	grep -q true
check "  each effect is the other way round" test $? -eq 0

compares 1 "one CPU that is slower" a cpu
has "its figure has regressed" '[.quantities[] | select(.cpu == 2 and .verdict == "regressed")] | length > 0'
has "no other CPU's has" '[.quantities[] | select(.cpu != null and .cpu != 2 and .verdict == "regressed")] | length == 0'
has "the effect on it is what was done" \
	'[.quantities[] | select(.cpu == 2 and .quantile == "p50" and .metric == "delivery").effect_percent] | all(. > 25 and . < 35)'
"$KTBENCH" compare "$TMP/a" "$TMP/cpu" >"$TMP/said" || true
check "  text names that CPU" grep -q 'CPU 2' "$TMP/said"

boots "$TMP/noisy" 1 3 --noise 60000
boots "$TMP/noisy2" 11 13 --noise 60000 "${OTHER[@]}"
compares 3 "boots that differ a lot" noisy noisy2
has "verdict" '.verdict == "too noisy"'
has "says how many it takes" '.boots_needed > 3'

cp -r "$TMP/a" "$TMP/auto"
edit "$TMP/auto/1" '.gates |= map(.delta_ppm = null)'
compares 3 "deltas that follow the noise" auto same
has "are one per cent at least" '[.quantities[] | select(.gated)] | all(.delta_percent >= 0.999 and .margin_percent >= 0.999)'
edit "$TMP/noisy/1" 'del(.gates)'
compares 3 "without gates" noisy noisy2
has "medians of primary metrics are gated" \
	'[.quantities[] | select(.gated) | .metric + " " + .quantile] | unique == ["empty p50", "lateness p50"]'
has "a delta is the quieter side's deviation, 10 % at most, a margin twice that" \
	'[.quantities[] | select(.gated and .metric == "lateness")] | length == 3 and all(.delta_percent - ([[.sd_a_percent, .sd_b_percent, 10] | min, 1] | max) | fabs < 0.01) and all(.margin_percent <= 10.001)'

# Sequential: seven boots a side are judged by the first five; alpha is shared.
compares 0 "looks" a same --looks 5,10
has "the first one" '.look == 1 and (.looks | length) == 2'
has "five boots are used" '[.quantities[] | select(.gated).boots_a] | all(. == 5)'
cp -r "$TMP/a" "$TMP/later"
tail -1 "$TMP/a/6/cells.jsonl" | sed 's/"timers":[0-9]*/"timers":77/; s/"cell":[0-9]*/"cell":4/' >>"$TMP/later/6/cells.jsonl"
edit "$TMP/later/6" '.cells_planned = 5'
compares 0 "a cell that only a later boot has" later same --looks 5,10
has "is not there yet" '[.quantities[] | select(.cell == "timers=77")] == []'
refuses 'the first look is at 7' "before the first look" a same --looks 7,9
refuses "looks '5,3'" "looks that do not rise" a same --looks 5,3

# Results of one boot are one.
cp -r "$TMP/a" "$TMP/twice"
for number in 2 3; do
	edit "$TMP/twice/$number" '.environment.boot_id = "boot 1"'
done
compares 3 "three results of one boot" twice same --expect nothing.here
has "are one boot" '.sides | map(.boots) == [4, 6]'
has "of the machine too" '.sides | map(.machine_boots) == [4, 6]'
has "with the samples of all three" '[.quantities[] | select(.gated and .quantile == "p50").boots_a] | all(. == 4)'

for number in 1 2 3; do
	edit "$TMP/twice/$number" ".environment.load_id = \"$number\""
done
compares 0 "three loads in one boot" twice same
has "are three boots, and one of the machine" '.sides | map([.boots, .machine_boots]) == [[6, 4], [6, 6]]'
"$KTBENCH" compare "$TMP/twice" "$TMP/same" >"$TMP/said"
check "  text says so" grep -q '^A: .*6 boots (loads in 4 of the machine)' "$TMP/said"
check "  and nothing of the other side" grep -q '^B: .*6 boots, ' "$TMP/said"

# A boot that measured less than the others.
cp -r "$TMP/same" "$TMP/partial"
head -3 "$TMP/same/12/cells.jsonl" >"$TMP/partial/12/cells.jsonl"
edit "$TMP/partial/12" '.cells_planned = 3'
compares 0 "a boot without a cell" a partial
has "is left out of its figures alone" \
	'[.quantities[] | select(.gated and .quantile == "p50").boots_b] | sort == [5, 6, 6]'
for format in text markdown junit ktap; do
	"$KTBENCH" compare "$TMP/a" "$TMP/partial" --format $format >"$TMP/said"
	check "  $format says so" grep -q 'not all boots have it.*6 of 6 of A, 5 of 6 of B' "$TMP/said"
done

# What was missed is in the figures; where nothing tells how late it was, that is told.
LATENESS='[{"job":"wheel-scaling","metric":"lateness","quantile":"p99","delta_ppm":null}]'
GATES=$LATENESS boots "$TMP/calm" 1 6
GATES=$LATENESS boots "$TMP/stalled" 11 16 "${OTHER[@]}" --missed 40
GATES=$LATENESS boots "$TMP/older" 21 26 --older
GATES=$LATENESS boots "$TMP/older-stalled" 31 36 "${OTHER[@]}" --missed 40 --older
mkdir "$TMP/mixed-stalled"
cp -r "$TMP"/older-stalled/3[1-3] "$TMP"/stalled/1[1-3] "$TMP/mixed-stalled"
compares 1 "a kernel that misses periods" calm stalled
has "the p99 is over the schedule" '[.quantities[] | select(.gated)] | length == 3 and all(.verdict == "regressed" and .b > 30e6)'
has "those served are beside it, and did not change" \
	'[.quantities[] | select(.metric == "lateness_served" and .quantile == "p99")] |
		length == 3 and all(.served_only_b and (.gated | not) and .verdict != "regressed")'
has "the counts are told" '.sides | map(.missed) == [0, 2880]'
has "of each figure too" '[.quantities[] | select(.gated)] | all(.missed_a == 0 and .missed_b == 960)'
for format in text markdown junit ktap; do
	"$KTBENCH" compare "$TMP/calm" "$TMP/stalled" --format $format >"$TMP/said" || :
	check "  $format has them" grep -q 'lost 0, missed 2,880' "$TMP/said"
	check "  $format has a sentence on so many" grep -q \
		'6 of 6 results of B have missed much, this one most: more than 1 % of the schedule was missed in 3 of 4 cells' "$TMP/said"
done
"$KTBENCH" compare "$TMP/calm" "$TMP/stalled" >"$TMP/said" || :
check "  text has plain words" sh -c "! grep -q lateness_served '$TMP/said'"
compares 0 "nothing was missed: an older result is as good" calm older
has "has no figure of those served" '[.quantities[] | select(.metric | test("served"))] == []'
has "and is not told apart" '[.differences[] | select(.name | test("quantiles"))] == []'
refuses "wheel-scaling.quantiles \('over the schedule' and 'of the periods served only'\)" \
	"one that does not tell how late missed periods were" calm older-stalled
refuses "wheel-scaling.quantiles within B" "such a one among others" calm mixed-stalled
compares 0 "what is forced" calm older-stalled --force
has "is told" '[.quantities[] | select(.gated)] | all(.served_only_b and (.served_only_a | not))'
"$KTBENCH" compare "$TMP/older-stalled" "$TMP/older-stalled" >"$TMP/said"
check "two that do not tell it may be compared, and say so" grep -q \
	'quantiles are of the periods served only: those of A and B' "$TMP/said"

# What has no verdict.
cp -r "$TMP/same" "$TMP/lossy"
boot "$TMP/lossy/14" 14 --losses "${OTHER[@]}"
compares 6 "samples that were lost" a lossy
has "the cell has no verdict, and a reason" \
	'[.quantities[] | select(.cell == "timers=10" and .gated)] | length == 2 and all(.verdict == "no verdict" and (.reason | test("boot 4 of B")))'
has "the others have one" '[.quantities[] | select(.cell == "timers=1" and .gated).verdict] | all(. == "unchanged")'
cp -r "$TMP/same" "$TMP/fewer"
for dir in "$TMP"/fewer/*; do
	sed -i '$d' "$dir/cells.jsonl"
	edit "$dir" '.cells_planned = 3'
done
compares 6 "a gated figure that B does not have" a fewer
has "says so" '[.quantities[] | select(.gated and .verdict == "no verdict").reason] | length == 2 and all(. == "only A has it")'
for dir in "$TMP"/fewer/*; do
	edit "$dir" '.left_out = ["quick.ini:12: [wheel-scaling]: timers: not on this kernel"]'
done
compares 0 "one that B left out and told" a fewer
has "it decides nothing" '[.quantities[] | select(.gated and .verdict == "no verdict")] | length == 0'
for format in text markdown junit ktap; do
	"$KTBENCH" compare "$TMP/a" "$TMP/fewer" --format $format >"$TMP/said"
	check "  $format says that it does" grep -q '2 gated figures of A decide nothing, for B left the job out' "$TMP/said"
done
compares 0 "one that only B has" fewer a
has "it decides nothing" '[.quantities[] | select(.reason == "only B has it")] | length > 0 and all(.gated | not)'

# early NAME BOOT: in that boot most samples of a cell came too early.
early() {
	cp -r "$TMP/same" "$TMP/$1"
	jq -c 'if .swept != [] and .params.timers == 1 then .cpus[].metrics.delivery |= (.count += 9000 | .early += 9000 | .min = -5) else . end' \
		"$TMP/same/$2/cells.jsonl" >"$TMP/$1/$2/cells.jsonl"
}
early early 14
compares 6 "a median that is early" a early
has "says so" \
	'[.quantities[] | select(.cell == "timers=1" and .gated)] | length == 2 and all(.verdict == "no verdict" and (.reason | test("in boot 4 of B it is below zero")))'
has "its reading is null, not 0" '[.quantities[] | select(.cell == "timers=1" and .gated).readings_b[3].value] | all(. == null)'
cp -r "$TMP/same" "$TMP/units"
for dir in "$TMP"/units/*; do
	edit "$dir" '(.workloads[].metrics[] | select(.name == "delivery").unit) = "ps"'
done
compares 6 "another unit" a units
has "says so" '[.quantities[] | select(.metric == "delivery" and .gated)] | length == 6 and all(.reason | test("boot 1 of B has another unit"))'
cp -r "$TMP/same" "$TMP/renamed"
for dir in "$TMP"/renamed/*; do
	edit "$dir" '.workloads |= map_values(.metrics |= ([.[] | select(.name == "delivery")] + [.[] | select(.name != "delivery")]))'
done
compares 0 "metrics in another order" a renamed
has "are told apart by their names" '[.quantities[] | select(.gated)] | length == 6 and all(.verdict == "unchanged")'

# What must not differ.
cp -r "$TMP/same" "$TMP/governed"
for dir in "$TMP"/governed/*; do
	edit "$dir" '.environment.governor = "powersave"'
done
refuses "governor \('' and 'powersave'\)" "another governor" a governed
compares 0 "one that is expected" a governed --expect governor
has "is told" '[.differences[] | select(.name == "governor" and .kind == "told")] | length == 1'
compares 0 "one that is forced" a governed --force
has "is told, and that it was forced" '.forced and ([.differences[] | select(.kind == "refused")] | length == 1)'
for format in text markdown junit ktap; do
	"$KTBENCH" compare "$TMP/a" "$TMP/governed" --force --format $format >"$TMP/said" || true
	check "  $format tells it too" grep -q 'governor' "$TMP/said"
done
refuses "'governer': there is no such fact" "a fact that is none" a governed --expect governer
cp -r "$TMP/same" "$TMP/set"
for dir in "$TMP"/set/*; do
	sed -i 's/"delay":[0-9]*/"delay":5/' "$dir/cells.jsonl"
done
refuses 'wheel-scaling.delay' "another setting" a set
cp -r "$TMP/same" "$TMP/aligned"
for number in "$TMP"/aligned/*; do
	edit "$number" '.align_s = 8'
done
refuses "align_s \('0' and '8'\)" "runs that begin in other phases" a aligned
for change in 's/"placement":"all"/"placement":"one-per-core"/' 's/"disturb":\[\]/"disturb":[0]/' \
	's/"with":\[\]/"with":["load"]/'; do
	cp -r "$TMP/same" "$TMP/set2"
	sed -i "$change" "$TMP"/set2/*/cells.jsonl
	name=${change#*\"} name=${name%%\"*}
	refuses "wheel-scaling.$name \\(" "another $name" a set2
	compares 0 "an expected one" a set2 --expect "harness.$name,wheel-scaling.$name"
	rm -r "$TMP/set2"
done

# Nor within a side: in each of its results, whatever the other side has.
cp -r "$TMP/same" "$TMP/within"
edit "$TMP/within/13" '.environment.mitigations = "off"'
refuses "mitigations within B \\('' and 'off'\\)" "a fact of the kernel that changes within a side" a within
refuses "mitigations within A" "and on the other one" within a
compares 0 "one that is forced" a within --force
has "is told as what it is" '[.differences[] | select(.within == "B") | [.name, .kind, .a, .b]] == [["mitigations", "refused", "", "off"]]'
edit "$TMP/within/13" '.environment.mitigations = "" | .environment.boot_id = "boot 11" | .environment.governor = "powersave"'
refuses "governor within B" "a repetition in a boot that changes the governor" a within
cp -r "$TMP/same" "$TMP/within2"
head -1 "$TMP/same/11/cells.jsonl" >"$TMP/within2/11/cells.jsonl"
edit "$TMP/within2/11" '.cells_planned = 1'
sed -i 's/"delay":[0-9]*/"delay":5/' "$TMP/within2/14/cells.jsonl"
refuses "wheel-scaling.delay within B" "a setting of a cell that the first boot does not have" a within2
cp -r "$TMP/same" "$TMP/vm"
for dir in "$TMP"/vm/*; do
	edit "$dir" '.lane = "vm"'
done
refuses 'lanes are never mixed' "another lane" a vm --force
cp -r "$TMP/same" "$TMP/mixed"
edit "$TMP/mixed/13" '.lane = "vm"'
refuses 'mixed/13: its lane is vm' "two lanes on one side" a mixed
cp -r "$TMP/same" "$TMP/kernels"
edit "$TMP/kernels/13" '.environment.kernel = "6.1"'
refuses 'a side is one kernel' "two kernels on one side" a kernels

# What cannot be compared.
mkdir "$TMP/one" "$TMP/none"
cp -r "$TMP/same/11" "$TMP/one"
refuses 'one boot cannot be judged.*11 a side' "one boot a side" a one
refuses 'one boot cannot be judged' "one result" a same/11
refuses 'nosuch: No such file' "a side that is not there" a nosuch
refuses 'none: neither a result nor a directory of results' "an empty one" a none
check_fails 2 'a/A: No such file' "one word that is no comparison" "$KTBENCH" compare "$TMP/a"
cp -r "$TMP/same" "$TMP/torn"
head -c 100 "$TMP/same/12/result.json" >"$TMP/torn/12/result.json"
refuses 'torn/12/result.json' "a result that is cut off" a torn
cp "$TMP/same/12/result.json" "$TMP/torn/12/result.json"
truncate -s -1 "$TMP/torn/12/cells.jsonl"
refuses 'torn/12/cells.jsonl: 3 whole lines, and the run made 4' "cells that are cut off" a torn
cp "$TMP/same/12/cells.jsonl" "$TMP/torn/12/cells.jsonl"
rm "$TMP/torn/12/result.json"
refuses 'torn/12: there are cells.jsonl and no result.json' "a result without its head" a torn
cp -r "$TMP/same" "$TMP/newer"
edit "$TMP/newer/12" '.schema_version = 3'
refuses 'newer/12/result.json has schema_version 3' "a later schema" a newer
cp -r "$TMP/same" "$TMP/running"
edit "$TMP/running/12" '.state = "interrupted"'
refuses 'its run is interrupted' "a run that was cut short" a running
cp -r "$TMP/same" "$TMP/gates"
edit "$TMP/gates/11" '.gates[0].quantile = "p51"'
refuses "there is no quantile 'p51'" "a gate on a quantile that is none" gates a
edit "$TMP/gates/11" '.gates[0].quantile = .gates[1].quantile'
refuses 'gates\[1\] is gates\[0\] again' "a gate that is there twice" gates a
edit "$TMP/gates/11" '.gates[0].quantile = "p50" | .gates[0].delta_ppm = -1000000'
refuses 'delta_ppm is -1000000' "a delta below 0" gates a
cp -r "$TMP/same" "$TMP/strange"
for dir in "$TMP"/strange/*; do
	sed -i 's/"job":"/"job":"other-/' "$dir/cells.jsonl"
done
refuses 'no figure in common' "nothing in common" a strange
check_fails 2 "'jsn' is none.*json" "a format that is none" "$KTBENCH" compare "$TMP/a" "$TMP/same" --format jsn
touch "$TMP/file"
check_fails 5 "$TMP/file" "an output that is a file" "$KTBENCH" compare "$TMP/a" "$TMP/same" --output "$TMP/file/x"
check "  nothing is left there" test ! -e "$TMP/file/x"
[ ! -e /dev/full ] || check_fails 5 'cannot write to stdout' "a full disk" \
	sh -c "'$KTBENCH' compare '$TMP/a' '$TMP/same' >/dev/full"

# All of it as a directory.
mkdir "$TMP/plan"
mv "$TMP/a" "$TMP/plan/A"
mv "$TMP/slow" "$TMP/plan/B"
status=0
"$KTBENCH" compare "$TMP/plan" --output "$TMP/out" --no-plots >"$TMP/said" || status=$?
check "DIR is DIR/A and DIR/B: exit 1" test $status -eq 1
for file in compare.html compare.json compare.xml compare.md compare.ktap; do
	check "  $file is there" test -s "$TMP/out/$file"
done
finish
