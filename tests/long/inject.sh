#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 1500
# Regressions on purpose go through all of it: measured in loads of the module, in turns
# without and with a delay on CPU 1 of two, compared, found, and named by their metric,
# their quantile and their CPU. Of each kind: a shift, a tail, a periodic one, and one that
# some loads have and others have not. A shift the other way round is an improvement.

. "$(dirname "$0")/../lib.sh"

KERNEL=${KERNEL:-6.1}
LOADS=${LOADS:-6}

# kinds: NAME PARAMETER...; far above what an emulated CPU on a busy host makes of it.
kinds() {
	cat <<-END
	none inject=none
	shift inject=shift inject_ns=1000000
	tail inject=tail inject_ns=4000000 inject_per=50 inject_seed=1
	periodic inject=periodic inject_ns=2000000 inject_per=8
	bimodal inject=bimodal inject_ns=1000000 inject_seed=
	END
}

# loads: as tests/long/inject-guest reads them, kinds in turns. No probe is patched in
# beside a vCPU that runs.
loads() {
	local load name words

	for load in $(seq "$LOADS"); do
		while read -r name words; do
			[ "$name" != bimodal ] || words+=$load
			echo "$name/$load /jobs.ini $words inject_cpu=1 count_switches=0"
		done < <(kinds)
	done
}

# compare A B: the verdict as JSON in $TMP/B.json. What the module was built with says
# what was injected, and so differs.
compare() {
	local status=0

	"$B/ktbench" compare --format json --expect module_compiler "$TMP/$1" "$TMP/$2" \
		>"$TMP/$2.json" 2>"$TMP/said" || status=$?
	diag <"$TMP/said"
	jq -r '.quantities[] | select(.gated or .verdict == "regressed") | [.job, .metric, .quantile,
		"CPU \(.cpu // "all")", .verdict, "\(.effect_percent // "-") %", "p \(.p_adjusted // "-")",
		"groups \(.modes_a) \(.modes_b)"] | join(" ")' "$TMP/$2.json" | diag
	return $status
}

# finds KIND WHAT FILTER: does jq's FILTER hold? In it: job(J; CPU; QUANTILE), the figure of the
# primary metric of a job, of CPU null all of them.
finds() {
	check "$1: $2" jq -e 'def job($job; $cpu; $quantile): [.quantities[] | select(.job == $job and .cpu == $cpu
			and .quantile == $quantile and (.metric == "lateness" or .metric == "latency"))] |
			if length == 1 then .[0] else error("\(length) such figures") end;
		'"$3" "$TMP/$1.json"
}

loads >"$TMP/loads"
MODULE=$("$TOP/vm/module" --kernel "$KERNEL" --inject)
check "it is measured" "$TOP/vm/run" --quiet --kernel "$KERNEL" --smp 2 --timeout 1400 --out "$TMP" \
	--module "$MODULE" --module-parameters "$(sed 's/.* inject=/inject=/;q' "$TMP/loads")" \
	--add "$TOP/tests/long/inject-guest:/" --add "$TMP/loads:/" \
	--add "$TOP/tests/long/inject.ini:/jobs.ini" -- /inject-guest /loads
kinds | cut -d' ' -f1 >"$TMP/names"
while read -r name; do
	for dir in "$TMP/$name"/*/*-result; do
		mv "$dir" "$(dirname "$dir")-result"
		mv "$(dirname "$dir")/load" "$(dirname "$dir")-result/load"
		rm -r "$(dirname "$dir")"
	done
	check "$name: each load is a result" test "$(find "$TMP/$name" -name cells.jsonl.zst | wc -l)" -eq "$LOADS"
done <"$TMP/names"

for kind in shift tail periodic; do
	status=0
	compare none $kind || status=$?
	check "$kind: the exit code is that of a regression" test $status -eq 1
	finds $kind "so is the verdict" '.verdict == "regressed"'
	finds $kind "each load counts as a boot" ".sides | all(.boots == $LOADS)"
	finds $kind "what has got worse most is the lateness of that job on CPU 1" \
		'[.quantities[] | select(.cpu != null and .verdict == "regressed")] | max_by(.effect_percent) |
		.job == "tick" and .metric == "lateness" and .cpu == 1'
	finds $kind "gated figures are of that job, and one names CPU 1" \
		'[.quantities[] | select(.gated and .verdict == "regressed")] |
		length > 0 and all(.job == "tick" and .metric == "lateness") and any(.worst_cpu == 1)'
	finds $kind "the other job has not got worse" 'job("wake"; null; "p50").verdict != "regressed"'
done
# An emulated CPU that spins a fifth of its time is felt by the other one too.
for case in shift:p50 tail:p99 periodic:p90; do
	finds "${case%:*}" "CPU 0 has not got worse by a fifth as much" \
		"(job(\"tick\"; 0; \"${case#*:}\").effect_percent) * 5 < job(\"tick\"; 1; \"${case#*:}\").effect_percent"
done
finds shift "the median has moved" 'job("tick"; 1; "p50").verdict == "regressed"'
finds tail "p99 has" 'job("tick"; null; "p99").verdict == "regressed" and job("tick"; 1; "p99").verdict == "regressed"'
finds tail "the median has not" 'job("tick"; null; "p50").verdict != "regressed" and job("tick"; 1; "p50").verdict != "regressed"'
finds periodic "p90 has, on that CPU" 'job("tick"; 1; "p90").verdict == "regressed"'
finds periodic "the median has not" 'job("tick"; 1; "p50").verdict != "regressed"'

slow=$(grep -l 'this load is slow' "$TMP"/bimodal/*/load | wc -l)
diag "bimodal: $slow of $LOADS loads are slow"
check "bimodal: some loads are slow, others are not" test "$slow" -ge 2 -a "$slow" -le $((LOADS - 2))
status=0
compare none bimodal || status=$?
check "bimodal: it is never unchanged" test $status -eq 1 -o $status -eq 3
finds bimodal "the groups are told, as large as they are" \
	"job(\"tick\"; 1; \"p50\") | .modes_b == $((LOADS - slow))"


# Whether the other job is too noisy is the host's affair.
mv "$TMP/none" "$TMP/back"
compare shift back || :
finds back "the other way round it is better, the same metric on the same CPU" \
	'[.quantities[] | select(.verdict == "improved" and .cpu != null)] | min_by(.effect_percent) |
	.metric == "lateness" and .job == "tick" and .cpu == 1'
finds back "and nothing is worse" '[.quantities[] | select(.gated)] |
	length > 0 and all(.verdict != "regressed")'
finish
