#ifndef @NAME_UPPER@_DEVICE_H
#define @NAME_UPPER@_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

/* A timer, written in Rust: device/src/lib.rs. */
typedef struct @Name@Device @Name@Device;

enum {
    @NAME_UPPER@_CONTROL = 0x0,
    @NAME_UPPER@_COUNT = 0x4,
    @NAME_UPPER@_LIMIT = 0x8,
};

@Name@Device *@name@_device_new(void);
void @name@_device_free(@Name@Device *device);
uint32_t @name@_device_read(const @Name@Device *device, uint32_t offset);
void @name@_device_write(@Name@Device *device, uint32_t offset, uint32_t value);
/* Lets time pass; true when the interrupt is raised. */
bool @name@_device_tick(@Name@Device *device);

#endif
