# SPDX-License-Identifier: GPL-2.0-or-later
# The verdict on one kernel of the matrix, from what its stages left: named
# arguments from vm/matrix-judge in, one object out, which the line, the report and
# the exit status are made of.

# All that is wrong, each with the exit status that it stands for. A kernel's status
# is that of the worst, which is the one that says least about the kernel.
def rank: {"0": 0, "3": 1, "4": 2, "1": 3, "6": 4, "5": 5, "126": 6, "130": 7, "143": 7}
	[tostring] // 5;

def plural($noun): "\(.) \($noun)\(if . == 1 then "" else "s" end)";

# Samples are counted as `ktbench run` does: those of the first primary metric.
def primary($workload):
	[$head[0].workloads[$workload].metrics[] | select(.kind == "distribution" and .primary)][0].name;
def losses($workload):
	[$head[0].workloads[$workload].metrics[] | select(.loss).name];
# What is no time may well be negative: memory that comes back, for one.
def times($workload):
	[$head[0].workloads[$workload].metrics[] | select(.kind == "distribution" and .unit == "ns").name];
def over($names; $group; f):
	[.cpus[][$group] | .[$names[]] | values | f] | add // 0;

def suite:
	if $head[0] == null then null else {
		name: $suite,
		status: $suite_status,
		state: $head[0].state,
		cells: ([$cells[].cell] | unique | length),
		invalid: ([$cells[] | select(.state == "invalid")] | length),
		samples: ([$cells[] | over([primary(.workload)]; "metrics"; .count)] | add // 0),
		lost: ([$cells[] | over(losses(.workload); "counters"; .)] | add // 0),
		early: ([$cells[] | over(times(.workload); "metrics"; .early)] | add // 0)
	} end;

def problem(wrong; $status; words):
	if wrong then {status: $status, words: (words)} else empty end;

# The stage that did not end well, if one did not.
def stage_problems:
	if $stage == "none" then {status: $status, words: "not begun: interrupted"}
	elif $status == 0 then empty
	elif $status == 130 or $status == 143 then {status: $status, words: "interrupted in stage \($stage)"}
	elif $stage != "guest" then
		{status: 126, words: "\({fetch: "cannot be had", build: "no module"}[$stage]): \($said)"}
	else {status: (if $status == 126 then 126 else 5 end), words: "no guest: \($said)"} end;

def check_problems($check):
	if $check == null then
		problem(true; 5; "the checks left no result (exit \($check_status // "unknown"))")
	else
		problem($check.summary.fails > 0; 1; $check.summary.fails | plural("check") + " failed"),
		problem($check.checks == []; 5; "there was nothing to check"),
		problem([0, 1, null] | index([$check_status]) | not; $check_status;
			"ktbench check ended with \($check_status)")
	end;

def suite_problems($s):
	if $s == null then
		problem(true; 5; "suite \($suite) left no result (exit \($suite_status // "unknown"))")
	else
		problem($s.cells == 0; 6; "suite \($suite) measured nothing"),
		problem($s.invalid > 0 or $s.lost > 0; 6;
			"\($s.invalid | plural("repetition")) invalid, \($s.lost | plural("sample")) lost"),
		problem($s.early > 0; 1; "\($s.early | plural("sample")) early"),
		problem(($s.status // 5) > 0 and ([1, 6] | index([$s.status]) | not); $s.status // 5;
			"ktbench run ended with \($s.status // "a signal")"),
		problem($s.status == 1; 1; "a contract that suite \($suite) stands on does not hold")
	end;

suite as $s
| ($warnings | split("\n") | map(select(. != ""))) as $lines
| $check[0] as $c
| [stage_problems] as $stopped
| ($stopped + if $stage == "guest" and $stopped == [] then
	[check_problems($c), suite_problems($s)] else [] end
	+ [problem($lines != []; 5; "the kernel warned: \($lines[0])")]
	| sort_by(.status | -rank)) as $problems
| {
	kernel: $kernel,
	release: $release,
	status: ($problems[0].status // 0),
	rank: ($problems[0].status // 0 | rank),
	problems: $problems,
	check: $c,
	suite: $s,
	warnings: $lines,
	seconds: $seconds
}
