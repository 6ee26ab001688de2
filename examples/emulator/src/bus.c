#include "emu/bus.h"

#include <string.h>

void bus_init(Bus *bus, Ram ram)
{
    memset(bus, 0, sizeof *bus);
    bus->ram = ram;
}

static bool overlap(uint32_t base, uint32_t size, uint32_t other_base, uint32_t other_size)
{
    return base - other_base < other_size || other_base - base < size;
}

bool bus_map(Bus *bus, uint32_t base, const Device *device)
{
    uint32_t size = device->class->window;

    if (bus->region_count == BUS_REGIONS || overlap(base, size, bus->ram.base, bus->ram.size)) {
        return false;
    }
    for (uint32_t i = 0; i < bus->region_count; i++) {
        if (overlap(base, size, bus->regions[i].base, bus->regions[i].size)) {
            return false;
        }
    }
    bus->regions[bus->region_count++] = (BusRegion){base, size, device};
    return true;
}

static const BusRegion *find_region(const Bus *bus, uint32_t address, uint32_t size)
{
    for (uint32_t i = 0; i < bus->region_count; i++) {
        uint32_t offset = address - bus->regions[i].base;

        if (offset < bus->regions[i].size && size <= bus->regions[i].size - offset) {
            return &bus->regions[i];
        }
    }
    return NULL;
}

bool bus_read(const Bus *bus, uint32_t address, uint32_t size, uint32_t *value)
{
    const uint8_t *bytes = ram_at(&bus->ram, address, size);
    const BusRegion *region;

    if (bytes) {
        *value = 0;
        for (uint32_t i = 0; i < size; i++) {
            *value |= (uint32_t)bytes[i] << (8 * i);
        }
        return true;
    }
    region = find_region(bus, address, size);
    if (!region) {
        return false;
    }
    *value = region->device->class->read(region->device->self, address - region->base, size);
    return true;
}

bool bus_write(const Bus *bus, uint32_t address, uint32_t size, uint32_t value)
{
    uint8_t *bytes = ram_at(&bus->ram, address, size);
    const BusRegion *region;

    if (bytes) {
        for (uint32_t i = 0; i < size; i++) {
            bytes[i] = (uint8_t)(value >> (8 * i));
        }
        return true;
    }
    region = find_region(bus, address, size);
    if (!region) {
        return false;
    }
    region->device->class->write(region->device->self, address - region->base, value, size);
    return true;
}
