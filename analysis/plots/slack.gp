# SPDX-License-Identifier: GPL-2.0-or-later
# Wake-ups saved against lateness paid. Expects: dat, ylab, tics,
# low and high (saved, in thousandths), p99 (1 when any cell supports it).
set logscale y
eval 'set ytics '.tics
set yrange [tics_from / 1.3:tics_to * 1.6]
set ylabel ylab
set xlabel 'wake-ups saved, %'
pad = high - low > 20 ? 0.08 * (high - low) / 10.0 : 1
set xrange [low / 10.0 - pad:high / 10.0 + pad]
saved(expiries, instants) = 100.0 * (1 - instants / real(expiries))
# A curve without a point is a warning, and an empty loop draws one too.
tail = "dat using (saved($2, $3)):5 with linespoints linetype 2 linewidth 1.8 pointsize 0.7 title 'p99', "
rest = "dat using (saved($2, $3)):4 with linespoints linetype 1 linewidth 1.8 pointsize 0.7 title 'p50', "
mark = "dat using (saved($2, $3)):(column(4 + p99)):1 with labels right offset -0.4, 0.7 font ',12' notitle"
eval 'plot '.(p99 ? tail : '').rest.mark
