/* What -machine asked for. Parsed in Rust: see rust/machine-options. */
#ifndef EMU_MACHINE_OPTIONS_H
#define EMU_MACHINE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct MachineOptions {
    bool dump_guest_core;
    bool mem_merge;
    bool aux_ram_share;
} MachineOptions;

/*
 * Reads the argument of -machine. False when it is wrong, or asks for what this
 * machine has not: then `message` says why, cut at `message_size`, with a final NUL.
 */
bool machine_options_parse(const char *argument, MachineOptions *options, char *message,
                           size_t message_size);

#endif
