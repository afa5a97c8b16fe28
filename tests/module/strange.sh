#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# beside: yes
# timeout: 400
# Kernels that are not to be had here: one that ticks at a phase of its own, as those
# before 6.4 may, and one on which msleep() takes so long that nobody can tell what it
# adds. The module is built once more from a copy whose clock goes ahead by a third of a
# tick, and whose msleep() sleeps on; under instruction counting.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/cells.bash"

TICK=4000000
COPY=$TMP/module

[ -x "$TOP/vm/run" ] || skip_all "vm/run is not there"

# clock FILTER: does it hold for what the result says of the clock?
clock() { jq -e ".module | $2" "$TMP/$1/result/result.json"; }

check "the kernel as it is" run_jobs plain "$TOP/tests/module/strange.ini" --exact
check "its edges are known, and lie on multiples of the tick" \
	clock plain ".edge_known and .edge_remainder_ns < $TICK / 32"
check "all is measured" cells plain 'length == 2 and all(.state == "ok")'

cp -R "$TOP/module" "$COPY"
sed -i 's/return ktime_to_ns(ktime_get());/return ktime_to_ns(ktime_get()) + TICK_NSEC \/ 3;/' "$COPY/clock.h"
check "the copy's clock goes ahead" grep -q 'TICK_NSEC / 3;' "$COPY/clock.h"
sed -i 's/^	msleep(1);$/	msleep(1);\n	msleep(20);/' "$COPY/wl_sleep.c"
check "the copy's msleep() sleeps on" grep -q '^	msleep(20);$' "$COPY/wl_sleep.c"
export KTB_RUNNER=$B/ktbench KTB_MODULE_DIR=$COPY
B=$TMP/build check "on the copy" run_jobs shifted "$TOP/tests/module/strange.ini" --exact
check "where msleep() cannot be understood it is not measured, and why is told" \
	jq -e '.left_out | length == 1 and (.[0] | test("nap.*stands still too often"))' \
	"$TMP/shifted/result/result.json"
check "its edges are known, and lie a third of a tick behind the multiples" clock shifted \
	".edge_known and (.edge_remainder_ns - $TICK / 3 | . > -$TICK / 32 and . < $TICK / 32)"
check "the other is measured" cells shifted 'length == 1 and all(.state == "ok")'
check "nobody is early" cells shifted 'all(early == 0)'

# mean NAME METRIC: of the wheel's.
mean() { ask_cells -r "$1" "job(\"wheel\")[0] | sum(\"$2\") / n(\"$2\") | floor"; }
for metric in delivery lateness; do
	mean plain $metric >"$TMP/plain.$metric"
	mean shifted $metric >"$TMP/shifted.$metric"
	diag "mean $metric, ns: $(cat "$TMP/plain.$metric") and $(cat "$TMP/shifted.$metric")"
	check "$metric is the same to 1/64 of a tick" test \
		$(($(cat "$TMP/plain.$metric") - $(cat "$TMP/shifted.$metric"))) -lt $((TICK / 64)) -a \
		$(($(cat "$TMP/shifted.$metric") - $(cat "$TMP/plain.$metric"))) -lt $((TICK / 64))
done
finish
