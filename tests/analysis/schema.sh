#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# results/*.schema.json: the invented results hold, and each broken one is
# found. (Invented results only; results of real runs are held against the same
# schemas by the tests that make them.)

. "$(dirname "$0")/../lib.sh"

MAKE_RESULT=$B/tests/analysis/make_result
VALIDATE=$TOP/tests/analysis/validate

[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"
python3 -c 'import jsonschema' 2>/dev/null ||
	skip_all "python3-jsonschema is missing (Debian: apt-get install python3-jsonschema)"

"$MAKE_RESULT" --cells 8 --repetitions 2 --samples 300 "$TMP/plain"
"$MAKE_RESULT" --samples 100 --losses --odd --lane exact "$TMP/odd"
"$MAKE_RESULT" --cells 3 --samples 30 "$TMP/small"
"$MAKE_RESULT" --cells 2 --samples 10 --state interrupted --lane vm "$TMP/cut"
check "a plain result holds" "$VALIDATE" "$TMP/plain"
check "a result with losses and odd names holds" "$VALIDATE" "$TMP/odd"
check "an interrupted result holds" "$VALIDATE" "$TMP/cut"

# WHAT | file | sed command | expected words
breaks()
{
	cat <<-'EOF'
	a member too many | result.json | s/"seed": 1/"seed": 1, "speed": 1/ | speed
	a member too few | result.json | s/ "lane_detail": "",// | lane_detail
	an unknown lane | result.json | s/"lane": "metal"/"lane": "cloud"/ | cloud
	a time that is none | result.json | s/2026-01-02T03:04:05Z/yesterday/ | yesterday
	a float | result.json | s/"seed": 1/"seed": 1.5/ | 1.5
	a gate of a quantile that is none | result.json | s/"quantile": "p99"/"quantile": "p98"/ | p98
	a gate without a delta | result.json | s/"delta_ppm": null/"delta": null/ | delta_ppm
	a delta of nothing | result.json | s/"delta_ppm": 50000/"delta_ppm": 0/ | minimum
	a gate of a job on a metric that nothing has | result.json | s/"metric": "lateness"/"metric": "lightness"/ | lightness
	a layout without its buckets | result.json | s/"buckets": 3584/"bins": 3584/ | buckets
	a NaN | cells.jsonl | 1s/"begin_ns":[0-9]*/"begin_ns":NaN/ | NaN
	a state that is none | cells.jsonl | 1s/"state":"ok"/"state":"fine"/ | fine
	a reason without a cause | cells.jsonl | 1s/"reason":""/"reason":"why"/ | reason
	a count that is no sum | cells.jsonl | 2s/{"count":[0-9]*/{"count":7/ | count is 7
	a bucket past the last | cells.jsonl | 2s/"buckets":\[\[[0-9]*/"buckets":[[3584/ | 3584
	a negative counter | cells.jsonl | 2s/"expiries":/"expiries":-/ | minimum
	a lost sample in a good cell | cells.jsonl | 2s/"wrong_cpu":0/"wrong_cpu":1/ | lost
	a metric that is missing | cells.jsonl | 2s/"delivery":/"deliver":/ | distributions
	a repetition twice | cells.jsonl | 2s/"cell":1/"cell":0/ | twice
	load beside a cell that is not there | cells.jsonl | 3s/"beside":null/"beside":77/ | cell 77
	load beside a word | cells.jsonl | 3s/"beside":null/"beside":"77"/ | beside
	a job beside that has no name | cells.jsonl | 3s/"with":\[\]/"with":[""]/ | with
	another arming CPU than the parameters say | cells.jsonl | 3s/"params":{/"params":{"arm_on":"every 1",/ | params
	an unknown workload | cells.jsonl | 1s/"workload":"null"/"workload":"nil"/ | nil
	a cut line | cells.jsonl | $s/..$// | expecting|delimiter|cut
	EOF
}

breaks | sed 's/^[ 	]*//' >"$TMP/breaks"
while IFS= read -r row; do
	what=${row%% | *}
	rest=${row#* | }
	file=${rest%% | *}
	rest=${rest#* | }
	command=${rest%% | *}
	words=${rest#* | }
	rm -rf "$TMP/broken"
	cp -r "$TMP/small" "$TMP/broken"
	sed -i "$command" "$TMP/broken/$file"
	if cmp -s "$TMP/small/$file" "$TMP/broken/$file"; then
		not_ok "found: $what"
		diag "sed changed nothing: $command"
		continue
	fi
	rc=0
	"$VALIDATE" "$TMP/broken" >"$TMP/said" 2>&1 || rc=$?
	if [ $rc -ne 0 ] && grep -Eq "$words" "$TMP/said"; then
		ok "found: $what"
	else
		not_ok "found: $what"
		diag "exit $rc, expected a line like: $words"
		diag <"$TMP/said"
	fi
done <"$TMP/breaks"
finish
