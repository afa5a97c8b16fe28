#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The report of invented results: one file, no network, nothing hidden, nothing
# that the sample cannot support, and one clear sentence for what is no result.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/page.lib"

MAKE_RESULT=$B/tests/analysis/make_result
REPORT=$B/tests/analysis/report

[ -x "$REPORT" ] ||
	skip_all "$REPORT is not built (make analysis-tools)"

plain=$TMP/plain
"$MAKE_RESULT" "$plain"
check "a plain result is reported" "$REPORT" --no-plots "$plain"
page=$plain/report.html
cells=$(wc -l <"$plain/cells.jsonl")
check "the page needs no network" no_network "$page"
has_not "no NaN, no infinity" "$page" '[^a-z](nan|inf)[^a-z]'
has "it says what was measured" "$page" "Measured <b>$cells cells</b>, $cells repetitions"
has "it says where" "$page" 'Invented CPU 9000.*4 usable CPUs.*6\.1\.0-invented.*metal'
has "it says that all is valid" "$page" "VALID: all $cells repetitions"
has_not "metal has no banner" "$page" 'class="banner"'
has "it has the five worst" "$page" '<h2>The five worst'
check "which are five" test \
	"$(sed -n '/five worst/,/Allowed is the slack/p' "$page" | grep -c '^<tr><td title')" -eq 5
has "with evidence" "$page" 'CPU was (idle|busy), ran swapper/0 \(pid 0\).*interrupts.*softirqs.*context switches.*stolen'
has "the job file's question is the heading" "$page" '<h2 id="job2">Does the lateness of wheel timers grow with their number\?</h2>'
has "a job without one gets one" "$page" 'What is the lateness of timer_wheel as a function of kind\?'
check "null stands beside every other job" test \
	"$(grep -c 'null: clock_pair' "$page")" -eq \
	"$(($(grep -c '^<h2 id="job' "$page") - 1))"
has "intervals stand beside quantiles" "$page" '[0-9] us<small>\[[0-9.]+ us, [0-9.]+ us\]</small>'
has "it says what the interval is not for" "$page" 'Kernels are compared boot by boot'
has "the command is there" "$page" '<pre>ktbench run quick\.ini --seed 1</pre>'
has "the machine is drawn without lstopo" "$page" 'class="cpu">CPU 3'
has "the wheel levels' parts are there" "$page" 'wheel_slack \(part\)'

has "a job with another one beside it says so" "$page" 'With job load running beside it\.'
has "that one says so too" "$page" 'Ran as load beside job loaded\.'
has "and beside which cell" "$page" '<td>[0-9]+<small>beside cell [0-9]+</small></td>'
check "its cells are one job" test "$(grep -c '<h2 id="job.*>And the wheel timers' "$page")" -eq 1

# Periods that were missed: told at the top, in each table, and what the quantiles are of.
"$MAKE_RESULT" --samples 1500 --missed 40 "$TMP/stalled"
"$MAKE_RESULT" --samples 1500 --missed 40 --older "$TMP/older"
for result in stalled older; do
	check "$result is reported" sh -c "'$REPORT' --no-plots '$TMP/$result' >'$TMP/text'"
	has "the page says at the top that many were missed" "$TMP/$result/report.html" \
		'class="banner">More than 1 % of the schedule was missed in 40 of 72 cells, most in wheel-scaling timers=10,000: 188 of 6,188 periods, 3\.04 %'
	has "so does the text" "$TMP/text" '^more than 1 % of the schedule was missed in 40 of 72 cells, most in wheel-scaling timers=10,000:'
	has "with the counts of each workload" "$TMP/text" '^timer_wheel: .* samples 108,000, lost 0, missed 2,908, early 0'
	cp "$TMP/text" "$TMP/$result.text"
done
has "the headline is over the schedule" "$TMP/stalled.text" '^  timers=1 +6,160 +0 +160 .* 40\.00 ms$'
has "what was served stands below it" "$TMP/stalled.text" '^    lateness \(served only\) +6,000 +0 +160 '
has "in the page too" "$TMP/stalled/report.html" '<tr class="served"><td class="l" colspan="2">lateness \(served only\)</td><td>1</td><td>6,000</td><td>0</td><td>160</td>'
has "a CPU's figures are over the schedule" "$TMP/stalled/report.html" '<td>1,540</td><td>40</td><td>0</td>'
has "parts say what they are of" "$TMP/stalled/report.html" 'lateness is over the whole schedule: served and missed; its parts are of the periods that were served'
has_not "no quantile of it is of the served ones only" "$TMP/stalled/report.html" 'Quantiles are of the periods served only'
for file in older.text older/report.html; do
	check "$file says so at each job's table" test \
		"$(grep -ci 'quantiles are of the periods served only: [0-9,]* periods were missed in .* and the result does not tell how late' "$TMP/$file")" -ge 10
