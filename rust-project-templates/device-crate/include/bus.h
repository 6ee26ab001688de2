#ifndef BUS_H
#define BUS_H

#include "@CRATE@_device.h"

/* The one device sits at this address; everything else reads as all ones. */
#define DEVICE_BASE 0x10000000u
#define DEVICE_SIZE 0x1000u

typedef struct {
    Device *device;
} Bus;

uint32_t bus_read(const Bus *bus, uint32_t address);
void bus_write(Bus *bus, uint32_t address, uint32_t value);

#endif
