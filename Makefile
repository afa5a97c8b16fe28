# SPDX-License-Identifier: GPL-2.0-or-later
# The front door. `make help` (the default) prints the lines that begin with ##,
# each with the target or the variable on the line below it.

### Variables: make TARGET NAME=value

## directory for all that is built
B       := build
## bench, compare: the job file bench/SUITE.ini (compare: compare.ini, in the exact lane exact.ini)
SUITE   := quick
## bench, compare: where to measure: auto, metal, vm, exact (compare: vm or exact)
LANE    := auto
## bench, module: the guest's kernel: a row of vm/kernels, a release, a bzImage
KERNEL  := 6.1
## bench, compare: vCPUs of the guest (default: 4 as 2x1x2 with 2 NUMA nodes; compare: 2)
SMP     :=
## bench, matrix, compare: where results go
RESULTS := results
## compare: boots of each kernel (default: 11; 3 in the exact lane)
BOOTS   :=
## compare: look after so many boots of each, and end as soon as the verdict is clear: "5 10 15 20 30"
LOOKS   :=
## compare: go on with the comparison in this directory
COMPARE :=
## no: do not look for missing packages and install none
DEPS    := yes
## test: groups or patterns to run, such as unit or vm/*; nothing is all
TESTS   :=
## test, modules: kernels to build for; matrix, exact-*, peers: to run on (rows of vm/kernels, or trees; matrix: all rows); compare: the two
KERNELS := 5.10 6.1 6.12-rt 7.2 7.3
## matrix: guests at once (default: as many as memory and CPUs allow)
JOBS    :=
## matrix: yes: say what would be done, and do nothing
DRY_RUN := no
## distros: suites to make a system of (rows of tests/distros/suites)
DISTROS := trixie sid
## install: where to
PREFIX  := /usr/local
## install: put before PREFIX, for packagers
DESTDIR :=
## compiler, also of the module
ifeq ($(origin CC),default)
CC      := gcc
endif
## options of the compiler; those of the environment are taken, as are the two below
CFLAGS  ?= -O2 -g
## options of the preprocessor
CPPFLAGS ?=
## options of the linker
LDFLAGS ?=
## no: a warning is no error (default: yes, no with CFLAGS or CPPFLAGS of your own, which warn of other things)
WERROR  ?= $(if $(filter file,$(origin CFLAGS)),$(if $(strip $(CPPFLAGS)),no,yes),no)

PKGS    := hwloc jansson inih gsl libzstd
WARN     = -Wall -Wextra $(if $(filter no,$(WERROR)),,-Werror) -Wstrict-prototypes -Wmissing-prototypes -Wshadow -Wundef -Wformat=2 -Wno-unused-parameter
# pkg-config is asked once, and not before something is compiled.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
# What the user says comes last, and wins.
ALL_CFLAGS = -std=gnu11 -pthread $(WARN) -D_GNU_SOURCE -Iinclude -MMD -MP -MF $@.d.new $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS)
LINK       = $(CC) $(CFLAGS) $(LDFLAGS)
# What a compiler that was stopped has left is no file of dependencies.
KEEP_DEPS  = @mv -f $@.d.new $@.d
LIBS       = $(PKG_LIBS) -lnuma -lm -lrt -pthread

ANALYSIS := $(patsubst %.c,$B/%.o,$(wildcard analysis/*.c))
RUNNER   := $(patsubst %.c,$B/%.o,$(filter-out runner/main.c,$(wildcard runner/*.c)))
UNIT     := $(patsubst tests/unit/%.c,$B/tests/unit/%,$(wildcard tests/unit/test_*.c))
ABI      := $(patsubst tests/abi/%.c,$B/tests/abi/%,$(wildcard tests/abi/test_*.c))

# What is built for by default is no choice of what to run on.
MATRIX   = $(if $(filter-out file,$(origin KERNELS)),$(KERNELS))
PEERS_ON = $(or $(MATRIX),6.1 6.1-rt 6.12-rt)
DRY      = $(filter yes,$(DRY_RUN))

# What the scripts want to know.
export TOP := $(CURDIR)
WITH_B   = B='$(abspath $B)'
PARALLEL = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))
AGAIN    = +@$(MAKE) --no-print-directory $(PARALLEL)
deps     = $(if $(filter no,$(DEPS)),:,setup/install $1)

### Targets

.DEFAULT_GOAL := help
## print this
help:
	@awk '/^### /{ print (NR > 10 ? "\n" : "") substr($$0, 5); next } \
		/^## /{ text = substr($$0, 4); next } \
		text && match($$0, /^[A-Za-z_-]+/) && !/^if/ { \
			name = substr($$0, 1, RLENGTH); rest = substr($$0, RLENGTH + 1); \
			value = rest ~ /^ *[:?]?= *[^ $$]/ ? rest : ""; \
			sub(/^ *[:?]?= */, "", value); \
			printf "  %-16s%s%s\n", name, text, value == "" ? "" : " [" value "]"; \
			text = "" }' $(firstword $(MAKEFILE_LIST))

