# SPDX-License-Identifier: GPL-2.0-or-later
# Value by percentile, the tail stretched. Expects: dat, curves, ylab, tics,
# shares, length, name1...; glyphs and style1... where curves keep their looks from
# one picture to the next.
set logscale y
eval 'set ytics '.tics
set yrange [tics_from / 1.2:tics_to * 1.3]
set ylabel ylab
set xlabel 'share of samples that are not above'
set xrange [0:length]
eval 'set xtics '.shares
style(i) = exists(sprintf('style%d', i)) ? value(sprintf('style%d', i)) : i
if (exists('glyphs')) {
	plot for [i=1:curves] dat index i-1 using 1:2 with linespoints linetype style(i) linewidth 1.8 pointsize 0.7 pointinterval 20 title value(sprintf('name%d', i))
} else {
	plot for [i=1:curves] dat index i-1 using 1:2 with lines linetype i linewidth 1.8 title value(sprintf('name%d', i))
}
