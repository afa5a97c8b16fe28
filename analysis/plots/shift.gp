# SPDX-License-Identifier: GPL-2.0-or-later
# The effect at each quantile. Expects: dat, quantiles (tics), points, reach (of the
# y axis, percent), bands (1 when a delta is drawn, else 0).
set xrange [-0.6:points - 0.4]
set yrange [-reach:reach]
set ylabel 'B against A, %'
eval 'set xtics '.quantiles
set xzeroaxis linetype 1 linecolor rgb '#222222' linewidth 1.2
set key bmargin center horizontal
set style fill solid 0.35 noborder
band = "dat using 1:(0):($1 - 0.5):($1 + 0.5):5:6 with boxxyerror linecolor rgb '#bbbbbb' title 'less than delta', "
eval 'plot '.(bands ? band : '')."dat using 1:2:3:4 with yerrorbars linetype 1 pointsize 0.8 linewidth 1.6 title '99 % interval'"
