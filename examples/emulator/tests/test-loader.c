/* The loader. The exit status tells: 0, or the number of the first check that failed. */
#include <stdio.h>
#include <string.h>

#include "emu/loader.h"

#define BASE 0x80000000u
#define CHECK(number, condition)                                      \
    do {                                                              \
        if (!(condition)) {                                           \
            fprintf(stderr, "check %d: %s\n", (number), #condition);  \
            return (number);                                          \
        }                                                             \
    } while (0)

/* A header, one segment of four bytes in the file and eight in memory. */
static const uint8_t elf[88] = {
    [0] = 0x7f, [1] = 'E', [2] = 'L', [3] = 'F', [4] = 1, [5] = 1, [6] = 1,
    [16] = 2, [18] = 243, [24] = 4, [27] = 0x80, [28] = 52, [44] = 1,
    [52] = 1, [56] = 84, [65] = 1, [67] = 0x80, [68] = 4, [72] = 8,
    [84] = 1, [85] = 2, [86] = 3, [87] = 4,
};

int main(void)
{
    static uint8_t bytes[4096];
    const Ram ram = {bytes, BASE, sizeof bytes};
    uint8_t broken[sizeof elf];
    uint32_t entry = 0;

    CHECK(1, loader_load(&ram, (const uint8_t *)"flat", 4, &entry) == NULL);
    CHECK(2, entry == BASE && memcmp(bytes, "flat", 4) == 0);

    memset(bytes, 0xff, sizeof bytes);
    CHECK(3, loader_load(&ram, elf, sizeof elf, &entry) == NULL);
    CHECK(4, entry == BASE + 4);
    CHECK(5, memcmp(bytes + 0x100, "\1\2\3\4\0\0\0\0\377", 9) == 0);

    for (size_t size = 4; size < sizeof elf; size++) {
        CHECK(6, loader_load(&ram, elf, size, &entry) != NULL);
    }
    memcpy(broken, elf, sizeof elf);
    broken[18] = 62;
    CHECK(7, strstr(loader_load(&ram, broken, sizeof broken, &entry), "RISC-V") != NULL);
    broken[18] = 243;
    broken[67] = 0x90;
    CHECK(8, strstr(loader_load(&ram, broken, sizeof broken, &entry), "outside of RAM") != NULL);
    CHECK(9, loader_load(&ram, bytes, sizeof bytes + 1, &entry) != NULL);
    return 0;
}