done
has_not "and has no other row" "$TMP/older.text" 'served only\)'

# Calls: a row a call, all in one unit, a column a cell.
calls=$(grep -c '"call": true' "$plain/result.json")
table()
{
	sed -n '/<caption>p50 of one call/,/<\/table>/p' "$1"
}
table "$page" >"$TMP/calls"
has "calls have a table, and its caption a unit" "$TMP/calls" '<caption>p50 of one call, ns; below it the least\. Kernel 6\.1\.0-invented, lane metal</caption>'
check "a row a call" test "$(grep -c 'title="n 8,000, early 0.*95 % interval.*max' "$TMP/calls")" -eq "$((calls + 3))"
check "a column a cell" test "$(grep '>mod_timer_same<' "$TMP/calls" | grep -o '<td title' | wc -l)" -eq 10
has "settings stand above it" "$TMP/calls" '<th class="t">pending</th>.*<th>100,000</th>'
has "so do samples" "$TMP/calls" 'n of mod_timer</td><td>8,000</td>'
has "and losses" "$TMP/calls" 'lost</td><td>0</td>'
has "a wide table is folded" "$page" '<summary>All 10 columns'
has_not "there is no other table of them" "$TMP/calls" '<th>p99'
has "a call has a unit in no cell of the table" "$TMP/calls" '<tr><td class="t">mod_timer</td><td title[^>]*>[0-9.]+<small>min [0-9.]+</small>'

vm=$TMP/vm
"$MAKE_RESULT" --cells 26 --lane vm --losses --odd --samples 500 --repetitions 2 "$vm"
"$REPORT" --no-plots "$vm" >"$TMP/text"
page=$vm/report.html
has "the vm lane has its banner" "$page" 'class="banner">Lane vm: times are shape only, never figures'
has "and its line in the text" "$TMP/text" 'times are shape only, never figures'
has "losses make it invalid" "$page" 'INVALID: 16 of 52 repetitions'
has "and are counted" "$page" '<b>704 lost</b>'
has "and named" "$page" 'wrong_cpu&nbsp;440&nbsp;!'
has "an invalid row says so" "$page" 'class="invalid"><td>2 <b class="bad">INVALID</b>'
has "and why" "$page" 'wrong_cpu counts 11 on each CPU'
has "early samples are counted" "$page" '[1-9][0-9]* early, [1-9][0-9]* past the last bucket'
has "the text marks invalid rows" "$TMP/text" 'INVALID$'
has "several runs show their range" "$page" '<small>runs [0-9.]+ us to [0-9.]+ us</small>'
has_not "markup in names stays text" "$page" 'CPU <i>|ran <b>|<script'
has "and is shown" "$page" 'CPU &lt;i&gt;&amp;amp; &quot;co&quot;&lt;/i&gt;'
has "an odd argument is quoted" "$page" "'it'.''s odd\.ini'"
check "the page needs no network, odd names or not" no_network "$page"

small=$TMP/small
"$MAKE_RESULT" --cells 2 --cpus 1 --samples 300 --lane exact "$small"
"$REPORT" --no-plots "$small" >"$TMP/text"
has "a small sample has no p99" "$small/report.html" 'n too small'
has "in the text too" "$TMP/text" 'timers=1 +300 +0 +0 +[0-9,]+ +n too small +n too small +[0-9,]+$'
has "the exact lane counts instructions" "$small/report.html" 'lateness, instructions \(= virtual ns\)'

# A module that is late on purpose is told of, on top; others are not.
late=$TMP/late
cp -R "$small" "$late"
sed -i 's,ktbench 0 (invented),&/inject:shift 50us cpu 2 hrtimer,' "$late/result.json"
"$REPORT" --no-plots "$late" >"$TMP/late.text"
for file in "$late/report.html" "$TMP/late.text"; do
	has "late on purpose: $(basename "$file") says so" "$file" \
		'[Tt]he module was built to be late on purpose \(shift 50us cpu 2 hrtimer\): the figures are not'
