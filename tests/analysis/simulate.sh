#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The rule that compares kernels keeps its promises on invented boots, and the simulator
# sees each of the ways to break it. A part of what tests/long/simulate.sh counts; the
# seed is fixed, so it passes always or never.

. "$(dirname "$0")/../lib.sh"

# holds SHARE TABLE WHAT [BREAK...]: what is claimed holds, and does not any more when
# one of these is broken and as much is simulated.
holds() {
	local share=$1 table=$2 what=$3 how

	shift 3
	check "$what" "$B/tests/analysis/simulate" --share "$share" "$table"
	for how; do
		check_fails 1 '\*\*NO\*\*' "  not so with $how broken" \
			"$B/tests/analysis/simulate" --share "$share" --break "$how" "$table"
	done
}

holds 1 alarms-fast "false alarms of whole comparisons stay below 1 %" alpha family
holds 3 alarms "from samples of two levels too" order unit
holds 2 wrong "what must not be done flags far too much"
holds 2 coverage "the 99 % interval holds the truth 98.5 to 99.5 times in 100" alpha
holds 20 power "a change of twice the noise is found by 11 boots a side"
holds 4 looks "looks on the way cost less than 1 % in all" looks
holds 5 modes "boots are rarely taken for two groups where there is one"
check_fails 64 "nothing to break is called 'x'" "an unknown way to break it" \
	"$B/tests/analysis/simulate" --break x alarms
check_fails 2 "no table is called 'x'" "an unknown table" "$B/tests/analysis/simulate" x

# The same figures on every run.
"$B/tests/analysis/simulate" --share 1 modes >"$TMP/one"
"$B/tests/analysis/simulate" --share 1 modes >"$TMP/two"
check "a seed gives the same figures again" cmp "$TMP/one" "$TMP/two"
"$B/tests/analysis/simulate" --share 1 --seed 2 modes >"$TMP/two"
check "another one gives others" sh -c "! cmp -s '$TMP/one' '$TMP/two'"
finish
