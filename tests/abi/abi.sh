#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 460
# Runs the programs of this directory as root in one guest of four CPUs. With
# KERNEL=NAME in another kernel than the default one (see vm/run --kernel); with
# PROGRAMS="hotplug ..." these alone, which else has a guest of its own (hotplug.sh).

. "$(dirname "$0")/../lib.sh"

SMP=4
# Of one program, s.
LIMIT=${LIMIT:-150}
RESULT=$TMP/result

[ -x "$TOP/vm/run" ] || skip_all "vm/run is not there"

# Names, without the test_ before them.
programs()
{
	if [ -n "${PROGRAMS:-}" ]; then
		# shellcheck disable=SC2086 # a word is a program
		printf '%s\n' $PROGRAMS
	else
		for source in "$TOP"/tests/abi/test_*.c; do
			basename "${source##*/test_}" .c
		done | grep -vx hotplug
	fi
}

set --
for name in $(programs); do
	program=$B/tests/abi/test_$name
	if [ ! -x "$program" ]; then
		not_ok "$program is built: run 'make abi'"
		continue
	fi
	set -- "$@" --add "$program:/abi/"
done

# Each program's TAP stands between two lines that begin with @.
# shellcheck disable=SC2016 # the guest's shell fills these in
GUEST='for test in /abi/test_*; do
	echo "@begin ${test##*/test_}"
	begin=$(date +%s)
	timeout -s KILL "$0" "$test" /ktbench/ktbench.ko
	status=$?
	echo "# ${test##*/}: $(($(date +%s) - begin)) s"
	echo "@end $status"
done'

# No runner is needed: one of the programs stands in its place.
# A busy host gives a program as much more time as it gives the guest.
status=0
KTB_RUNNER=$B/tests/abi/test_query "$TOP/vm/run" --smp "$SMP" --mem 1G --timeout $((LIMIT + 250)) ${KERNEL:+--kernel "$KERNEL"} \
	--out "$TMP/out" "$@" -- sh -c "$GUEST" "$((LIMIT * ${KTB_PATIENCE:-1}))" >"$RESULT" 2>"$TMP/err" || status=$?

# Prints "ok WHAT", "not WHAT", "skip WHAT # SKIP WHY" or "# REMARK" a line.
tell_cases()
{
	tr -d '\r' <"$RESULT" | awk '
		/^@begin / { name = $2; cases = planned = 0; began = 1; next }
		/^@end / {
			if ($2 > 1)
				print "not " name ": ended with status " $2
			else if (cases != planned)
				print "not " name ": " planned " cases planned, " \
					cases " ran"
			began = 0
			next
		}
		/^1\.\.[0-9]+$/ { planned = substr($0, 4); next }
		/^(not )?ok [0-9]+ - / {
			kind = /^not/ ? "not" : / # SKIP / ? "skip" : "ok"
			sub(/^(not )?ok [0-9]+ - /, "")
			print kind " " name ": " $0
			cases++
			next
		}
		{ print "# " $0 }
		END { if (began) print "not " name ": the guest ended before it did" }'
}

tell_cases >"$TMP/cases"
while IFS= read -r line; do
	case $line in
	'ok '*) ok "${line#ok }" ;;
	'not '*) not_ok "${line#not }" ;;
	'skip '*)
		line=${line#skip }
		skip "${line%% # SKIP *}" "${line##* # SKIP }"
		;;
	'# #'*) printf '%s\n' "${line#\# }" ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$TMP/cases"

if [ "$status" -eq 0 ]; then
	ok "the guest came back and its kernel had no warning"
else
	not_ok "the guest came back and its kernel had no warning"
	diag "vm/run exited with $status:"
	tail -n 40 "$TMP/err" | diag
fi
tr -d '\r' <"$RESULT" >"$TMP/began"
for name in $(programs); do
	grep -qx "@begin $name" "$TMP/began" || not_ok "$name: it ran in the guest"
done
finish
