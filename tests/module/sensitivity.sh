#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 240
# beside: yes
# The exact lane notices what it should: ten instructions in each of three measured
# paths are told as ten, and nothing else as a change; a word on the kernel's command
# line that is known to matter shows in the paths that it matters to.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

KERNEL=${KERNEL:-6.1}
# Eleven bytes that do nothing, as one instruction and as eleven: nothing else moves. (Where
# an indirect branch stands in its cache line decides on a mitigation's instruction.)
ONE='asm volatile(".byte 0x66,0x66,0x2e,0x0f,0x1f,0x84,0,0,0,0,0")'
ELEVEN='asm volatile(".rept 11; nop; .endr")'

# once NAME OPTION...: measure, and keep the figures as $TMP/NAME.json.
once() {
	local name=$1

	shift
	run_jobs "$name" "$TOP/tests/module/sensitivity.ini" --exact --kernel "$KERNEL" \
		--timeout 120 "$@" &&
		"$KTB_RUNNER" figures "$TMP/$name/result" >"$TMP/$name.json"
}

# plant NAME STATEMENT: a copy of the module in $TMP/module-NAME, with the statement in three
# measured paths.
plant() {
	local copy=$TMP/module-$1

	cp -R "$TOP/module" "$copy"
	# What null calls between its two clock reads.
	sed -i "/^static noinline void ktb_null_callback/,/^}/ s|barrier();|$2;|" "$copy/wl_null.c"
	# mod_timer() to another bucket, each time.
	sed -i "/CALL(mod_timer, /,/sum +=/ s|sum += mod_timer(&p->timer, far)|sum += ({ $2; mod_timer(\&p->timer, far); })|" \
		"$copy/cost_calls.h"
	# Between the woken thread's return from schedule() and its look at the clock.
	sed -i "/^static int ktb_wake_thread/,/now_ns = ktb_clock_ns/ s|now_ns = ktb_clock_ns();|$2; &|" \
		"$copy/wl_kthread_wake.c"
	[ "$(grep -lF "$2" "$copy"/*.[ch] | wc -l)" -eq 3 ]
}

# moved NAME JOB METRIC [FIGURE]: by how much the least sample has, or another figure of
# the metric; calls: in thousandths.
moved() {
	jq -n --arg figure "${4:-min}" --slurpfile before "$TMP/base.json" --slurpfile after "$TMP/$1.json" "
		def its: .[0].figures[] | select(.job == \"$2\" and .metric == \"$3\")[\$figure];
		(\$after | its) - (\$before | its)"
}

# changes NAME: what `ktbench compare` names as changed.
changes() {
	"$KTB_RUNNER" compare --both-ways --tolerance 1 "$TMP/base.json" "$TMP/$1.json" >"$TMP/$1.diff"
	diag <"$TMP/$1.diff"
	grep -E '^(MORE|LESS)' "$TMP/$1.diff" | sed 's/  least.*//'
}

export KTB_RUNNER=$B/ktbench
for name in base ten; do
	if [ $name = base ]; then planted=$ONE; else planted=$ELEVEN; fi
	check "$name: three paths are found" plant $name "$planted"
	B=$TMP/build-$name KTB_MODULE_DIR=$TMP/module-$name check "$name: it is measured" once $name
done
changes ten >"$TMP/changed"
check "ten instructions in the callback of null are ten" \
	test "$(moved ten null empty)" -eq 10
check "ten in each call of mod_timer are ten" \
	test "$(moved ten calls mod_timer)" -eq 10000
# The least of its samples comes with a phase of the tick of its own.
check "ten before a woken thread's first look at the clock are ten, or some more or less" \
	test "$(moved ten wake thread)" -ge 7 -a "$(moved ten wake thread)" -le 13
check "and so far from there is nothing" test "$(moved ten calls timer_delete)" -eq 0

# The same module, so that all that differs is what the kernel was told.
for word in mitigations=off nohz=off; do
	B=$TMP/build-base KTB_MODULE_DIR=$TMP/module-base \
		check "it is measured with $word" once $word --append $word
	changes $word >"$TMP/changed"
	check "$word: it is told that the command line differs" \
		grep -q "^cmdline is: .*$word" "$TMP/$word.diff"
	check "$word: figures differ" test -s "$TMP/changed"
done
check "without mitigations a call of a timer's function costs less" \
	test "$(moved mitigations=off null empty)" -lt 0
# The least sample may be one that came with a tick in either.
check "with the tick kept, an idle CPU's thread is woken by less" \
	test "$(moved nohz=off wake thread mean)" -lt -100
finish
