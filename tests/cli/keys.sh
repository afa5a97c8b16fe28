#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# docs/job-files.md knows every key that is the runner's own, every word of a
# placement, and every example in it can be planned.
. "$(dirname "$0")/../lib.sh"

DOC=$TOP/docs/job-files.md
export KTBENCH_CATALOG="$TOP/runner/catalog.json"
for word in workload cpus arm_on disturb_cpus repetitions with optional all one-per-core \
	one-per-l3 one-per-numa siblings isolated same sibling same-l3 \
	same-node other-node every; do
	check "the page has $word" grep -q "^| \`$word\`" "$DOC"
done
# Blocks that are marked ini are whole job files.
awk -v dir="$TMP" '/^```ini/ { file = dir "/example" ++nr ".ini"; next }
	/^```/ { file = "" } file { print > file }' "$DOC"
check "the page has examples" test -e "$TMP/example1.ini"
for example in "$TMP"/example*.ini; do
	check "$(basename "$example") of the page can be planned" \
		"$B/ktbench" run --dry-run --device /nonexistent \
		--topology "$TOP/tests/golden/dry-run/machine.xml" "$example"
done
finish
