#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Every job file that ships is right by the catalogue that ships, and each of its
# jobs says its question. What is there to be measured is in the suites of everything.
. "$(dirname "$0")/../lib.sh"

export KTBENCH_CATALOG="$TOP/runner/catalog.json"
for suite in "$TOP"/bench/*.ini; do
	name=$(basename "$suite")
	check "$name can be planned" "$B/ktbench" run --dry-run \
		--device /nonexistent \
		--topology "$TOP/tests/golden/dry-run/machine.xml" "$suite"
	silent=$(awk '/^#/ { asked = asked $0 } /^$/ { asked = "" }
		/^\[/ && !/^\[global\]/ { if (asked !~ /\?/) print }
		!/^#/ && !/^$/ { asked = "" }' "$suite")
	diag "jobs without a question: $silent"
	check "each job of $name says its question" test -z "$silent"
	judged=$(awk '/^\[/ { job = $0 } /^workload = (user_)?null$/ { harness[job] = 1 }
		/^gate = none$/ { delete harness[job] } END { for (job in harness) print job }' "$suite")
	diag "jobs of the harness that are judged: $judged"
	check "the harness is not judged in $name" test -z "$judged"
	check "bench/README.md has $name" \
		grep -qF "\`$name\`" "$TOP/bench/README.md"
done
jq -r '.[].name' "$TOP/runner/catalog.json" | sort >"$TMP/workloads"
for name in quick full smoke; do
	missing=$(sed -n 's/^workload = //p' "$TOP/bench/$name.ini" |
		sort | comm -23 "$TMP/workloads" -)
	diag "not in $name.ini: $missing"
	check "$name.ini has every workload" test -z "$missing"
done
finish
