#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>

struct command {
    const char *name;
    const char *help;
};

/* Made by tools/make-table.ts, in the order of their names. */
extern const struct command commands[];
extern const size_t command_count;

#endif
