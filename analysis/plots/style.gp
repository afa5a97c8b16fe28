# SPDX-License-Identifier: GPL-2.0-or-later
# What all pictures share. Expects: width, height, title, lane,
# out.
set terminal svg size width, height dynamic noenhanced font 'sans-serif,13' background '#ffffff'
set output out
set datafile separator "\t"
set datafile missing '?'
set title (strlen(lane) ? title."\n".lane : title) font ',14'
set border 3 linecolor rgb '#555555'
set tics nomirror textcolor rgb '#222222'
set grid linetype 1 linecolor rgb '#dddddd' linewidth 0.5
set key outside right top vertical Left reverse samplen 2 spacing 1.1 font ',12'
# Okabe and Ito's colours without the yellow, told apart by dashes as well.
set linetype 1 linecolor rgb '#0072b2' dashtype 1 pointtype 7
set linetype 2 linecolor rgb '#d55e00' dashtype 2 pointtype 9
set linetype 3 linecolor rgb '#009e73' dashtype 4 pointtype 5
set linetype 4 linecolor rgb '#cc79a7' dashtype 5 pointtype 11
set linetype 5 linecolor rgb '#e69f00' dashtype 1 pointtype 13
set linetype 6 linecolor rgb '#56b4e9' dashtype 2 pointtype 6
set linetype 7 linecolor rgb '#000000' dashtype 4 pointtype 8
set linetype 8 linecolor rgb '#7f7f7f' dashtype 5 pointtype 4
# The second round of eight is dotted the other way.
set linetype 9 linecolor rgb '#0072b2' dashtype 3
set linetype 10 linecolor rgb '#d55e00' dashtype 1
set linetype 11 linecolor rgb '#009e73' dashtype 1
set linetype 12 linecolor rgb '#cc79a7' dashtype 1
set linetype 13 linecolor rgb '#e69f00' dashtype 3
set linetype 14 linecolor rgb '#56b4e9' dashtype 1
set linetype 15 linecolor rgb '#000000' dashtype 1
set linetype 16 linecolor rgb '#7f7f7f' dashtype 1
set linetype cycle 16
