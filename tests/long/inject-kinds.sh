#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 480
# A module that gets worse on purpose does it as it was told, in the lane that counts
# instructions: by as much, in that workload, in its metric, in that share of the
# expiries and in no other. What is shipped has nothing of it.

. "$(dirname "$0")/../lib.sh"
. "$TOP/tests/module/cells.bash"

KERNEL=${KERNEL:-6.1}
HERE=$TOP/tests/long
DELAY=50000
# A delay ends at a look at the clock; it and what leads to it are less than this.
LOOK=200

# loads: a load of the module a line: name, job files, parameters.
loads() {
	sed -e "s/DELAY/inject_ns=$DELAY/" <<-'END'
	hrtimer  /hrtimer.ini,/others.ini inject=shift DELAY inject_cpu=0
	none     /hrtimer.ini,/others.ini inject=none
	wheel    /others.ini inject=shift DELAY inject_where=timer_wheel
	wake     /others.ini inject=shift DELAY inject_where=kthread_wake
	tail     /hrtimer.ini inject=tail DELAY inject_per=10 inject_seed=1
	periodic /hrtimer.ini inject=periodic DELAY inject_per=4
	boot_1   /hrtimer.ini inject=bimodal DELAY inject_seed=1
	boot_2   /hrtimer.ini inject=bimodal DELAY inject_seed=2
	long     refused inject=shift inject_ns=10000001
	no_cpu   refused inject=shift DELAY inject_cpu=1
	no_share refused inject=tail DELAY inject_per=0
	no_kind  refused inject=worse DELAY
	END
}

# build NAME: what the result says of the module.
build() {
	jq -r .module.build "$TMP/$1/result/result.json"
}

# mean NAME JOB METRIC
mean() {
	jq --arg job "$2" --arg metric "$3" 'select(.job == $job) |
		.cpus[0].metrics[$metric] | .sum / .count | round' <("$TOP/vm/cells" "$TMP/$1/result")
}

# moved NAME JOB METRIC LEAST MOST: has the mean, by so much since nothing was injected?
moved() {
	local by=$(($(mean "$1" "$2" "$3") - $(mean none "$2" "$3")))

	echo "$1: $2: $3 has moved by $by"
	[ $by -ge "$4" ] && [ $by -le "$5" ]
}

by_delay() { moved "$1" "$2" "$3" $DELAY $((DELAY + LOOK)); }
# Where a few samples come with a tick, and some of the time with its phase.
about_by_delay() { moved "$1" "$2" "$3" $((DELAY * 99 / 100)) $((DELAY * 101 / 100)); }
hardly() { moved "$1" "$2" "$3" $((-DELAY / 100)) $((DELAY / 100)); }

# slow NAME: how many of a hundred samples of the hrtimer are late by the delay.
slow() {
	cells_value "$1" "over(\"lateness\"; $DELAY) * 100 / n(\"lateness\")"
}

# p50 NAME
p50() {
	"$B/ktbench" figures "$TMP/$1/result" |
		jq '.figures[] | select(.job == "hrtimer" and .metric == "lateness").p50'
}

MODULE=$("$TOP/vm/module" --kernel "$KERNEL" --inject 2>"$TMP/why") ||
	{ not_ok "the module is built"; diag <"$TMP/why"; finish; }
ok "the module is built"
loads >"$TMP/loads"
status=0
"$TOP/vm/run" --quiet --exact --kernel "$KERNEL" --timeout 400 --out "$TMP" \
	--module "$MODULE" --module-parameters "$(sed 's/.* inject=/inject=/;q' "$TMP/loads")" \
	--add "$HERE/inject-guest:/" --add "$TMP/loads:/" \
	--add "$HERE/inject-hrtimer.ini:/hrtimer.ini" --add "$HERE/inject-others.ini:/others.ini" \
	-- /inject-guest /loads >"$TMP/said" 2>&1 || status=$?
