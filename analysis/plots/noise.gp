# SPDX-License-Identifier: GPL-2.0-or-later
# Each boot's reading, in the order of the boots, a panel a figure. Expects: dat,
# panels, panel (pixels), boots, and of each panel name1, low1, high1, step1...
set multiplot title (strlen(lane) ? title."\n".lane : title) font ',14'
unset key
set xrange [0.5:boots + 0.5]
set lmargin 9
set rmargin 7
set xzeroaxis linetype 1 linecolor rgb '#888888' linewidth 1
set tics font ',11'
set format x ''
set ylabel '%' norotate offset 1, 0
set label 1 'A' at graph 1.03, graph 0.8 point linetype 1 pointsize 0.8 offset 1, 0
set label 2 'B' at graph 1.03, graph 0.3 point linetype 2 pointsize 0.8 offset 1, 0
head = strlen(lane) ? 64 : 44
do for [i=1:panels] {
	set tmargin at screen 1 - (head + (i - 1) * panel + 24) / real(height)
	set bmargin at screen 1 - (head + i * panel - 8) / real(height)
	set title value(sprintf('name%d', i)) font ',12' offset 0, -0.8
	set yrange [value(sprintf('low%d', i)):value(sprintf('high%d', i))]
	set ytics value(sprintf('step%d', i))
	if (i == panels) { set format x '%.0f'; set xlabel 'boots of both sides, in the order in which they were made' }
	plot dat index 2 * i - 2 using 1:2 with points linetype 1 pointsize 0.8 notitle, dat index 2 * i - 1 using 1:2 with points linetype 2 pointsize 0.8 notitle
}
unset multiplot
