# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What the tests of measured results share: run a job file in a VM, ask its
# cells.

# run_jobs NAME JOBFILE [VM-OPTION...]: the result is then in $TMP/NAME/result.
# Returns what ktbench returned.
run_jobs() {
	local name=$1 jobs=$2 status=0
	shift 2
	"$TOP/vm/run" --quiet --out "$TMP/$name" --add "$jobs:/jobs.ini" "$@" -- \
		ktbench run -q /jobs.ini --results /out/results >"$TMP/$name.log" 2>&1 || status=$?
	mv "$TMP/$name/results"/*/ "$TMP/$name/result" 2>/dev/null || status=125
	[ $status -eq 0 ] || diag <"$TMP/$name.log"
	return $status
}

# cells NAME FILTER: does jq's FILTER hold for the cells of a result, as one
# array? In it: job("J") the cells of a job, all(cells; ...) as usual, n(M) the
# count of a metric over CPUs, c(C) a counter over CPUs, over(M; NS) the
# samples of a metric in buckets that begin at NS or above, low the begin of a
# bucket by its index, bucket the index of a value's, over_schedule(M) the buckets of a
# metric and of what it missed together, of a CPU's metrics, quantile(Q) the begin of the
# bucket that holds the Q quantile of such buckets, early the samples of a cell that lie below zero: free
# memory alone may come back while a thread is made.
cells() {
	ask_cells -e "$1" "$2"
}

# cells_value NAME FILTER: what FILTER says of the first cell.
cells_value() {
	ask_cells -r "$1" ".[0] | $2"
}

# ask_cells OPTION NAME FILTER
ask_cells() {
	jq "$1" -s "
		def job(\$j): map(select(.job == \$j));
		def h(\$m): [.cpus[].metrics[\$m]];
		def n(\$m): h(\$m) | map(.count) | add;
		def sum(\$m): h(\$m) | map(.sum) | add;
		def max(\$m): h(\$m) | map(.max | values) | max;
		def min(\$m): h(\$m) | map(.min | values) | min;
		def early: [.cpus[].metrics | del(.memory)[].early] | add;
		def c(\$c): [.cpus[].counters[\$c]] | add;
		def low: if . < 256 then . else
			((. / 128 | floor) - 1) as \$s |
			((. % 128) + 128) * pow(2; \$s) end;
		def bucket: if . < 256 then . else . as \$v |
			first(range(1; 28) | select(\$v / pow(2; .) < 256)) as \$s |
			\$s * 128 + (\$v / pow(2; \$s) | floor) end;
		def over_schedule(\$m): [.[\$m, \$m + \"_missed\"].buckets[]] |
			group_by(.[0]) | map([.[0][0], (map(.[1]) | add)]);
		def quantile(\$q): (map(.[1]) | add * \$q | ceil) as \$rank |
			. as \$b | first(foreach \$b[] as \$x (0; . + \$x[1];
				select(. >= \$rank) | \$x[0] | low));
		def over(\$m; \$ns): [h(\$m)[].buckets[] |
			select((.[0] | low) >= \$ns) | .[1]] | add // 0;
		$3" <("$TOP/vm/cells" "$TMP/$2/result")
}
