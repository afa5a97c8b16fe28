# SPDX-License-Identifier: GPL-2.0-or-later
# Rows of tests/must-fail/mutants -> a header that puts the lies in the place of
# the calls. Rows are numbered from 1; ktb_mutant says whose lie is told, 0 for
# none. A macro's own name in its body is the kernel's.

BEGIN { FS = "[ \t]*[|][ \t]*" }

/^#/ || /^$/ { next }

{
	row++
	name = $3
	sub(/\(.*/, "", name)
	lie = $0
	for (i = 0; i < 3; i++)
		sub(/^[^|]*[|][ \t]*/, "", lie)
	if (!(name in call)) {
		names[++nr] = name
		call[name] = $3
	}
	body[name] = body[name] "\t ktb_mutant == " row " ? (" lie ") : \\\n"
}

END {
	for (i = 1; i <= nr; i++) {
		name = names[i]
		own = call[name]
		sub(/\.\.\./, "__VA_ARGS__", own)
		printf "#define %s \\\n\t(\\\n%s\t %s)\n\n", call[name], body[name], own
	}
}
