# SPDX-License-Identifier: GPL-2.0-or-later
# matrix.md, from the verdicts of all kernels, as an array.

# What a table's cell or a list's line can hold.
def plain: tostring | gsub("[\n\r]+"; " ") | gsub("\\|"; "\\|");
def row: "| " + (map(plain) | join(" | ")) + " |";
def table($head): ($head | row), ($head | map("---") | row), (.[] | row);
def name: .kernel;
def release: if .release == "" then "?" else .release end;
def verdict: if .status == 0 then "ok" else "**\(.problems[0].words)**" end;

def kernels:
	map([name, release]
		+ (if .check then .check.summary | [.holds, .changed, .fails, .skipped] else ["-", "-", "-", "-"] end)
		+ (if .suite then .suite | [.cells, .samples, .lost, .early] else ["-", "-", "-", "-"] end)
		+ [(.warnings | length), .seconds, verdict])
	| table(["kernel", "release", "hold", "changed", "fail", "skipped",
		"cells", "samples", "lost", "early", "warnings", "s", "verdict"]);

def failed_check:
	"  * `\(.name)`: \(.contract) (\(.source))",
	"    * does not hold: \(.reason | plain)",
	(.evidence[] | "    * \(plain)");

def failed:
	"* **\(name)** (\(release)), exit \(.status):",
	(.problems[] | "  * \(.words | plain)"),
	((.check.checks // [])[] | select(.verdict == "fails") | failed_check),
	(.warnings[1:][] | "  * \(plain)"),
	"  * logs: `\(name)/`";

# The checks that do not simply hold everywhere; of each verdict the first reason.
def differing:
	(map(select(.check)) | map({key: name, value: (.check.checks | map({key: .name, value: .}) | from_entries)})) as $by
	| ([$by[].value | keys[]] | unique) as $names
	| [$names[] | . as $check
		| [$by[].value[$check].verdict // "-"] as $verdicts
		| select(($verdicts | unique) != ["holds"])
		| ["`\($check)`"] + $verdicts
		+ [[$by[].value[$check] | values | select(.verdict != "holds")] | group_by(.verdict)
			| map("\(.[0].verdict): \(.[0].reason)") | join("; ")]]
	| if . == [] then "Every check holds on every kernel."
	  else table(["check"] + [$by[].key] + ["why"]) end;

"# The matrix, \($date)",
"",
"ktbench \($version), suite `\($suite)`; \($guests); \($seconds) s in all; host \($host)."
	+ if $lane == "" then "" else " Guests: \($lane): their times are shape only." end,
"",
kernels,
"",
"## What is wrong",
"",
(map(select(.status != 0)) | if . == [] then "Nothing." else .[] | failed end),
"",
"## What is not the same on all kernels",
"",
differing,
"",
"## Where the logs are",
"",
"A directory for each kernel, beside this file: `check.json` (what `ktbench check --json` found),",
"`\($suite)/` (the suite's result: `ktbench report` makes plots of it), `console.log` (the kernel's log),",
"`vm.txt` (image and command line of QEMU), `fetch.log`, `build.log` and `guest.log` (what its stages said),",
"`verdict.json` (what this report is made of)."
