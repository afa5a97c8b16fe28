# SPDX-License-Identifier: GPL-2.0-or-later
# Creations per second against creators. Expects: dat, curves, xtics, x_from,
# x_to, zero, tics, name1..., p50_1... and perfect_1... (1 when the curve has
# such points).
set logscale xy
eval 'set xtics '.xtics
eval 'set ytics '.tics
pad = x_to > x_from ? (x_to / real(x_from)) ** 0.04 : 2
set xrange [x_from / pad:x_to * pad]
set yrange [tics_from / 1.2:tics_to * 1.3]
set ylabel 'creations per second'
set xlabel 'number of creators'
# Whiskers stand beside each other.
x(v, i) = (v > 0 ? v : zero) * pad ** (0.2 * (i - (curves + 1) / 2.0))
y(v) = v > 0 ? v : tics_from / 1.2
lines = ''
perfects = 0
do for [i=1:curves] {
	if (value(sprintf('perfect_%d', i))) {
		lines = lines.sprintf("dat index %d using (x($1, %d)):3 with lines linecolor rgb '#999999' dashtype 2 linewidth 1.2 %s, ", i - 1, i, perfects ? 'notitle' : "title 'perfect scaling'")
		perfects = perfects + 1
	}
}
do for [i=1:curves] {
	lines = lines.sprintf("dat index %d using (x($1, %d)):(y($4)):(0):(y($5) - y($4)) with vectors heads size 0.03, 90 linetype %d dashtype 1 linewidth 1.2 %s, ", i - 1, i, i, value(sprintf('p50_%d', i)) ? 'notitle' : sprintf("title name%d", i))
	if (value(sprintf('p50_%d', i))) {
		lines = lines.sprintf("dat index %d using (x($1, %d)):2 with linespoints linetype %d linewidth 1.8 pointsize 0.7 title name%d, ", i - 1, i, i, i)
	}
}
eval 'plot '.lines[1:strlen(lines) - 2]