done
has_not "what is shipped is not" "$TMP/text" 'on purpose'

# Columns: some, invalid ones among them, in instructions.
few=$TMP/few
"$MAKE_RESULT" --cells 66 --cpus 1 --samples 5 --lane exact --losses "$few"
"$REPORT" --no-plots "$few" >"$TMP/text"
table "$few/report.html" >"$TMP/calls"
has "calls of the exact lane are instructions" "$TMP/calls" 'one call, instructions \(= virtual ns\).*lane exact: times are instructions'
has "in the text too" "$TMP/text" '^  p50 of one call, instructions'
has_not "a narrow table is not folded" "$few/report.html" '<summary>All [0-9]+ columns'
has "an invalid column says so" "$TMP/calls" '<th>62 <b class="bad">INVALID</b>'
has "in each of its rows" "$TMP/calls" '>timer_setup</td><td class="invalid"'
has "and what was lost" "$TMP/calls" 'lost</td><td class="bad">11&nbsp;!</td>'
has "no median of a small sample" "$TMP/calls" '<i class="no">n too small</i><small>min'
has "nor in the text" "$TMP/text" '^  timer_setup +n too small'

# What went wrong with a run is said.
cut=$TMP/cut
"$MAKE_RESULT" --cells 3 --samples 100 --state interrupted "$cut"
sed -i '$s/.....$//' "$cut/cells.jsonl"
truncate -s -1 "$cut/cells.jsonl"
check_fails 0 'cells\.jsonl: the last line is cut off after [0-9]+ bytes and is left out' \
	"a torn line is told on stderr" "$REPORT" --no-plots "$cut"
has "a torn line is told in the page" "$cut/report.html" 'last line of cells\.jsonl is cut off'
has "missing repetitions are told" "$cut/report.html" '2 of 3 planned repetitions are there'
has "the state is told" "$cut/report.html" 'The run is <b>interrupted</b>\. Somebody stopped it'
: >"$cut/cells.jsonl"
check "a run without a cell is reported" "$REPORT" --no-plots "$cut"
has "as such" "$cut/report.html" 'NOTHING WAS MEASURED'

# What is no result gets a sentence and exit 2.
mkdir "$TMP/empty"
check_fails 2 '^ktbench: .*/empty is not a result directory: there is no result\.json in it; ' \
	"an empty directory" "$REPORT" "$TMP/empty"
check_fails 2 '^ktbench: cannot report .*/nowhere: No such file' \
	"a directory that is not there" "$REPORT" "$TMP/nowhere"
check_fails 2 'not a result directory' "a file" "$REPORT" "$0"
mkdir "$TMP/foreign"
echo '{"schema": "fio"}' >"$TMP/foreign/result.json"
check_fails 2 'its schema is "fio"' "another program's result" "$REPORT" "$TMP/foreign"
head -c 500 "$plain/result.json" >"$TMP/foreign/result.json"
check_fails 2 'result\.json is damaged at line [0-9]+' "a truncated result.json" "$REPORT" "$TMP/foreign"
cp "$plain/result.json" "$TMP/foreign/"
check_fails 2 'cells\.jsonl\.zst: No such file' "a complete run without cells" "$REPORT" "$TMP/foreign"
sed '5s/"sum":[0-9]*/"sum":1/' "$plain/cells.jsonl" >"$TMP/foreign/cells.jsonl"
check_fails 2 'cells\.jsonl line 5 is damaged: cpus\[0\]: metrics\.' "a damaged line in the middle" "$REPORT" --no-plots "$TMP/foreign"
check "no report is left of it" test ! -e "$TMP/foreign/report.html"

# A full disk: the old page stays.
if [ -w /dev/full ] && [ "$(id -u)" = 0 ] && mkdir "$TMP/full" &&
   mount -t tmpfs -o size=16M tmpfs "$TMP/full" 2>/dev/null; then
	at_exit "umount '$TMP/full'"
	cp -r "$plain" "$TMP/full/run"
	echo old >"$TMP/full/run/report.html"
	dd if=/dev/zero of="$TMP/full/fill" bs=64k 2>/dev/null || :
	check_fails 5 '^ktbench: cannot (write|make) .*No space left on device' \
		"a full disk" "$REPORT" "$TMP/full/run"
	has "leaves the old page" "$TMP/full/run/report.html" '^old$'
else
	skip "a full disk" "cannot mount a small file system here"
fi
finish