## build the command ktbench
all: $B/ktbench

## measure, and write a report: installs what is missing, builds, runs, reports
bench:
	@where=$$(setup/lane '$(LANE)') && echo "bench: $$where" && lane=$${where%%:*} && \
	if [ $$lane = metal ]; then group=metal; else group=vm; fi && \
	$(call deps,build plot $$group) && \
	$(MAKE) --no-print-directory $(PARALLEL) all && \
	$(WITH_B) RESULTS='$(RESULTS)' KERNEL='$(KERNEL)' SMP='$(SMP)' CC='$(CC)' \
		setup/bench $$lane '$(SUITE)'

## prove all of it: installs what is missing, builds, runs every test
test:
	@$(call deps,build vm plot test matrix)
	$(AGAIN) all unit abi
	$(AGAIN) modules || echo "test: going on without; the tests of group module will say it again"
	@$(WITH_B) tests/run $(TESTS)

## what takes too long for test: thousands of threads and timers, whole suites
test-long:
	@$(call deps,build vm plot test matrix)
	$(AGAIN) all analysis-tools
	@$(WITH_B) tests/run long

## the tests in bare Debian 13 and sid (DISTROS), made by debootstrap: only what is committed, as root
distros:
	@$(WITH_B) tests/distros/run $(DISTROS)

## measure in guest instructions (bench/exact.ini), and write a report: the same on any host
exact:
	+@$(MAKE) --no-print-directory bench LANE=exact SUITE=exact

## what changed, by how many instructions: KERNEL's figures against results/reference/
exact-check:
	@$(call deps,build vm matrix)
	$(AGAIN) all
	@$(WITH_B) CC='$(CC)' vm/exact check $(or $(MATRIX),'$(KERNEL)')

## write results/reference/ anew, for KERNEL or KERNELS
exact-reference:
	@$(call deps,build vm matrix)
	$(AGAIN) all
	@$(WITH_B) CC='$(CC)' vm/exact reference $(or $(MATRIX),'$(KERNEL)')

## what a sample costs, what is lost and told: ktbench, cyclictest, rtla and others in one guest
peers:
	@$(call deps,build vm matrix peers)
	$(AGAIN) all
	@$(WITH_B) CC='$(CC)' vm/peers/run $(PEERS_ON)
	@for table in cost faults quantiles; do \
		$(WITH_B) vm/peers/table $$table $(PEERS_ON:%='$(abspath $B)/peers/%.json') && echo || exit; done

## the same, and write results/reference/peers/ anew, for KERNELS
peers-reference: peers
	@mkdir -p results/reference/peers
	@cp $(PEERS_ON:%='$(abspath $B)/peers/%.json') results/reference/peers/

## check the contracts and run the smoke suite in a guest of each kernel: one report
matrix:
	$(if $(DRY),,@$(call deps,build vm matrix))
	$(if $(DRY),,$(AGAIN) all)
	@$(WITH_B) CC='$(CC)' RESULTS='$(RESULTS)' vm/matrix $(if $(DRY),--dry-run) \
		$(if $(JOBS),--jobs '$(JOBS)') $(MATRIX)

## compare two kernels: boots guests of both in turn, and says what got worse: KERNELS="6.1 6.12"
compare:
	@case '$(LANE)' in auto | vm | exact) ;; *) \
		echo "compare: LANE=$(LANE): guests run in the lanes vm and exact; on this machine it is ktbench run --boots" >&2; exit 2 ;; esac
	@$(call deps,build vm plot matrix)
	$(AGAIN) all
	@$(WITH_B) CC='$(CC)' RESULTS='$(RESULTS)' vm/compare $(if $(COMPARE),--continue '$(COMPARE)', \
		$(if $(filter exact,$(LANE)),--exact) $(if $(BOOTS),--boots '$(BOOTS)') $(if $(LOOKS),--looks '$(LOOKS)') \
		$(if $(filter-out file,$(origin SUITE)),--suite '$(SUITE)') $(if $(SMP),--smp '$(SMP)') $(MATRIX))

