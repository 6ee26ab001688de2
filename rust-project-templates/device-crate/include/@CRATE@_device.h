#ifndef DEVICE_H
#define DEVICE_H

#include <stdbool.h>
#include <stdint.h>

/* A timer, written in Rust: device/src/lib.rs. */
typedef struct Device Device;

enum {
    DEVICE_CONTROL = 0x0,
    DEVICE_COUNT = 0x4,
    DEVICE_LIMIT = 0x8,
};

Device *@CRATE@_device_new(void);
void @CRATE@_device_free(Device *device);
uint32_t @CRATE@_device_read(const Device *device, uint32_t offset);
void @CRATE@_device_write(Device *device, uint32_t offset, uint32_t value);
/* Lets time pass; true when the interrupt is raised. */
bool @CRATE@_device_tick(Device *device);

#endif
