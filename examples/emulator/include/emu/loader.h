/* Guest programs: ELF files, or flat images that start at the base of RAM. */
#ifndef EMU_LOADER_H
#define EMU_LOADER_H

#include <stddef.h>
#include <stdint.h>

#include "emu/ram.h"

/* Copies the image into RAM. Returns NULL and the entry point, or what is wrong with it. */
const char *loader_load(const Ram *ram, const uint8_t *image, size_t size, uint32_t *entry);

/* Reads a file as a whole; the caller frees it. NULL when it cannot (errno says why). */
uint8_t *loader_read_file(const char *path, size_t *size);

#endif
