/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One-sentence errors of the analysis and the exit codes that go with them. The
 * function that fails fills a struct ktb_fault; who knows what the user asked
 * for prints it, once. It knows nothing of what the errors are about.
 */
#ifndef KTB_FAULT_H
#define KTB_FAULT_H

/* What the analysis may exit with; the codes of the whole command. */
#define KTB_FAULT_NONE	 0
/* Not a result directory, or one that is damaged or too new. */
#define KTB_FAULT_USAGE	 2
/* The file system or the memory gave out. */
#define KTB_FAULT_SYSTEM 5

/**
 * struct ktb_fault - one sentence and the exit code that it asks for
 * @code: KTB_FAULT_*
 * @text: the sentence, without the program's name and without a newline
 */
struct ktb_fault {
	int code;
	char text[1024];
};

/**
 * ktb_fault_set() - fill in a fault
 * @fault: where to
 * @code: KTB_FAULT_*, not KTB_FAULT_NONE
 * @fmt: as printf()
 *
 * Return: @code, so that a caller can write `return ktb_fault_set(...)`.
 */
int ktb_fault_set(struct ktb_fault *fault, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * ktb_fault_memory() - say that there is no memory
 * @fault: where to
 *
 * Return: KTB_FAULT_SYSTEM.
 */
int ktb_fault_memory(struct ktb_fault *fault);

/**
 * ktb_fault_stdout() - see that all that was printed on stdout has arrived
 * @fault: on failure, the sentence
 *
 * Return: 0 or KTB_FAULT_SYSTEM.
 */
int ktb_fault_stdout(struct ktb_fault *fault);

/**
 * ktb_fault_print() - print a fault on stderr
 * @fault: one that has been set
 *
 * Return: the fault's code.
 */
int ktb_fault_print(const struct ktb_fault *fault);

/**
 * ktb_fault_note() - tell something on stderr that stops nothing
 * @fmt: as printf(), one sentence without a newline
 */
void ktb_fault_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* KTB_FAULT_H */
