# SPDX-License-Identifier: GPL-2.0-or-later
# Lateness against the number of timers. Expects: dat, ylab, tics, p50
# and p99 (1 when any cell supports them, else 0).
set logscale xy
set format x '%.0f'
eval 'set ytics '.tics
set yrange [tics_from / 1.2:tics_to * 1.3]
set ylabel ylab
set xlabel 'timers'
set offsets graph 0.02, graph 0.02, 0, 0
# A curve without a point is a warning, and an empty loop draws one too.
bands = "dat using 1:3:4 with filledcurves fillcolor rgb '#0072b2' fillstyle transparent solid 0.25 notitle, "
if (p99) { bands = bands."dat using 1:6:7 with filledcurves fillcolor rgb '#d55e00' fillstyle transparent solid 0.25 notitle, " }
lines = "dat using 1:8 with linespoints linetype 7 linewidth 1.2 pointsize 0.6 title 'largest'"
if (p99) { lines = lines.", dat using 1:5 with linespoints linetype 2 linewidth 1.8 pointsize 0.7 title 'p99'" }
if (p50) { lines = lines.", dat using 1:2 with linespoints linetype 1 linewidth 1.8 pointsize 0.7 title 'p50'" }
eval 'plot '.(p50 ? bands : '').lines