[ $status -eq 0 ] || diag <"$TMP/said"
check "each load is measured, or refused" test $status -eq 0
[ $status -eq 0 ] || finish
for dir in "$TMP"/*/*-result/; do
	mv "$dir" "$(dirname "$dir")/result"
done

for case in "none:none" "hrtimer:shift 50us cpu 0 hrtimer" "wake:shift 50us kthread_wake" \
	"tail:tail 50us/10 hrtimer" "periodic:periodic 50us/4 hrtimer" "boot_1:bimodal 50us hrtimer"; do
	check "${case%%:*}: the result says what was injected" \
		test "$(build "${case%%:*}" | sed 's,.*/inject:,,')" = "${case#*:}"
done
check "none: nothing is said of a delay in the kernel's log" sh -c "! grep -q 'on purpose' '$TMP/none/load'"
check "tail: it is said there, with its seed" grep -q 'on purpose: tail .*inject_seed=1:' "$TMP/tail/load"

check "hrtimer: the lateness is that much more" by_delay hrtimer hrtimer lateness
check "hrtimer: so is its part" by_delay hrtimer hrtimer past_hard
check "hrtimer: the other part is none" hardly hrtimer hrtimer slack_used
check "wheel: the lateness is about that much more" about_by_delay wheel wheel lateness
check "wheel: so is its part" about_by_delay wheel wheel delivery
check "wheel: the other part is none" hardly wheel wheel wheel_slack
check "wake: the latency is about that much more" about_by_delay wake wake latency
check "wake: so is its part" about_by_delay wake wake thread
check "wake: the other part is none" hardly wake wake irq
for other in hrtimer:wheel:lateness hrtimer:wake:latency wheel:wake:latency wake:wheel:lateness; do
	IFS=: read -r name job metric <<<"$other"
	check "$name: $job is as it was" hardly "$name" "$job" "$metric"
done

p50=$(p50 none)
diag "p50: none $p50, hrtimer $(p50 hrtimer), tail $(p50 tail), periodic $(p50 periodic)"
diag "late of a hundred: none $(slow none), tail $(slow tail), periodic $(slow periodic)"
check "none: none is late by as much" test "$(slow none)" = 0
check "hrtimer: all are" test "$(slow hrtimer)" = 100
# Buckets are 1/128 of their value wide.
check "hrtimer: so p50 is that much more, up to a bucket" test "$(p50 hrtimer)" -ge $((p50 + DELAY * 127 / 128)) -a \
	"$(p50 hrtimer)" -le $((p50 + DELAY * 129 / 128 + LOOK))
check "tail: about one in ten is late" jq -en "$(slow tail) | . >= 5 and . <= 18"
check "tail: not each tenth" test "$(slow tail)" != 10
check "tail: the worst is" cells tail ".[0] | max(\"lateness\") >= $DELAY"
check "tail: p50 is as it was" test "$(p50 tail)" -le $((p50 + LOOK)) -a "$(p50 tail)" -ge $((p50 - LOOK))
check "periodic: each fourth is late" jq -en "$(slow periodic) | . >= 24.5 and . <= 25.5"
check "periodic: p50 is as it was" test "$(p50 periodic)" -le $((p50 + LOOK)) -a "$(p50 periodic)" -ge $((p50 - LOOK))

for boot in 1:0:'not slow' 2:100:slow; do
	IFS=: read -r seed share word <<<"$boot"
	check "bimodal: seed $seed draws a load that is $word" \
		grep -q "inject_seed=$seed: this load is $word\$" "$TMP/boot_$seed/load"
	check "bimodal: and so it is, throughout" test "$(slow "boot_$seed")" = "$share"
done

for refusal in long:inject_ns no_cpu:inject_cpu no_share:inject_per no_kind:inject; do
	check "${refusal%%:*}: it does not load, and the log says for which parameter" \
		grep -q "invalid for parameter .${refusal#*:}'" "$TMP/${refusal%%:*}/load"
done

SHIPPED=$("$TOP/vm/module" --kernel "$KERNEL")
check_fails 1 '^0$' "what is shipped has nothing of it" grep -ac ktb_inject "$SHIPPED"
check "this one has" grep -aq ktb_inject "$MODULE"
check "and says so before it is loaded" grep -azq '^version=.*/inject$' "$MODULE"
finish
