#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# The files in docs/ci/: the gate as a CI would run it, by hand; YAML that can be
# read, whose steps are programs that are there; and the shape that the page promises:
# what measures does not judge, what judges does not measure, artifacts are kept
# whatever happened.

. "$(dirname "$0")/../lib.sh"

CI=$TOP/docs/ci
export KTBENCH=$B/ktbench

# boots SIDE FIRST LAST [OPTION...]
boots() {
	local side=$1 first=$2 last=$3 number

	shift 3
	for ((number = first; number <= last; number++)); do
		mkdir -p "$TMP/$side"
		"$B/tests/analysis/make_result" --cells 2 --samples 400 --noise 1000 \
			--seed "$number" "$@" "$TMP/$side/$number"
		jq '.gates = [{"job":"wheel-scaling","metric":"delivery","quantile":"p50","delta_ppm":30000}]' \
			"$TMP/$side/$number/result.json" >"$TMP/new"
		mv "$TMP/new" "$TMP/$side/$number/result.json"
	done
}

boots same/A 1 4
boots same/B 11 14 --kernel 6.12-invented
boots worse/A 1 4
boots worse/B 21 24 --kernel 6.12-invented --slower 200000
boots noisy/A 1 2 --noise 100000
boots noisy/B 31 32 --noise 100000 --kernel 6.12-invented
boots lossy/A 1 4 --cells 3
boots lossy/B 11 14 --cells 3 --losses --kernel 6.12-invented

# gate STATUS WHAT DIR [VARIABLE=VALUE...]
gate() {
	local want=$1 what=$2 dir=$3 status=0

	shift 3
	rm -rf "$TMP/out"
	env "$@" "$CI/gate" "$TMP/$dir" "$TMP/out" >"$TMP/said" 2>&1 || status=$?
	diag <"$TMP/said"
	check "$what: status $want" test $status -eq "$want"
}

gate 0 "no worse" same GITHUB_STEP_SUMMARY="$TMP/summary"
check "  the summary has the Markdown" grep -q unchanged "$TMP/summary"
gate 1 "worse" worse
for file in html json xml md ktap txt; do
	check "  compare.$file is there, also when it is red" test -s "$TMP/out/compare.$file"
done
gate 0 "too noisy is a remark" noisy
check "  which is made" grep -q 'too noisy to tell' "$TMP/said"
gate 3 "unless one wants it red" noisy NOISY=3
gate 6 "samples were lost" lossy
gate 2 "nothing was measured" nosuch
check "  nothing is written" test ! -e "$TMP/out"
"$CI/gate" "$TMP/same" "$TMP/out" >/dev/null 2>&1 || true
status=0
GITHUB_STEP_SUMMARY="$TMP/nothing" "$CI/gate" "$TMP/nosuch" "$TMP/out" >/dev/null 2>&1 || status=$?
check "beside an earlier verdict: status 2" test $status -eq 2
check "  the earlier one is not told" test -s "$TMP/out/compare.md" -a ! -e "$TMP/nothing"

# scripts FILE: the shell lines of a YAML file, "JOB TAB LINE".
scripts() {
	python3 - "$1" <<-'PYTHON'
	import sys, yaml

	def lines(job, steps):
	    for step in steps:
	        text = step if isinstance(step, str) else step.get('run', '')
	        for line in text.splitlines():
	            print(job, line, sep='\t')

	document = yaml.safe_load(open(sys.argv[1]))
	if 'jobs' in document:
	    for name, job in document['jobs'].items():
	        lines(name, job['steps'])
	elif 'run' in document:
	    lines('board', document['run']['steps'])
	else:
	    for name, job in document.items():
	        if isinstance(job, dict) and 'script' in job:
	            lines(name, job['script'])
	PYTHON
}

for file in github-actions.yml gitlab-ci.yml lava.yaml; do
	scripts "$CI/$file" >"$TMP/scripts"
	check "$file is YAML, with steps" test -s "$TMP/scripts"
	{
		echo '#!/bin/sh'
		cut -f2- "$TMP/scripts"
	} >"$TMP/steps.sh"
	check "  whose lines are shell" shellcheck -s sh -e SC2154 "$TMP/steps.sh"
	grep -o 'docs/ci/[a-z]*' "$TMP/steps.sh" | sort -u >"$TMP/programs"
	while read -r program; do
		check "  $program is there" test -x "$TOP/$program"
	done <"$TMP/programs"
	[ "$file" != lava.yaml ] || continue
	check "  measuring is a job" grep -q '^measure.docs/ci/measure ' "$TMP/scripts"
	check "  judging is another, which measures nothing" sh -c \
		"grep '^gate' '$TMP/scripts' >'$TMP/gate' && grep -q 'docs/ci/gate ' '$TMP/gate' &&
		! grep -qE 'docs/ci/measure|make (bench|compare|exact)|ktbench run|vm/' '$TMP/gate'"
done
# What LAVA finds: each test line, as a name of its own.
"$B/ktbench" export --format ktap "$TMP/lossy/B/11" >"$TMP/ktap" 2>/dev/null
python3 - "$CI/lava.yaml" "$TMP/ktap" >"$TMP/found" <<'PYTHON'
import re, sys, yaml

parse = yaml.safe_load(open(sys.argv[1]))['parse']
for line in open(sys.argv[2]):
    match = re.search(parse['pattern'], line)
    if match:
        print(parse['fixupdict'][match['result']], match['test_case_id'])
PYTHON
check "LAVA finds each test" test "$(wc -l <"$TMP/found")" -eq "$(grep -cE '^ *(not )?ok ' "$TMP/ktap")"
check "  one that failed among them" grep -qx 'fail wheel-scaling_timers_10' "$TMP/found"
check "  and one that passed" grep -qx 'pass wheel-scaling_timers_1' "$TMP/found"
check "  all names are words that LAVA takes" sh -c "! grep -vE '^(pass|fail) [A-Za-z0-9_.-]+\$' '$TMP/found'"
grep -o "sh '[^']*'" "$CI/Jenkinsfile" | sed "s/^sh '//; s/'$//" >"$TMP/steps.sh"
check "Jenkinsfile: its lines are shell" shellcheck -s sh "$TMP/steps.sh"
check "  its brackets are closed" test "$(tr -cd '{' <"$CI/Jenkinsfile" | wc -c)" -eq "$(tr -cd '}' <"$CI/Jenkinsfile" | wc -c)"
check "  each stage keeps what it has, whatever happened" test "$(grep -c 'always {' "$CI/Jenkinsfile")" -eq 2
check "GitHub: uploads come always" sh -c \
	"test \$(grep -c 'upload-artifact' '$CI/github-actions.yml') -eq \$(grep -A1 'upload-artifact' '$CI/github-actions.yml' | grep -c 'if: always()')"
check "GitLab: artifacts are kept always" sh -c \
	"test \$(grep -c '^  artifacts:' '$CI/gitlab-ci.yml') -eq \$(grep -c 'when: always' '$CI/gitlab-ci.yml')"
finish
