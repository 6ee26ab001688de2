#include "emu/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ELF_HEADER_SIZE = 52,
    ELF_SEGMENT_SIZE = 32,
    ELF_CLASS_32 = 1,
    ELF_LITTLE_ENDIAN = 1,
    ELF_EXECUTABLE = 2,
    ELF_RISCV = 243,
    ELF_LOAD = 1,
};

static uint32_t u16_at(const uint8_t *bytes) { return bytes[0] | (uint32_t)bytes[1] << 8; }
static uint32_t u32_at(const uint8_t *bytes) { return u16_at(bytes) | u16_at(bytes + 2) << 16; }

/* Copies one segment; NULL or what is wrong. */
static const char *load_segment(const Ram *ram, const uint8_t *image, size_t size,
                                const uint8_t *header)
{
    uint32_t offset = u32_at(header + 4), address = u32_at(header + 12);
    uint32_t file_size = u32_at(header + 16), memory_size = u32_at(header + 20);
    uint8_t *target;

    if (u32_at(header) != ELF_LOAD || memory_size == 0) {
        return NULL;
    }
    if (file_size > memory_size || offset > size || file_size > size - offset) {
        return "the ELF file is cut short";
    }
    target = ram_at(ram, address, memory_size);
    if (!target) {
        return "a segment of the ELF file is outside of RAM";
    }
    memcpy(target, image + offset, file_size);
    memset(target + file_size, 0, memory_size - file_size);
    return NULL;
}

static const char *load_elf(const Ram *ram, const uint8_t *image, size_t size, uint32_t *entry)
{
    uint32_t segments, count;

    if (size < ELF_HEADER_SIZE) {
        return "the ELF file is cut short";
    }
    if (image[4] != ELF_CLASS_32 || image[5] != ELF_LITTLE_ENDIAN ||
        u16_at(image + 16) != ELF_EXECUTABLE || u16_at(image + 18) != ELF_RISCV) {
        return "the ELF file is no 32-bit RISC-V executable";
    }
    *entry = u32_at(image + 24);
    segments = u32_at(image + 28);
    count = u16_at(image + 44);
    if (segments > size || count > (size - segments) / ELF_SEGMENT_SIZE) {
        return "the ELF file is cut short";
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *problem =
            load_segment(ram, image, size, image + segments + i * ELF_SEGMENT_SIZE);

        if (problem) {
            return problem;
        }
    }
    return NULL;
}

const char *loader_load(const Ram *ram, const uint8_t *image, size_t size, uint32_t *entry)
{
    if (size >= 4 && memcmp(image, "\177ELF", 4) == 0) {
        return load_elf(ram, image, size, entry);
    }
    if (size > ram->size) {
        return "the image is larger than RAM";
    }
    memcpy(ram->bytes, image, size);
    *entry = ram->base;
    return NULL;
}

uint8_t *loader_read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = NULL;
    size_t room = 0, used = 0, got;

    if (!file) {
        return NULL;
    }
    do {
        if (used == room) {
            uint8_t *larger = realloc(bytes, room = room ? 2 * room : 65536);

            if (!larger) {
                break;
            }
            bytes = larger;
        }
        got = fread(bytes + used, 1, room - used, file);
        used += got;
    } while (got > 0);
    if (ferror(file) || used == room) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    *size = used;
    return bytes;
}
