# SPDX-License-Identifier: GPL-2.0-or-later
# One line for a kernel that is over, from its verdict.json.

def pad($width): . + " " * ([$width - length, 0] | max);

"\(.kernel | pad(8)) \(if .release == "" then "?" else .release end | pad(27)) " +
(if .check then .check.summary | "checks: \(.holds) hold, \(.changed) changed, \(.fails) fail, \(.skipped) skipped; "
	else "checks: none; " end) +
(if .suite then .suite | "\(.name): \(.cells) cells, \(.samples) samples, \(.lost) lost, \(.early) early; "
	else "suite: none; " end) +
"warnings: \(.warnings | length); \(.seconds) s: " +
(if .problems == [] then "ok" else .problems | map(.words) | join("; ") end)
