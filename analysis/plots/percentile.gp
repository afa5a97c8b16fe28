# SPDX-License-Identifier: GPL-2.0-or-later
# Value by percentile, the tail stretched. Expects: dat, curves, ylab, tics,
# shares, length, name1...
set logscale y
eval 'set ytics '.tics
set yrange [tics_from / 1.2:tics_to * 1.3]
set ylabel ylab
set xlabel 'share of samples that are not above'
set xrange [0:length]
eval 'set xtics '.shares
plot for [i=1:curves] dat index i-1 using 1:2 with lines linetype i linewidth 1.8 title value(sprintf('name%d', i))
