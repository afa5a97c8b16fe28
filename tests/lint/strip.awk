# SPDX-License-Identifier: GPL-2.0-or-later
# C source in, the same lines without comments and without the contents of
# strings and characters out, so that a word in a comment is not code. The path
# of an #include stays. It knows no more of C than that.

{
	out = ""
	rest = $0
	is_include = rest ~ /^[ \t]*#[ \t]*include/
	while (rest != "") {
		if (in_comment) {
			end = index(rest, "*/")
			if (!end)
				break
			rest = substr(rest, end + 2)
			in_comment = 0
			continue
		}
		c = substr(rest, 1, 1)
		if (substr(rest, 1, 2) == "/*") {
			in_comment = 1
			rest = substr(rest, 3)
		} else if (substr(rest, 1, 2) == "//") {
			break
		} else if ((c == "\"" || c == "'") && !is_include) {
			rest = substr(rest, 2)
			while (rest != "" && substr(rest, 1, 1) != c)
				rest = substr(rest, substr(rest, 1, 1) == "\\" ? 3 : 2)
			rest = substr(rest, 2)
			out = out c c
		} else {
			out = out c
			rest = substr(rest, 2)
		}
	}
	print out
}
