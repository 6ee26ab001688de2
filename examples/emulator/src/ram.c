#define _GNU_SOURCE
#include "emu/ram.h"

#include <sys/mman.h>

static void advise(const Ram *ram, RamOptions options)
{
#ifdef MADV_MERGEABLE
    if (options.mergeable) {
        madvise(ram->bytes, ram->size, MADV_MERGEABLE);
    }
#endif
#ifdef MADV_DONTDUMP
    if (options.leave_out_of_core) {
        madvise(ram->bytes, ram->size, MADV_DONTDUMP);
    }
#endif
    (void)ram;
    (void)options;
}

bool ram_create(Ram *ram, uint32_t base, uint32_t size, RamOptions options)
{
    int flags = MAP_ANONYMOUS | (options.shared ? MAP_SHARED : MAP_PRIVATE);
    void *bytes = mmap(0, size, PROT_READ | PROT_WRITE, flags, -1, 0);

    if (bytes == MAP_FAILED) {
        return false;
    }
    *ram = (Ram){bytes, base, size};
    advise(ram, options); /* advice only: a host that does not follow it is fine */
    return true;
}

void ram_destroy(Ram *ram)
{
    munmap(ram->bytes, ram->size);
    ram->bytes = 0;
}
