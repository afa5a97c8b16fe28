#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# Verbs and options: each mistake is one sentence and exit 2, and help, man page
# and completion know every verb and option.
. "$(dirname "$0")/../lib.sh"

K=$B/ktbench
export KTBENCH_CATALOG="$TOP/runner/catalog.json"

check_fails 2 "^Usage: ktbench VERB" "no verb is wrong usage" "$K"
check_fails 2 "^ktbench: there is no verb 'rnu' \(did you mean 'run'\?\)" \
	"an unknown verb is named with the nearest" "$K" rnu
check_fails 2 "^ktbench: unknown option '--dry-rnu'; did you mean '--dry-run'\?" \
	"an unknown option is named with the nearest" "$K" run --dry-rnu x.ini
check_fails 2 "^ktbench: something is missing: usage: ktbench run \[OPTION\]\.\.\. JOBFILE" \
	"run without a job file" "$K" run
check_fails 2 "^ktbench: too many words: usage: ktbench env" \
	"env takes no words" "$K" env now
check_fails 2 "^ktbench: --seed: '-1' is out of range; it takes 0 to" \
	"a seed below zero" "$K" run --seed -1 x.ini
check_fails 2 "^ktbench: --apply and --restore exclude each other" \
	"apply and restore together" "$K" env --apply --restore
check_fails 2 "^ktbench: there is no workload 'timer_weel' \(did you mean 'timer_wheel'\?\)" \
	"list names the nearest workload" "$K" list timer_weel
check_fails 2 "^ktbench: cannot read the topology /nonexistent: No such file" \
	"a topology that cannot be read" "$K" topology --input /nonexistent
check "--help is fine" "$K" --help
check "--version is fine" "$K" --version

# The tables make all three: none may lack a verb or an option.
"$K" --man >"$TMP/man"
"$K" --completion >"$TMP/completion"
"$K" --help | sed -n '/^Verbs:/,/^$/s/^  \([a-z]*\) .*/\1/p' >"$TMP/verbs"
check "help lists verbs" test -s "$TMP/verbs"
while read -r verb; do
	check "$verb --help is fine" "$K" "$verb" --help
	check "the man page has $verb" \
		grep -q "^\.SS \"ktbench $verb " "$TMP/man"
	check "the completion has $verb" grep -q "^	$verb)" "$TMP/completion"
	"$K" "$verb" --help | sed -n 's/^  ....--\([a-z-]*\).*/\1/p' |
		grep -v '^help$' >"$TMP/options"
	missing=
	while read -r option; do
		escaped=$(printf %s "$option" | sed 's/-/\\\\-/g')
		grep -q "\\\\-\\\\-$escaped\\\\fR" "$TMP/man" ||
			missing="$missing man:$option"
		grep -q -e "--$option " "$TMP/completion" ||
			missing="$missing completion:$option"
	done <"$TMP/options"
	diag "missing:$missing"
	check "man page and completion have every option of $verb" \
		test -z "$missing"
done <"$TMP/verbs"
check "bash reads the completion" bash -n "$TMP/completion"
# shellcheck disable=SC2016 # It is the inner shell that expands.
check "the completion completes" bash -c '
	. "$1"; COMP_WORDS=(ktbench run --dr); COMP_CWORD=2; _ktbench
	[ "${COMPREPLY[*]}" = --dry-run ]' - "$TMP/completion"
finish
