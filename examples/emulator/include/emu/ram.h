/* Guest memory. */
#ifndef EMU_RAM_H
#define EMU_RAM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct RamOptions {
    bool mergeable;        /* let the host merge equal pages */
    bool leave_out_of_core; /* keep it out of the host's core dumps */
    bool shared;           /* map it shared */
} RamOptions;

typedef struct Ram {
    uint8_t *bytes;
    uint32_t base;
    uint32_t size;
} Ram;

bool ram_create(Ram *ram, uint32_t base, uint32_t size, RamOptions options);
void ram_destroy(Ram *ram);

/* Where `size` bytes at a guest address are, or NULL when they are not all in it. */
static inline uint8_t *ram_at(const Ram *ram, uint32_t address, uint32_t size)
{
    uint32_t offset = address - ram->base;

    return offset < ram->size && size <= ram->size - offset ? ram->bytes + offset : 0;
}

#endif
