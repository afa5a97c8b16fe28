# SPDX-License-Identifier: GPL-2.0-or-later
# Mean of each part, grouped. Expects: dat, ylab, parts, groups, labels, lines and
# letters (of the largest label), floor_at, top, tics, name1...
set logscale y
eval 'set ytics '.tics
set ylabel ylab
wide = 0.8 / parts
set boxwidth wide * 0.9
set style fill solid 0.75 noborder
set tics scale 0.5
set xrange [-0.5:groups - 0.5]
many = groups * parts > 10
set yrange [floor_at:top * (many ? 100.0 : 10.0)]
set grid noxtics
eval 'set xtics '.labels
crowded = groups > 6 || groups * (letters + 2) > 96
if (crowded) { set xtics rotate by -30 }
set bmargin at screen (crowded ? 26 + 3.6 * letters + 14 * lines : 22 + 17 * lines) / real(height)
at(g, i) = g + (i - (parts + 1) / 2.0) * wide
# A hair above the axis, or gnuplot clips the label.
up(v) = v > floor_at ? v : floor_at * 1.001
plot for [i=1:parts] dat using (at($1, i)):(up(column(4*i-1))) with boxes linetype i title value(sprintf('name%d', i)), \
	for [i=1:parts] dat using (at($1, i)):(up(column(4*i-1))):(0):(up(column(4*i)) - up(column(4*i-1))) with vectors heads size 0.03, 90 linecolor rgb '#444444' dashtype 1 linewidth 1 notitle, \
	for [i=1:parts] dat using (at($1, i)):(up(column(4*i))):(stringcolumn(4*i+1)) with labels font ',11' rotate by (many ? 90 : 0) offset 0, (many ? 2.2 : 0.7) notitle
