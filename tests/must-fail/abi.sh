#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# The ABI tests find what they are there for: faults are planted in a copy of
# the module, and the programs that should see them are run against it.

. "$(dirname "$0")/../lib.sh"

PROGRAMS="fields mmap area"
MODULE=$TMP/module

[ -x "$TOP/vm/run" ] || skip_all "vm/run is not there"

# plant FILE SED-EXPRESSION: the file of the copy must be another one after it.
plant()
{
	cp "$MODULE/$1" "$TMP/before"
	sed -e "$2" "$TMP/before" >"$MODULE/$1"
	cmp -s "$TMP/before" "$MODULE/$1" || return 0
	not_ok "a fault can be planted in module/$1"
	diag "nothing matches: $2"
}

cp -R "$TOP/module" "$MODULE"
plant dev.c 's/stop->flags || stop->error/stop->flags/'
plant dev.c 's/ktb_vm_flags_clear(vma, VM_MAYWRITE);/(void)vma;/'
plant metric.h 's/ktb_record_add(hist, value_ns);/hist->count++; &/'

set --
GUEST=:
for program in $PROGRAMS; do
	binary=$B/tests/abi/test_$program
	[ -x "$binary" ] || not_ok "$binary is built: run 'make abi'"
	set -- "$@" --add "$binary:/abi/"
	GUEST="$GUEST; timeout -s KILL 60 /abi/test_$program"
done
status=0
runner=$B/tests/abi/test_query
B=$TMP/build KTB_MODULE_DIR=$MODULE KTB_RUNNER=$runner "$TOP/vm/run" \
	--smp 4 --mem 1G --timeout 240 "$@" \
	-- sh -c "$GUEST; exit 0" >"$TMP/said" 2>"$TMP/err" || status=$?
if [ "$status" -ne 0 ]; then
	not_ok "the module with the faults ran"
	diag "vm/run exited with $status:"
	tail -n 20 "$TMP/err" | diag
	finish
fi

# sees REGEX WHAT
sees()
{
	check "$2 is seen" grep -Eq "^not ok [0-9]+ - $1" "$TMP/said"
}

sees 'STOP\.error with its lowest byte set' "a reserved field that is not looked at"
sees 'mprotect\(\) to write later' "an area that can be made writable"
sees 'timer_wheel: [0-9]+ samples agree' "a count that is not that of the buckets"
check "the rest passes" grep -q '^ok .*a shared mapping to write is EACCES' "$TMP/said"
finish
