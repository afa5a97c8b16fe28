# SPDX-License-Identifier: GPL-2.0-or-later
# Reads the log of one test: TAP with remarks. Variables: status (exit status),
# limit (its time limit, s), mode: count prints "PASSED FAILED SKIPPED", skips
# and faults print a line for each skipped or failed case, show prints a line for each case and what
# a person needs to see of a failure. It knows nothing of how the test was run.

function print_last_lines(	i)
{
	for (i = NR > 25 ? NR - 24 : 1; i <= NR; i++)
		print "      | " line[i]
}

function fault(text)
{
	failed++
	if (mode == "faults")
		print text
	if (mode == "show") {
		print "  FAIL  " text
		print_last_lines()
	}
}

{
	line[NR] = $0
}

# CMocka writes "not ok 3 # SKIP name".
/^(not )?ok [0-9]+.* # *[Ss][Kk][Ii][Pp]/ || /^(not )?ok [0-9]+ # *[Ss][Kk][Ii][Pp]/ {
	skipped++
	what = $0
	sub(/^(not )?ok [0-9]+ *-? */, "", what)
	if (what ~ /^# *[Ss][Kk][Ii][Pp]/)
		sub(/^# *[Ss][Kk][Ii][Pp] */, "", what)
	else
		sub(/ *# *[Ss][Kk][Ii][Pp] */, ": ", what)
	if (mode == "show")
		print "  skip  " what
	if (mode == "skips")
		print what
	cases++
	in_failure = 0
	next
}

/^ok [0-9]+/ {
	passed++
	cases++
	in_failure = 0
	sub(/^ok [0-9]+ *-? */, "")
	if (mode == "show")
		print "  ok    " $0
	next
}

/^not ok [0-9]+/ {
	failed++
	cases++
	in_failure = 1
	sub(/^not ok [0-9]+ *-? */, "")
	if (mode == "show")
		print "  FAIL  " $0
	if (mode == "faults")
		print
	next
}

/^1\.\.[0-9]+/ {
	has_plan = 1
	plan = $0
	sub(/^1\.\./, "", plan)
	sub(/[^0-9].*/, "", plan)
	planned += plan
	in_failure = 0
	next
}

/^#/ {
	if (mode == "show" && in_failure)
		print "      " $0
}

END {
	named_failures = failed
	if (status == 124 || status == 137)
		fault("the test ran past its limit of " limit " s")
	else if (status != 0 && named_failures == 0)
		fault("the test exited with " status " and named no failed case")
	else if (status == 0 && named_failures > 0)
		fault("the test exited with 0 though a case failed")
	if (cases == 0 && status == 0)
		fault("the test printed no TAP line")
	if (has_plan && planned != cases && status == 0)
		fault("the plan says " planned " cases, " cases " ran")
	if (mode == "count")
		print passed + 0, failed + 0, skipped + 0
}
