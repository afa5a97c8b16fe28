# SPDX-License-Identifier: GPL-2.0-or-later
# Curves against a number: calls, or kernels. Expects: dat, curves, xlab, xtics, x_from,
# x_to, zero, ylab, tics, name1..., style1...
set logscale xy
eval 'set xtics '.xtics
eval 'set ytics '.tics
pad = x_to > x_from ? (x_to / real(x_from)) ** 0.02 : 2
set xrange [x_from / pad:x_to * pad]
set yrange [tics_from / 1.5:tics_to * 1.5]
set ylabel ylab
set xlabel xlab
x(v) = v > 0 ? v : zero
y(v) = v > 0 ? v : NaN
plot for [i=1:curves] dat index i-1 using (x($1)):(y($2)) with linespoints linetype value(sprintf('style%d', i)) linewidth 1.8 pointsize 0.7 title value(sprintf('name%d', i))
