#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 300
# Each check sees the lie that it is there for. The module is built once more, from
# a copy in which the checks, and nothing else, call the mutants of
# tests/must-fail/mutants. Told the truth they pass; told a lie, the check that it is
# for fails. What is shipped has no mutants.

. "$(dirname "$0")/../lib.sh"

HERE=$TOP/tests/must-fail
COPY=$TMP/module
REFUSED_BY=delete_opposite

[ -x "$TOP/vm/run" ] || skip_all "vm/run is not there"

# rows: the mutants, "name check" a line.
rows() {
	awk -F '[ \t]*[|][ \t]*' '!/^#/ && NF { print $1, $2 }' "$HERE/mutants"
}

# breed: the copy of the module, with mutants.
breed() {
	local header

	cp -R "$TOP/module" "$COPY"
	{
		# The kernel's names must be declared before they are taken.
		for header in delay err hrtimer jiffies kthread math64 sched \
			sched/signal signal slab timer topology; do
			echo "#include <linux/$header.h>"
		done
		echo '#include "compat.h"'
		echo '#include "mutant.h"'
		awk -f "$HERE/mutants.awk" "$HERE/mutants"
	} >"$COPY/mutants.h"
	cp "$HERE/mutant.c" "$HERE/mutant.h" "$COPY"
	# shellcheck disable=SC2016 # make fills these in
	printf '%s\n' 'ktbench-y += mutant.o' \
		'$(foreach s,$(ktb-subjects),$(eval CFLAGS_check_$(s).o := -include $(M)/mutants.h))' \
		>>"$COPY/Kbuild"
}

# guest: what the guest does; a line "mutant NAME STATUS" stands behind what was said.
guest() {
	local number=0 name check

	cat <<-'END'
	tell() {
		local status name=$2 tries=3
		echo $1 >/sys/module/ktbench/parameters/mutant
		# What a lie hastens, a machine that stalls may hide by chance.
		[ $1 -gt 0 ] || tries=1
		shift 2
		while [ $tries -gt 0 ]; do
			status=0
			ktbench check "$@" || status=$?
			[ $status -eq 0 ] || break
			tries=$((tries - 1))
		done
		echo "mutant $name $status"
	}
	measure() {
		printf "[%s]\nworkload = %s\nduration = 50ms\n" null null churn churn >/job.ini
		ktbench run /job.ini --results /results 2>&1
		echo "run: exit $?"
		zstd -dcq /results/*/cells.jsonl.zst >/cells
		echo "measured: $(grep -o '"workload":"[a-z]*"' /cells)"
	}
	END
	# shellcheck disable=SC2046 # a word for each check
	echo tell 0 none $(rows | cut -d' ' -f2 | sort -u)
	rows | while read -r name check; do
		number=$((number + 1))
		echo "tell $number $name $check"
		# A workload stands on it, and another one does not.
		[ "$name" != "$REFUSED_BY" ] || echo measure
	done
}

breed
guest >"$TMP/guest"
status=0
runner=$B/ktbench
B=$TMP/build KTB_MODULE_DIR=$COPY KTB_RUNNER=$runner "$TOP/vm/run" --quiet \
	--smp 2 --numa 2 --timeout 240 --add "$(command -v zstd):/bin/zstd" --add "$TMP/guest:/" -- sh /guest \
	>"$TMP/said" 2>"$TMP/err" || status=$?
if [ $status -ne 0 ]; then
	not_ok "the mutants were let loose, and the kernel did not mind"
	diag "vm/run exited with $status:"
	tail -n 20 "$TMP/err" | diag
	tail -n 20 "$TMP/said" | diag
	finish
fi
ok "the mutants were let loose, and the kernel did not mind"

check "no two mutants have one name" test -z "$(rows | cut -d' ' -f1 | sort | uniq -d)"
check "without a lie all these checks pass" grep -qx "mutant none 0" "$TMP/said"
rows >"$TMP/rows"
while read -r name check; do
	# From the line of the mutant before to its own.
	awk -v name="$name" '
		$1 == "mutant" { if ($2 == name) { printf "%s", words; print; exit }; words = ""; next }
		{ words = words $0 "\n" }' "$TMP/said" >"$TMP/words"
	if grep -Eq "^not ok [0-9]+ $check\$" "$TMP/words" &&
		grep -qx "mutant $name 1" "$TMP/words"; then
		ok "$check sees the mutant $name"
	else
		not_ok "$check sees the mutant $name"
		diag <"$TMP/words"
	fi
done <"$TMP/rows"

check "a job whose contract does not hold is not measured" grep -q \
	'left out: \[churn\] is not measured: timer_delete.delete does not hold on this kernel' "$TMP/said"
check "the other one is" grep -qx 'measured: "workload":"null"' "$TMP/said"
check "and the run fails" grep -qx 'run: exit 1' "$TMP/said"

SHIPPED=$("$TOP/vm/module")
check "what is shipped is built" test -s "$SHIPPED"
check_fails 1 '^0$' "and has no mutants" grep -ac mutant "$SHIPPED"
check "what was let loose has" grep -aq mutant "$TMP"/build/module/*/ktbench.ko
finish
