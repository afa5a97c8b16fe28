#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# No .c or .h is longer than 400 lines, no function than 80: one file is one
# noun, one function a screen. The exceptions have a reason each.

. "$(dirname "$0")/../lib.sh"

MAX_FILE=400
MAX_FUNCTION=80

# path | reason
exceptions()
{
	cat <<-EOF
	include/uapi/linux/ktbench.h | the whole contract in one place, mostly comments
	module/wl_timer_wheel.c | the whole method in one place; a third of it are tables of parameters and metrics
	module/wl_hrtimer.c | the same
	module/wl_sleep.c | the same
	module/wl_kthread_wake.c | the same
	module/wl_kthread_create.c | the same
	module/wl_kthread_park.c | the same
	module/wl_kthread_worker.c | the same
	module/wl_churn.c | the same
	runner/device_user_timer.c | the same, and three interfaces to wait with
	runner/device_user_thread.c | the same, and two to make threads with
	EOF
}

cd "$TOP" || exit 2
tree_files | grep '\.[ch]$' >"$TMP/files" || true

long=0
while IFS= read -r file; do
	lines=$(wc -l <"$file")
	[ "$lines" -gt $MAX_FILE ] || continue
	exceptions | grep -q "^$file |" && continue
	long=$((long + 1))
	not_ok "$file has $lines lines, $MAX_FILE are allowed"
done <"$TMP/files"
[ $long -gt 0 ] || ok "no C file is longer than $MAX_FILE lines"

# In kernel style a brace of its own in column 0 begins a function's body.
while IFS= read -r file; do
	awk -v file="$file" -v max=$MAX_FUNCTION '
		/^[A-Za-z_].*\(/ { head = $0; start = NR }
		/^\{$/ { body = NR }
		/^\}$/ {
			if (body && NR - body - 1 > max) {
				sub(/\(.*/, "", head)
				sub(/.*[ *]/, "", head)
				printf "%s:%d: %s() has %d lines, %d are allowed\n", \
					file, start, head, NR - body - 1, max
			}
			body = 0
		}' "$file"
done <"$TMP/files" >"$TMP/found"
if [ -s "$TMP/found" ]; then
	while IFS= read -r line; do
		not_ok "$line"
	done <"$TMP/found"
else
	ok "no function is longer than $MAX_FUNCTION lines"
fi
exceptions | while IFS='|' read -r file reason; do
	diag "allowed: $file:$reason"
done
finish
