#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 200
# The cost ledger says what the workloads say that it is made of, and what a cell took
# of the machine is what it must have taken: in the lane that counts instructions.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

check "it is measured" run_jobs run "$TOP/tests/module/ledger.ini" --exact --timeout 150

# ledger FILTER: does jq's FILTER hold for the ledger? cost(NAME) is a row.
ledger() {
	jq -e ".ledger | def cost(\$n): (.costs[] | select(.name == \$n)); $1" "$TMP/run/result/result.json"
}
check "nothing is missing in the ledger" ledger '.reason == "" and ([.costs[].name] == [
	"clock_read", "callback", "record", "record_missed", "rearm_timer", "forward_hrtimer", "rearm_hrtimer",
	"user_clock_read", "user_callback", "user_record", "user_rearm", "user_record_missed"])'
check "each has enough samples" ledger 'all(.costs[]; .count >= 1) and cost("record").count >= 500'

# least JOB METRIC: of the cells, in ps.
least() {
	jq -s "map(select(.job == \"$1\"))[0].cpus[0].metrics.$2.min * 1000" <("$TOP/vm/cells" "$TMP/run/result")
}
for row in "clock_read null clock_pair" "callback null empty" "record null record" "record_missed null record_missed" \
	"user_clock_read user-null clock_pair" "user_callback user-null empty" "user_record user-null record" \
	"user_rearm user-null rearm" "user_record_missed user-null record_missed"; do
	read -r name job metric <<<"$row"
	check "$name is what the job $job says of $metric" \
		ledger "cost(\"$name\").min_ps as \$m | (\$m - $(least "$job" "$metric")) | fabs <= \$m / 10 + 1000"
done
check "recording costs no more than 45 instructions beyond the clock" \
	ledger '(cost("record").mean_ps - cost("clock_read").mean_ps) <= 45000'

# A stall of 10 s at 10 us is a million periods: one by one they would take it much longer.
check "a missed period costs no more than 350 instructions beyond the clock" \
	ledger '(cost("record_missed").mean_ps - cost("clock_read").mean_ps) | . > 0 and . <= 350000'

# Two thousand timers a second, from the begin of the warm-up to STOP; what an idle CPU takes
# is a tenth of that. A timer that is armed anew does not take two interrupts.
check "two thousand timers a second are as many interrupts" cells run \
	'job("timers")[0] | .cost as $c | $c.irqs[0][1] / $c.elapsed_ns * 1e9 | . > 1800 and . < 2200'
check "fewer are fewer, by what they are fewer" cells run '
	def rate: .cost | .irqs[0][1] / .elapsed_ns * 1e9;
	(job("timers")[0] | rate) - (job("few")[0] | rate) | . > 1500 and . < 1750'
check "an idle CPU takes less than any of them" \
	ledger '.idle | .irqs[0][1] / .elapsed_ns * 1e9 < 300'
check "the reader wakes once, at the end" cells run 'all(.[]; .cost.reader_wakeups == 1)'
check "and uses less than a ten thousandth of the time" \
	cells run 'all(.[]; .cost.reader_cpu_ns | . > 0 and . * 10000 < 375000000)'
check "results hold to the schema" "$TOP/tests/analysis/validate" "$TMP/run/result"

check "it is reported" sh -c "'$B/ktbench' report --no-plots '$TMP/run/result' >'$TMP/text'"
share=$(jq -r --slurpfile r "$TMP/run/result/result.json" 'select(.job == "timers") |
	($r[0].ledger.costs[] | select(.name == "record").mean_ps) as $ps |
	[.cpus[0].metrics[].count] | add * $ps / 3e11 * 100 * 1000 | round | "0.0\(.)"' <("$TOP/vm/cells" "$TMP/run/result"))
diag "recording is ${share} % of the CPU's time"
check "the text tells the share of recording" \
	sh -c "sed -n '/^timers:/,/^\$/p' '$TMP/text' | grep -q 'measuring: recording took $share % of'"
check "and the page has the ledger" grep -q 'What does measuring cost here?' "$TMP/run/result/report.html"
finish
