#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# What a comparison prints in each format, letter by letter. After a wanted change:
#
#	UPDATE=yes tests/golden/compare.sh

. "$(dirname "$0")/../lib.sh"

FORMATS=$B/tests/analysis/formats
GOLDEN=$TOP/tests/golden/compare

[ -x "$FORMATS" ] || skip_all "$FORMATS is not built (make analysis-tools)"

for made in plain exact; do
	for format in $("$FORMATS" --formats); do
		"$FORMATS" $made "$format" >"$TMP/out" || :
		[ "${UPDATE:-no}" = no ] || cp "$TMP/out" "$GOLDEN/$made.$format"
		check "$made: $format is what is kept" \
			diff -u "$GOLDEN/$made.$format" "$TMP/out"
	done
done
finish
