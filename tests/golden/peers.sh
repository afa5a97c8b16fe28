#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The tables of "Peers side by side" in BENCHMARKS.md are what results/reference/peers/
# says, and that keeps what we promise of ourselves.

. "$(dirname "$0")/../lib.sh"

command -v jq >/dev/null || skip_all "jq is not installed"
for table in cost faults quantiles; do
	"$TOP/vm/peers/table" $table || echo "table $table: exit $?"
done >"$TMP/tables.md" 2>&1
awk '/^## / { here = /^## Peers side by side/ } here' "$TOP/BENCHMARKS.md" | grep '^|' >"$TMP/published.md"
check "the tables are those in BENCHMARKS.md" diff -u "$TMP/published.md" "$TMP/tables.md"

# holds WHAT FILTER: in each file; sample(R) is what a sample of it costs.
holds()
{
	check "$1" jq -se "
		def run(\$r): [.runs[] | select(.row == \$r and (.fault | not))][0];
		def between(\$r): run(\$r).counts | .[1] - .[0];
		def sample(\$r): (between(\$r) - between(\"idle\")) / 10000;
		def has(\$r): any(.runs[]; .row == \$r);
		length == 3 and all(.[]; $2)" "$TOP"/results/reference/peers/*.json
}
holds "every row ended well" 'all(.runs[]; .status == 0)'
holds "a sample of hrtimer costs less than a third of one of cyclictest" \
	'3 * sample("hrtimer") < sample("cyclictest")'
holds "and on 6.1 at most 150 instructions more than a bare timer" \
	'.kernel != "6.1" or sample("hrtimer") - sample("bare") <= 150'
holds "one of kthread_wake costs less than one of the timerlat tracer alone" \
	'(has("timerlat") | not) or sample("kthread_wake") < sample("timerlat")'
holds "and less than three quarters of one of rtla" \
	'(has("rtla") | not) or sample("kthread_wake") < 0.75 * sample("rtla")'
holds "none of ours lost a sample, and all missed periods are told" '
	all(.runs[] | select(.missed); .samples + .missed == 1000 * .seconds)'
check_fails 2 'make peers-reference' "a file that is not there is told" \
	"$TOP/vm/peers/table" cost "$TMP/none.json"
finish
