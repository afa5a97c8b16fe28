# SPDX-License-Identifier: GPL-2.0-or-later
# The front door. `make help` lists every target and variable.

B       := build
CC      ?= gcc
PKGS    := hwloc jansson inih gsl
CFLAGS  ?= -O2 -g
WARN    := -Wall -Wextra -Werror -Wstrict-prototypes -Wmissing-prototypes -Wshadow -Wundef -Wformat=2 -Wno-unused-parameter
ALL_CFLAGS = -std=gnu11 $(CFLAGS) $(WARN) -D_GNU_SOURCE -Iinclude -MMD -MP $(shell pkg-config --cflags $(PKGS))
LIBS     = $(shell pkg-config --libs $(PKGS)) -lnuma -lm

ANALYSIS := $(patsubst %.c,$B/%.o,$(wildcard analysis/*.c))
RUNNER   := $(patsubst %.c,$B/%.o,$(filter-out runner/main.c,$(wildcard runner/*.c)))
UNIT     := $(patsubst tests/unit/%.c,$B/tests/unit/%,$(wildcard tests/unit/test_*.c))
ABI      := $(patsubst tests/abi/%.c,$B/tests/abi/%,$(wildcard tests/abi/test_*.c))

all: $B/ktbench

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$B/libanalysis.a: $(ANALYSIS)
	rm -f $@; $(AR) rcs $@ $^
$B/librunner.a: $(RUNNER)
	rm -f $@; $(AR) rcs $@ $^

$B/ktbench: $B/runner/main.o $B/librunner.a $B/libanalysis.a
	$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

$B/tests/unit/%: tests/unit/%.c $B/librunner.a $B/libanalysis.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -I. -o $@ $< $B/librunner.a $B/libanalysis.a $(LIBS) -lcmocka
$B/tests/abi/%: tests/abi/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $< $(filter %.o,$^)

unit: $(UNIT)
abi: $(ABI)

-include $(shell find $B -name '*.d' 2>/dev/null)
.PHONY: all unit abi
