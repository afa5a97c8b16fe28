#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# `ktbench export`: every figure comes back out of every format, as computed from the
# buckets by another program; each document is read by the reader that it is for, or
# held against the published schema; and one sentence for what cannot be exported.

. "$(dirname "$0")/../lib.sh"

KTBENCH=$B/ktbench
MAKE_RESULT=$B/tests/analysis/make_result
READ=$TOP/tests/analysis/read_export
HERE=$TOP/tests/analysis
COMPARE=
for file in /usr/share/benchmark/compare.py /usr/share/googlebenchmark/tools/compare.py; do
	[ ! -f $file ] || COMPARE=$file
done

[ -x "$MAKE_RESULT" ] || skip_all "$MAKE_RESULT is not built (make analysis-tools)"
[ -n "$(type -P python3)" ] || skip_all "python3 is missing"

# export_to NAME FORMAT WORD...: into $TMP/NAME; what it says into $TMP/NAME.err.
export_to() {
	local name=$1 format=$2

	shift 2
	"$KTBENCH" export --format "$format" --output "$TMP/$name" "$@" 2>"$TMP/$name.err"
}

# has WHAT MODULE PACKAGE: true if python3 has it; else WHAT is skipped.
has() {
	python3 -c "import $2" 2>/dev/null && return
	skip "$1" "python3 has no $2 (Debian: apt-get install $3)"
	return 1
}

says() {
	check "  $1" grep -Eq -e "$2" "$3"
}

# refuses WHAT CODE WORDS ARGUMENT...
refuses() {
	local what=$1 code=$2 words=$3

	shift 3
	check_fails "$code" "$words" "$what" "$KTBENCH" export "$@"
	check "  in one sentence" test "$(grep -c . "$TMP/.out")" -eq 1
}

"$MAKE_RESULT" --cpus 2 --samples 700 "$TMP/plain"
"$MAKE_RESULT" --cpus 2 --samples 2000 --losses --odd --lane exact --state interrupted "$TMP/odd"

