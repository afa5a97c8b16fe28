# SPDX-License-Identifier: GPL-2.0-or-later
# Samples per bin, one curve a CPU. Expects: dat, is_log, tics or unit, xlab,
# begin, end, first, curves, cpus, name1...
set logscale y
set yrange [0.5:*]
set format y '%.0f'
set ylabel 'samples per bin'
set xlabel xlab
if (is_log) { set logscale x; eval 'set xtics '.tics }
# Zero has no logarithm: its bin is drawn below 1.
if (is_log && begin < 1) { set xtics add ('0' 0.7) }
x(v) = (is_log && v < 1) ? 0.5 : v / real(unit)
y(n) = n > 0 ? n : 0.5
set xrange [x(begin):x(end)]
if (first == 2) {
	plot dat index 0 using (x($1)):(y($2)):(y($3)) with filledcurves fillcolor rgb '#cccccc' title sprintf('all %d CPUs lie between', cpus), \
		for [i=2:curves] dat index i-1 using (x($1)):(y($2)) with steps linetype i-1 linewidth 1.5 title value(sprintf('name%d', i))
} else {
	plot for [i=1:curves] dat index i-1 using (x($1)):(y($2)) with steps linetype i linewidth 1.5 title value(sprintf('name%d', i))
}
