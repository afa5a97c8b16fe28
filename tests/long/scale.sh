#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 900
# Scale, in a guest of 4 vCPUs and 4 GiB: ten thousand kernel threads made, counted
# in /proc, stopped, none left; a hundred thousand timers in churn; nothing lost.

. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../module/cells.bash"

cat >"$TMP/guest" <<'GUEST'
#!/bin/sh
count() { grep -ls ^ktb_made /proc/[0-9]*/comm | wc -l; }
ktbench run -q /scale.ini --results /out/results &
most=0
while kill -0 $! 2>/dev/null; do
	now=$(count)
	[ "$now" -le $most ] || most=$now
done
wait $!
echo "exit $?"
echo "most $most"
echo "left $(count)"
GUEST
chmod +x "$TMP/guest"
check "a guest of four CPUs and 4 GiB" "$TOP/vm/run" --quiet --smp 4 --topology 2x1x2 --numa 2 --mem 4G --timeout 840 \
	--out "$TMP/run" --add "$TOP/tests/long/scale.ini:/scale.ini" --add "$TMP/guest:/guest" -- /guest
cp "$TMP/.out" "$TMP/said"
diag <"$TMP/said"
mv "$TMP/run/results"/*/ "$TMP/run/result"
ask() { check "$1" cells run "$2"; }

check "the run is fine" grep -qx "exit 0" "$TMP/said"
ask "nothing is lost" 'length == 2 and all(.state == "ok")'
ask "ten thousand threads were there at once, round after round" \
	'job("threads")[0] | c("rounds") >= 1 and n("life") == c("lives") and c("lives") > 10000'
most=$(sed -n 's/^most //p' "$TMP/said")
check "/proc had thousands of them, and never more than there may be" \
	test "${most:-0}" -gt 5000 -a "${most:-0}" -le 10000
check "none is left" grep -qx "left 0" "$TMP/said"
ask "a hundred thousand timers were armed, put off, cancelled and expired" \
	'job("churn")[0] | .params.timers * (.places | length) == 100000 and c("operations") > 0 and n("lateness") > 0 and n("rearm") > 0 and n("cancel") > 0'
ask "each arming ended in one of these ways" 'job("churn")[0] | c("lost") == 0 and c("unfired") == 0'
finish
