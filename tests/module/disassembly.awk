# SPDX-License-Identifier: GPL-2.0-or-later
# Reads `objdump -dr -w --no-show-raw-insn` of an object and prints what a timer
# callback must not contain. Callbacks are functions that match `callback`;
# `allowed` matches what they may call. Then a line "callback NAME" for each.

function report(what)
{
	print name ": " what ": " instruction
	reported = 1
}

# The target of the branch read last, once its relocation, if any, is known.
function check_branch()
{
	if (!branch)
		return
	branch = 0
	if (target == "")
		report("an indirect branch")
	else if (target !~ ("^(" allowed ")$") && target !~ /^\./ &&
		 target !~ ("^" own "([.+].*)?$"))
		report("a call of " target)
}

/^[0-9a-f]+ <.*>:$/ {
	check_branch()
	name = $2
	gsub(/[<>:]/, "", name)
	base = name
	sub(/\..*/, "", base)
	inside = base ~ ("^(" callback ")$")
	if (inside && name !~ /\.cold/)
		found[++callbacks] = base
	own = base
	next
}

!inside { next }

# A relocation belongs to the instruction before it; -w puts it on that line.
/R_X86_64_/ {
	symbol = $0
	sub(/.*R_X86_64_[A-Z0-9]+[ \t]+/, "", symbol)
	sub(/[-+]0x[0-9a-f]+$/, "", symbol)
	if (/^[ \t]+[0-9a-f]+:[ \t]+R_X86_64_/) {
		if (branch && !indirect)
			target = symbol
		next
	}
}

/^[ \t]+[0-9a-f]+:\t/ {
	check_branch()
	instruction = $0
	sub(/^[ \t]+[0-9a-f]+:\t/, "", instruction)
	text = instruction
	sub(/[ \t]+[0-9a-f]+: R_X86_64_.*/, "", text)
	if (text ~ /(^|[ \t])lock([ \t]|$)/)
		report("a lock prefix")
	if (text ~ /(^|[ \t])xchg[bwlq]?[ \t].*\(/)
		report("an exchange with memory")
	if (text ~ /(^|[ \t])i?div[bwlq]?[ \t]/)
		report("a division")
	if (text ~ /(^|[ \t])(call|j[a-z]+)q?[ \t]/ || text ~ /^(call|jmp)q?[ \t]*\*/) {
		branch = 1
		indirect = text ~ /[ \t]\*/
		target = ""
		if (match(text, /<[^>]*>/))
			target = substr(text, RSTART + 1, RLENGTH - 2)
		if ($0 ~ /R_X86_64_/)
			target = symbol
		if (indirect)
			target = ""
	}
}

END {
	check_branch()
	for (i = 1; i <= callbacks; i++)
		print "callback " found[i]
}
