/* The bus: which address belongs to whom. */
#ifndef EMU_BUS_H
#define EMU_BUS_H

#include <stdbool.h>
#include <stdint.h>

#include "emu/device.h"
#include "emu/ram.h"

#define BUS_REGIONS 8

typedef struct BusRegion {
    uint32_t base;
    uint32_t size;
    const Device *device;
} BusRegion;

typedef struct Bus {
    Ram ram; /* looked at first: most accesses end here */
    BusRegion regions[BUS_REGIONS];
    uint32_t region_count;
} Bus;

void bus_init(Bus *bus, Ram ram);

/* False when the window meets another one or the table is full. */
bool bus_map(Bus *bus, uint32_t base, const Device *device);

/* Little endian, 1, 2 or 4 bytes. False when nobody answers. */
bool bus_read(const Bus *bus, uint32_t address, uint32_t size, uint32_t *value);
bool bus_write(const Bus *bus, uint32_t address, uint32_t size, uint32_t value);

#endif
