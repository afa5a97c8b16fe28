# SPDX-License-Identifier: GPL-2.0-or-later
# Lateness against a number. Expects: dat, xlab, xtics, x_from, x_to, zero, ylab,
# tics, p50 and p99 (1 when any cell supports them, else 0), tick (ns, or 0),
# same (1 when the line y = x is to be drawn).
set logscale xy
eval 'set xtics '.xtics
eval 'set ytics '.tics
pad = x_to > x_from ? (x_to / real(x_from)) ** 0.02 : 2
set xrange [x_from / pad:x_to * pad]
set yrange [tics_from / 1.2:tics_to * 1.3]
set ylabel ylab
set xlabel xlab
x(v) = v > 0 ? v : zero
# A curve without a point is a warning, and an empty loop draws one too.
bands = "dat using (x($1)):3:4 with filledcurves fillcolor rgb '#0072b2' fillstyle transparent solid 0.25 notitle, "
if (p99) { bands = bands."dat using (x($1)):6:7 with filledcurves fillcolor rgb '#d55e00' fillstyle transparent solid 0.25 notitle, " }
lines = "dat using (x($1)):8 with linespoints linetype 7 linewidth 1.2 pointsize 0.6 title 'largest'"
if (p99) { lines = lines.", dat using (x($1)):5 with linespoints linetype 2 linewidth 1.8 pointsize 0.7 title 'p99'" }
if (p50) { lines = lines.", dat using (x($1)):2 with linespoints linetype 1 linewidth 1.8 pointsize 0.7 title 'p50'" }
others = ''
if (tick) { others = others."tick with lines linecolor rgb '#999999' dashtype 3 linewidth 1.2 title 'one tick', " }
if (same) { others = others."x with lines linecolor rgb '#999999' dashtype 2 linewidth 1.2 title 'as long as asked', " }
eval 'plot '.others.(p50 ? bands : '').lines
