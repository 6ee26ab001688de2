#include "bus.h"

static bool is_device(uint32_t address)
{
    return address - DEVICE_BASE < DEVICE_SIZE;
}

uint32_t bus_read(const Bus *bus, uint32_t address)
{
    if (!is_device(address))
        return UINT32_MAX;
    return @CRATE@_device_read(bus->device, address - DEVICE_BASE);
}

void bus_write(Bus *bus, uint32_t address, uint32_t value)
{
    if (is_device(address))
        @CRATE@_device_write(bus->device, address - DEVICE_BASE, value);
}
