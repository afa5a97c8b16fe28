# SPDX-License-Identifier: GPL-2.0-or-later
# The programs that the tests of the analysis run; part of the Makefile.
# analysis-tools builds them.

ANALYSIS_FAKE := $(patsubst %.c,$B/%.o,$(wildcard tests/analysis/fake_*.c))

$B/tests/analysis/%.o: tests/analysis/%.c $B/.flags | $B/.packages
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -I. -c -o $@ $<
	$(KEEP_DEPS)

$B/tests/analysis/make_result: $B/tests/analysis/make_result.o $(ANALYSIS_FAKE) $B/librunner.a $B/libanalysis.a
	$(LINK) -o $@ $^ $(LIBS)

$B/tests/analysis/report: $B/tests/analysis/report.o $B/libanalysis.a
	$(LINK) -o $@ $^ $(LIBS)

$B/tests/analysis/formats: $B/tests/analysis/formats.o $B/tests/analysis/made_comparison.o $B/libanalysis.a
	$(LINK) -o $@ $^ $(LIBS)

$B/tests/analysis/trend_rates: $B/tests/analysis/trend_rates.o $B/libanalysis.a
	$(LINK) -o $@ $^ $(LIBS)

$B/tests/analysis/mutate: $B/tests/analysis/mutate.o $B/tests/analysis/mutation.o $B/librunner.a $B/libanalysis.a
	$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

$B/tests/analysis/simulate: $(patsubst %.c,$B/%.o,$(wildcard tests/analysis/sim*.c)) $B/libanalysis.a
	$(LINK) -o $@ $^ $(LIBS)

# The scripts of the pictures are part of the program (.incbin).
$B/analysis/plots.o $B/analysis/draw.o $B/analysis/plot_shift.o $B/analysis/plot_noise.o $B/analysis/plot_trend.o: $(wildcard analysis/plots/*.gp)

unit: analysis-tools
analysis-tools: $B/tests/analysis/make_result $B/tests/analysis/report $B/tests/analysis/formats $B/tests/analysis/mutate $B/tests/analysis/trend_rates $B/tests/analysis/simulate
.PHONY: analysis-tools
