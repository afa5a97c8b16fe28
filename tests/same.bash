# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Runs of the exact lane that are to be the same, as $TMP/one, $TMP/two and, where these
# differ, $TMP/three: the test has a function once NAME that makes one.

# same [PATH]: is it the same to the last byte in two of the runs, all of them without
# PATH? On a busy host a few runs in a hundred are not (docs/vm.md), so a third one may
# decide.
same() {
	! diff -r "$TMP/one/${1:-}" "$TMP/two/${1:-}" || return 0
	[ -e "$TMP/three" ] || {
		diag "a third run decides"
		once three
	}
	diff -r "$TMP/one/${1:-}" "$TMP/three/${1:-}" || diff -r "$TMP/two/${1:-}" "$TMP/three/${1:-}"
}
