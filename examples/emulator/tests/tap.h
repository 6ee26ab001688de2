/* The Test Anything Protocol, for the tests in C. */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdbool.h>
#include <stdio.h>

static int tap_count, tap_failures;

static inline void tap_ok(bool holds, const char *name)
{
    printf("%sok %d %s\n", holds ? "" : "not ", ++tap_count, name);
    tap_failures += !holds;
}

/* The plan may come last. Returns the exit status. */
static inline int tap_end(void)
{
    printf("1..%d\n", tap_count);
    return tap_failures > 0;
}

#endif
