#include "table.h"

#include <stdio.h>

/* In Rust: which of the commands a name is, or -1. */
int find_command(const char *name, const struct command *commands, size_t count);

int main(int argc, char **argv)
{
    int found = argc == 2 ? find_command(argv[1], commands, command_count) : -1;
    if (found < 0) {
        fprintf(stderr, "usage: @NAME@ COMMAND\n");
        return 1;
    }
    printf("%s: %s\n", commands[found].name, commands[found].help);
    return 0;
}