## write docs/contracts.md anew, from the last matrix of all kernels
contracts: $B/ktbench
	@$(WITH_B) RESULTS='$(RESULTS)' vm/contracts >$B/contracts.md
	@cp $B/contracts.md docs/contracts.md

## build the unit tests
unit: $(UNIT)

## build the ABI tests, which run in the guest
abi: $(ABI)

## check the sources: dependencies, format, cppcheck, shellcheck, sizes
lint: $B/.packages
	@$(WITH_B) tests/run lint

## build the module for KERNEL; its path is the last line
module:
	@$(WITH_B) CC='$(CC)' vm/module --kernel '$(KERNEL)'

## build the module for each of KERNELS
modules:
	@status=0; for kernel in $(KERNELS); do \
		$(WITH_B) CC='$(CC)' vm/module --kernel $$kernel || status=$$?; \
	done; exit $$status

## make the man page $B/ktbench.1
man: $B/ktbench.1

## install the command, its man page, completion and job files below PREFIX
install: $B/ktbench $B/ktbench.1 $B/ktbench.bash
	install -D -m 755 $B/ktbench '$(DESTDIR)$(PREFIX)/bin/ktbench'
	install -D -m 644 $B/ktbench.1 '$(DESTDIR)$(PREFIX)/share/man/man1/ktbench.1'
	install -D -m 644 $B/ktbench.bash '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/ktbench'
	install -D -m 644 -t '$(DESTDIR)$(PREFIX)/share/ktbench' runner/catalog.json
	install -D -m 644 -t '$(DESTDIR)$(PREFIX)/share/ktbench/bench' $(wildcard bench/*.ini)

## remove what install installed
uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/ktbench' \
		'$(DESTDIR)$(PREFIX)/share/man/man1/ktbench.1' \
		'$(DESTDIR)$(PREFIX)/share/bash-completion/completions/ktbench'
	rm -rf '$(DESTDIR)$(PREFIX)/share/ktbench'

## remove what was built; results stay
clean:
	rm -rf '$B'

## clean, and remove the cache of downloaded kernels too; results stay
distclean: clean
	rm -rf "$${KTBENCH_CACHE:-$${XDG_CACHE_HOME:-$$HOME/.cache}/ktbench}"

# A sentence instead of a compiler's when something is missing.
$B/.packages: setup/packages
	@setup/install --check build
	@mkdir -p $(@D) && touch $@

# What is built with other options is built anew.
OPTIONS = $(strip $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) WERROR=$(WERROR))
ifneq ($(OPTIONS),$(strip $(file <$B/.flags)))
$B/.flags: FORCE
endif
$B/.flags: | $B/.packages
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(OPTIONS))' >$@

$B/%.o: %.c $B/.flags | $B/.packages
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<
	$(KEEP_DEPS)

$B/libanalysis.a: $(ANALYSIS)
	rm -f $@; $(AR) rcs $@ $^
$B/librunner.a: $(RUNNER)
	rm -f $@; $(AR) rcs $@ $^

$B/ktbench: $B/runner/main.o $B/librunner.a $B/libanalysis.a
	$(LINK) -o $@ $^ $(LIBS)
$B/ktbench.1: $B/ktbench
	$< --man >$@.new && mv $@.new $@
$B/ktbench.bash: $B/ktbench
	$< --completion >$@.new && mv $@.new $@

$B/tests/unit/%: tests/unit/%.c $B/librunner.a $B/libanalysis.a $B/.flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -I. -o $@ $< $B/librunner.a $B/libanalysis.a $(LIBS) -lcmocka
	$(KEEP_DEPS)
$B/tests/abi/%: tests/abi/%.c $B/.flags | $B/.packages
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(filter %.o,$^)
	$(KEEP_DEPS)

# Programs that the tests of a group need besides.
-include $(wildcard tests/*/rules.mk)
# Dependencies of what is compiled: files of the compiler, where it writes them. A test
# may leave a package below $B whose /etc/init.d is a directory. What builds
# nothing reads none.
ifneq ($(filter-out help clean distclean,$(or $(MAKECMDGOALS),help)),)
COMPILED := $(addprefix $B/,runner analysis $(sort $(dir $(wildcard tests/*/*.c))))
-include $(shell find $(COMPILED) -maxdepth 1 -type f -name '*.d' 2>/dev/null)
endif
FORCE:
.DELETE_ON_ERROR:
.PHONY: help all bench exact exact-check exact-reference peers peers-reference test test-long distros matrix compare contracts unit abi lint module modules man install uninstall clean distclean