# Each figure comes back, and no other: two results, six formats, another program.
FORMATS=google-benchmark,smaller-is-better,bmf,openmetrics,csv,jsonl
for result in plain odd; do
	for format in ${FORMATS//,/ } ktap junit; do
		check "$result is exported as $format" export_to "$result.$format" "$format" "$TMP/$result"
	done
	check "all figures of $result are there" "$READ" figures "$TMP/$result" $FORMATS "$TMP/$result"
	check "so are all its cells in ktap" "$READ" ktap "$TMP/$result.ktap" "$TMP/$result"
	check "and in junit" "$READ" junit "$TMP/$result.junit" "$TMP/$result"
done
if has "JSON against its schemas" jsonschema python3-jsonschema; then
	set --
	for format in google-benchmark smaller-is-better bmf; do
		set -- "$@" "$TMP/plain.$format" "$HERE/$format.schema.json" \
			"$TMP/odd.$format" "$HERE/$format.schema.json"
	done
	check "JSON holds against its schemas" "$READ" schema "$@"
	check_fails 1 "'range' is a required property" "the schemas find what is missing" "$READ" schema \
		<(sed '/"range"/d' "$TMP/plain.smaller-is-better") "$HERE/smaller-is-better.schema.json"
fi
sed '/^wheel-scaling,timers=1,lateness,p99,,/s/,1400,/,1401,/' "$TMP/plain.csv" >"$TMP/wrong.csv"
check_fails 1 'csv lacks wheel-scaling lateness p99' "one sample more is found" \
	"$READ" figures "$TMP/wrong" csv "$TMP/plain"
"$KTBENCH" export -f csv "$TMP/plain" >"$TMP/stdout" 2>/dev/null
check "stdout gets what a file gets" cmp "$TMP/stdout" "$TMP/plain.csv"
check "of a plain result nothing is left out of csv" test ! -s "$TMP/plain.csv.err"
says "what a format cannot carry is told" '^ktbench: 22 metrics of cells are left out: google-benchmark' \
	"$TMP/plain.google-benchmark.err"
says "so are invalid cells" '^ktbench: 24 invalid cells are left out' "$TMP/odd.bmf.err"
says "and quantiles without a value" '^ktbench: [0-9]+ quantiles below zero or past the last' "$TMP/odd.bmf.err"
says "and a run that was not complete" 'its run is interrupted; what it has measured' "$TMP/odd.bmf.err"
says "csv has single CPUs" '^wheel-scaling,timers=10,lateness,p99,1,[0-9]+,,,700,0,ns,metal,6\.1\.0-invented,' "$TMP/plain.csv"
says "csv quotes a comma" '^wheel-scaling,"timers=1,000",' "$TMP/plain.csv"
says "the exact lane has no seconds" '"unit": "instructions"' "$TMP/odd.smaller-is-better"
check "  nowhere" sh -c "! grep -qE 'seconds|\"ns\"\$' '$TMP/odd.openmetrics' '$TMP/odd.smaller-is-better'"

# What was missed, and what the quantiles know of it.
"$MAKE_RESULT" --cpus 2 --samples 700 --missed 40 "$TMP/stalled"
"$MAKE_RESULT" --cpus 2 --samples 700 --missed 40 --older --created 2026-01-01T03:04:05Z "$TMP/older"
for format in google-benchmark smaller-is-better bmf openmetrics csv jsonl; do
	check "missed periods in $format" export_to "stalled.$format" "$format" "$TMP/stalled"
	check "  of a result that does not tell how late" export_to "older.$format" "$format" "$TMP/older"
done
check "figures are over the schedule, and those served beside it" "$READ" figures "$TMP/stalled" \
	google-benchmark,smaller-is-better,bmf,openmetrics,csv,jsonl "$TMP/stalled"
check "  of the older one over what was served" "$READ" figures "$TMP/older" \
	google-benchmark,smaller-is-better,bmf,openmetrics,csv,jsonl "$TMP/older"
says "csv says so" '^hrtimer-scaling,timers=1,lateness,p99,,[0-9]+,[0-9]+,[0-9]+,1480,0,.*,80,schedule$' "$TMP/stalled.csv"
says "of a single CPU too" '^hrtimer-scaling,timers=1,lateness,p99,1,[0-9]+,,,740,0,.*,80,schedule$' "$TMP/stalled.csv"
says "of those served" '^hrtimer-scaling,timers=1,lateness_served,p99,,.*,1400,0,.*,80,served$' "$TMP/stalled.csv"
says "of those missed" '^hrtimer-scaling,timers=1,lateness_missed,p50,,.*,80,0,.*,80,missed$' "$TMP/stalled.csv"
says "of a part" '^hrtimer-scaling,timers=1,past_hard,p50,,.*,1400,0,.*,80,served$' "$TMP/stalled.csv"
says "of the older one" '^hrtimer-scaling,timers=1,lateness,p99,,.*,1400,0,.*,80,served$' "$TMP/older.csv"
says "openmetrics does" '^ktbench_cell_over_schedule\{job="hrtimer-scaling",cell="timers=1",.*\} 1$' "$TMP/stalled.openmetrics"
says "of the older one" '^ktbench_cell_over_schedule\{job="hrtimer-scaling",cell="timers=1",.*\} 0$' "$TMP/older.openmetrics"
check "ktap of the older one" export_to older.ktap ktap "$TMP/older"
says "says it in the line" 'n=1400 lost=0 missed=80 \(quantiles are of the periods served only\)$' "$TMP/older.ktap"
says "and above it" '^  # quantiles are of the periods served only: 80 periods were missed in 1 of 1 cells' "$TMP/older.ktap"
check "counts of the schedule" export_to stalled.hgrm hgrm -m hrtimer-scaling/timers=1/lateness "$TMP/stalled"
check "  all of them" "$READ" hgrm "$TMP/stalled.hgrm" hrtimer-scaling lateness timers 1 "$TMP/stalled"
says "hgrm says so" 'lost 0, missed 80, over schedule, early 0' "$TMP/stalled.hgrm"
refuses "boots of two methods" 2 'periods of .* were missed, and only one of them tells how late' \
	-f bmf "$TMP/stalled" "$TMP/older"
refuses "counts of two methods" 2 'periods of .* were missed, and not all results tell how late' \
	-f hgrm -m hrtimer-scaling/timers=1/lateness "$TMP/stalled" "$TMP/older"

# Prometheus.
check "openmetrics ends as it must" test "$(tail -n 1 "$TMP/plain.openmetrics")" = "# EOF"
sed -n 's/^\([a-z_]*{.*}\) .*/\1/p' "$TMP/odd.openmetrics" | sort >"$TMP/series"
check "no series is there twice" test "$(uniq "$TMP/series" | wc -l)" -eq "$(wc -l <"$TMP/series")"
says "an invalid cell is told as one" '^ktbench_cell_valid\{job="wheel-scaling",cell="timers=10",.*\} 0$' "$TMP/odd.openmetrics"
says "with its losses" '^ktbench_cell_lost_samples\{job="wheel-scaling",cell="timers=10",.*\} 22$' "$TMP/odd.openmetrics"
says "and what it missed" '^ktbench_cell_missed_periods\{job="wheel-scaling",cell="timers=10,000",.*\} 14$' "$TMP/plain.openmetrics"
check "  and without figures" sh -c "! grep -q 'job=\"wheel-scaling\",cell=\"timers=10\",metric' '$TMP/odd.openmetrics'"
# promtool: the package would start a server, so nothing but the program is taken out of it.
PROMTOOL=$(type -P promtool || echo "$B/tests/promtool")
if [ ! -x "$PROMTOOL" ] && [ -n "$(type -P apt-get)" ]; then
	diag "taking promtool out of Debian's package prometheus, to $PROMTOOL"
	mkdir -p "$TMP/prometheus"
	(cd "$TMP" && apt-get -q download prometheus && dpkg-deb -x prometheus_*.deb prometheus &&
		mv -T prometheus/usr/bin/promtool "$PROMTOOL") >"$TMP/why" 2>&1 || diag <"$TMP/why"
fi
for result in plain odd; do
	if [ -x "$PROMTOOL" ]; then
		check "promtool finds nothing in $result" sh -c "'$PROMTOOL' check metrics <'$TMP/$result.openmetrics'"
	else
		skip "promtool finds nothing in $result" "promtool is missing, and Debian's package prometheus cannot be fetched"
	fi
	! has "Prometheus' client reads $result" prometheus_client python3-prometheus-client ||
		check "Prometheus' client reads $result" "$READ" openmetrics "$TMP/$result.openmetrics"
done
sed 's/6\.1\.0-invented/6.12.0-invented/' "$TMP/plain/result.json" >"$TMP/result.json"
cp -r "$TMP/plain" "$TMP/newer"
mv "$TMP/result.json" "$TMP/newer/result.json"
check "two kernels stand side by side" export_to two.openmetrics openmetrics "$TMP/plain" "$TMP/newer"
check "  with all figures" "$READ" figures "$TMP/two" openmetrics "$TMP/plain" "$TMP/newer"

# JUnit and KTAP.
if [ -n "$(type -P xmllint)" ]; then
	for result in plain odd; do
		check "the XML of $result holds against the schema" xmllint --nonet --noout \
			--schema "$HERE/junit.xsd" "$TMP/$result.junit"
	done
	check "several results are several suites" export_to suites junit "$TMP/plain" "$TMP/newer"
	check "  in one document" xmllint --nonet --noout --schema "$HERE/junit.xsd" "$TMP/suites"
	sed 's/ tests="[0-9]*"//' "$TMP/plain.junit" >"$TMP/broken.xml"
	check_fails 3 "attribute 'tests' is required" "the schema finds what is missing" xmllint --nonet \
		--noout --schema "$HERE/junit.xsd" "$TMP/broken.xml"
else
	skip "JUnit XML against the schema" "xmllint is missing (Debian: apt-get install libxml2-utils)"
fi
says "a failure says why" '<failure type="invalid" message="wrong_cpu counts 11 on each CPU"/>' "$TMP/odd.junit"
says "so does a cell that was left out" '<skipped type="left-out" message="quick.ini:9: \[x\]: arm_on' "$TMP/odd.junit"
says "ktap tells of an invalid cell" '^  not ok 2 wheel-scaling_timers_10 # wrong_cpu counts 11' "$TMP/odd.ktap"
says "of one that was left out" "^  ok 1 x_left_out # SKIP quick.ini:9: \[x\]: arm_on: 'other-node'" "$TMP/odd.ktap"
says "and of the run" '^  not ok 1 run_complete # Somebody stopped it' "$TMP/odd.ktap"
says "a good cell has figures" '^  ok 1 wheel-scaling_timers_1 # lateness p50=[0-9.]+ ms p90=.* n=1400 lost=0 missed=0$' "$TMP/plain.ktap"
sed '0,/^not ok/s//ok/' "$TMP/odd.ktap" >"$TMP/lying.ktap"
check_fails 1 'is not what its subtests say' "a parent that lies is found" "$READ" ktap "$TMP/lying.ktap" "$TMP/odd"

# HdrHistogram.
"$MAKE_RESULT" --cpus 2 --samples 900 --seed 5 "$TMP/again"
check "one metric of two results" export_to wheel.hgrm hgrm --metric wheel-scaling/timers=100/lateness \
	"$TMP/plain" "$TMP/again"
check "  all counts and quantiles come back" "$READ" hgrm "$TMP/wheel.hgrm" wheel-scaling lateness timers 100 \
	"$TMP/plain" "$TMP/again"
check_fails 1 'samples, not' "  and are not those of one" "$READ" hgrm "$TMP/wheel.hgrm" wheel-scaling lateness timers 100 \
	"$TMP/plain"
check "early samples and overflow are in it" export_to odd.hgrm hgrm --metric hrtimer-scaling/timers=10/lateness "$TMP/odd"
check "  all of them" "$READ" hgrm "$TMP/odd.hgrm" hrtimer-scaling lateness timers 10 "$TMP/odd"
says "there are some" 'unit instructions, results 1, lost 0, missed 0, over schedule, early [1-9][0-9]*, overflow [1-9]' "$TMP/odd.hgrm"
check "a job of one cell needs no cell" export_to null.hgrm hgrm -m harness/clock_pair "$TMP/plain"
refuses "hgrm without a metric" 2 'no --metric says which; .* one of these [0-9]+: harness/empty, harness/clock_pair,' \
	-f hgrm "$TMP/plain"
refuses "a metric that is not there" 2 "--metric 'harness/nosuch' fits none" -f hgrm -m harness/nosuch "$TMP/plain"
refuses "one that is there twice" 2 "--metric 'wheel-scaling/lateness' fits several" \
	-f hgrm -m wheel-scaling/lateness "$TMP/plain"
refuses "a metric where there are all" 2 "--metric 'harness/empty': csv has all metrics" -f csv -m harness/empty "$TMP/plain"

# Boots: nine a side; the second side is twice as slow, to the bucket. In exact
# doubling a bucket moves up by 128, one below 128 to twice its index.
slow() {
	python3 - "$@" <<-'EOF'
	import json, sys
	for path in (name + "/cells.jsonl" for name in sys.argv[1:]):
	    cells = [json.loads(line) for line in open(path)]
	    for hist in (hist for cell in cells for area in cell["cpus"]
	                 for hist in area["metrics"].values() if hist["count"]):
	        hist["buckets"] = [[i + 128 if i >= 128 else 2 * i, n] for i, n in hist["buckets"]]
	        hist.update({name: hist[name] * 2 for name in ("sum", "min", "max")})
	        hist["sumsq"] = str(int(hist["sumsq"]) * 4)
	    with open(path, "w") as to:
	        to.writelines(json.dumps(cell) + "\n" for cell in cells)
	EOF
}
BEFORE=() AFTER=() SAME=()
for boot in 1 2 3 4 5 6 7 8 9; do
	"$MAKE_RESULT" --cells 3 --cpus 2 --samples 300 --seed $boot "$TMP/before.$boot"
	"$MAKE_RESULT" --cells 3 --cpus 2 --samples 300 --seed 3$boot "$TMP/same.$boot"
	cp -r "$TMP/same.$boot" "$TMP/after.$boot"
	BEFORE+=("$TMP/before.$boot") SAME+=("$TMP/same.$boot") AFTER+=("$TMP/after.$boot")
done
slow "${AFTER[@]}"
check "nine boots" export_to before.google-benchmark google-benchmark "${BEFORE[@]}"
check "  all figures are there" "$READ" figures "$TMP/before" google-benchmark "${BEFORE[@]}"
says "each is a repetition" '"repetition_index": 8' "$TMP/before.google-benchmark"
check "nine of the same" export_to same.google-benchmark google-benchmark "${SAME[@]}"
check "nine slow ones" export_to after.google-benchmark google-benchmark "${AFTER[@]}"
# compare.py BEFORE AFTER: what it says, as JSON, in $TMP/diff.
compare() {
	(cd "$TMP" && python3 "$COMPARE" --no-color -d "$TMP/diff" benchmarks "$1.google-benchmark" "$2.google-benchmark") >"$TMP/said"
}
NAME=metal/wheel-scaling/timers=10/lateness/p50
if [ -z "$COMPARE" ]; then
	skip "Google Benchmark's compare.py" "it is not installed (Debian: apt-get install libbenchmark-tools)"
elif has "Google Benchmark's compare.py" scipy "python3-scipy python3-numpy"; then
	check "compare.py reads the same and the slow ones" compare same after
	check "  twice as slow, to a bucket, and sure" "$READ" differs "$TMP/diff" $NAME .99 1.01 P_BELOW=.001
	check "compare.py reads the slow ones and the same" compare after same
	check "  the other way round half" "$READ" differs "$TMP/diff" $NAME -.505 -.495 P_BELOW=.001
	check "compare.py reads before and the same" compare before same
	check "  no difference" "$READ" differs "$TMP/diff" $NAME -.2 .2 P_ABOVE=.05
	says "as people see it" '^metal/wheel-scaling/timers=10/lateness/p50_pvalue .*U Test, Repetitions: 9 vs 9$' "$TMP/said"
fi
HARNESS=()
for boot in 1 2 3 4; do
	"$MAKE_RESULT" --cells 1 --cpus 2 --samples 300 --seed $boot "$TMP/harness.$boot"
	HARNESS+=("$TMP/harness.$boot")
done
for format in smaller-is-better bmf; do
	export_to boots $format "${HARNESS[@]}"
	check "$format tells the median boot" "$READ" boots $format "$TMP/boots" "${HARNESS[@]}"
done

# What cannot be exported.
refuses "no format" 2 '^ktbench: --format is missing' "$TMP/plain"
refuses "an unknown format" 2 "there is no format 'openmetric' \(did you mean 'openmetrics'\?\)" -f openmetric "$TMP/plain"
refuses "no result" 2 'something is missing: usage: ktbench export' -f csv
refuses "what is not there" 2 'nosuch' -f csv "$TMP/nosuch"
mkdir "$TMP/empty"
refuses "a folder that is no result" 2 'empty' -f csv "$TMP/empty"
cp -r "$TMP/before.1" "$TMP/foreign"
sed -i 's/"schema_version": 1/"schema_version": 3/' "$TMP/foreign/result.json"
refuses "a newer schema" 2 'newer' -f csv "$TMP/foreign"
cp -r "$TMP/before.1" "$TMP/cut"
sed -i '2s/.\{40\}$//' "$TMP/cut/cells.jsonl"
refuses "a damaged line" 2 'cells.jsonl line 2 is damaged' -f csv "$TMP/before.2" "$TMP/cut"
cp "$TMP/before.1/cells.jsonl" "$TMP/cut/cells.jsonl"
truncate -s -9 "$TMP/cut/cells.jsonl"
check "a torn last line is left out" export_to torn csv "$TMP/cut"
says "and told" 'the last line is cut off after' "$TMP/torn.err"
refuses "mixed lanes" 2 "its lane is 'exact', and that of .*/plain is 'metal': .* export them one by one" \
	-f csv "$TMP/plain" "$TMP/odd"
cp -r "$TMP/before.2" "$TMP/elsewhere"
sed -i 's/"hostname": "nowhere"/"hostname": "elsewhere"/' "$TMP/elsewhere/result.json"
refuses "two machines" 2 "its host is 'elsewhere', and that of .*/before.1 is 'nowhere'" -f csv "$TMP/before.1" "$TMP/elsewhere"
"$MAKE_RESULT" --cells 2 --cpus 4 --samples 40 "$TMP/wide"
refuses "other CPUs" 2 'its CPUs are not those of' -f jsonl "$TMP/before.1" "$TMP/wide"
refuses "two kernels as boots of one" 2 "its kernel is '6\.12\.0-invented'" -f google-benchmark "$TMP/plain" "$TMP/newer"
refuses "two of a kernel where there is one a kernel" 2 'both of kernel 6\.1\.0-invented' \
	-f openmetrics "$TMP/before.1" "$TMP/before.2"
sed 's/"kernel": "/"kernel_version": "built anew", &/' "$TMP/before.2/result.json" >"$TMP/anew.json"
cp -r "$TMP/before.2" "$TMP/anew"
cp "$TMP/anew.json" "$TMP/anew/result.json"
check "  another build of it is another one" sh -c "! cmp -s '$TMP/anew.json' '$TMP/before.2/result.json'"
refuses "and two builds of one release, which no label tells apart" 2 'both of kernel 6\.1\.0-invented' \
	-f openmetrics "$TMP/before.1" "$TMP/anew"

# Names that are told apart in a result, and not in a document.
# named DIR OF NAME...: a result whose jobs OF have other names, as JSON writes them.
named() {
	local dir=$1

	cp -r "$TMP/before.1" "$dir"
	shift
	while [ $# -gt 1 ]; do
		sed -i "s/\"job\":\"$1\"/\"job\":\"$2\"/" "$dir/cells.jsonl"
		shift 2
	done
}
named "$TMP/control" harness 'x\\u0001' wheel-scaling 'x\\u0002'
named "$TMP/spaces" harness 'a b' wheel-scaling 'a_b'
named "$TMP/cells"
# The second cell becomes the first one again, under another number.
sed -i '2p; 2s/"cell":1,/"cell":77,/' "$TMP/cells/cells.jsonl"
refuses "two jobs that are one in JUnit" 2 "its jobs .* are both x\\? in junit; give them names" -f junit "$TMP/control"
check "KTAP makes words that differ" export_to spaces.ktap ktap "$TMP/spaces"
check "  of names that only a space tells apart" \
	test "$(grep -cE '^ok [0-9]+ a_b(_2)?( |$)' "$TMP/spaces.ktap")" -eq 2
check "JUnit tells those apart" export_to spaces.junit junit "$TMP/spaces"
for format in ${FORMATS//,/ } ktap junit; do
	refuses "two cells of one name in $format" 2 'its cells (1|77) and (1|77) are both .wheel-scaling timers=1. in ' \
		-f "$format" "$TMP/cells"
done
refuses "one directory twice" 2 'are one directory; name it once' -f bmf "$TMP/plain" "$TMP/./plain"
cp -r "$TMP/before.2" "$TMP/other"
sed -i 's/"delay":[0-9]*/"delay":7/' "$TMP/other/cells.jsonl"
refuses "other settings" 2 'measured metal/wheel-scaling/.* with different settings' -f bmf "$TMP/before.1" "$TMP/other"
refuses "other settings in a histogram" 2 'or measured it with other settings' \
	-f hgrm -m wheel-scaling/timers=10/lateness "$TMP/before.1" "$TMP/other"
refuses "two results in one KTAP" 2 'a ktap document is of one result, and there are 2' -f ktap "$TMP/before.1" "$TMP/before.2"
"$MAKE_RESULT" --cells 3 --cpus 2 --samples 50 --losses "$TMP/bad"
sed -i 1,2d "$TMP/bad/cells.jsonl"
check_fails 6 'there is no figure to export' "nothing but invalid cells" "$KTBENCH" export -f csv "$TMP/bad"
check_fails 6 'no valid cell has samples' "nor as a histogram" "$KTBENCH" export -f hgrm "$TMP/bad"

# The old file stays, whatever goes wrong.
echo old >"$TMP/kept"
check_fails 2 'nosuch' "a failure" "$KTBENCH" export -f csv -o "$TMP/kept" "$TMP/nosuch"
check "overwrites nothing" test "$(cat "$TMP/kept")" = old
refuses "a folder that is not there" 5 'cannot write .*/nosuch/file: No such file or directory' \
	-f csv -o "$TMP/nosuch/file" "$TMP/before.1"
refuses "a folder as file" 5 'cannot write .*/empty: Is a directory' -f csv -o "$TMP/empty" "$TMP/before.1"
refuses "a full device as file" 5 'cannot write /dev/full: No space left' -f csv -o /dev/full "$TMP/before.1"
check "  which is a device still" test -c /dev/full
check "  which stays one" test -c /dev/null
[ ! -e /dev/full ] || check_fails 5 'cannot write to stdout' "a full disk" \
	sh -c "'$KTBENCH' export -f csv '$TMP/before.1' >/dev/full"

# The help has every format; the table is what knows them.
"$KTBENCH" export --help >"$TMP/help"
sed -n 's/^	X(\([a-z_]*\)).*/\1/p' "$TOP/analysis/export_formats.h" | tr _ - >"$TMP/formats"
check "the formats are known" test "$(wc -l <"$TMP/formats")" -ge 9
while read -r format; do
	says "the help has $format" "^  ([a-z-]+, )?${format}[ ,]" "$TMP/help"
	check "  and docs/export.md" grep -q "^## $format\$" "$TOP/docs/export.md"
done <"$TMP/formats"
finish
