/* What a device is to the machine, whatever language it is written in. */
#ifndef EMU_DEVICE_H
#define EMU_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "emu/chardev.h"
#include "emu/irq.h"
#include "emu/loop.h"

/* How a device ends the run. */
typedef struct PowerSwitch {
    void (*off)(void *opaque, uint32_t status);
    void *opaque;
} PowerSwitch;

/* What the machine lends a device; all of it outlives the device. */
typedef struct DeviceHost {
    const IrqLine *irq;
    Timer *timer;
    Chardev *chardev;
    const PowerSwitch *power;
} DeviceHost;

/* A kind of device. Offsets count from the start of its window; sizes are 1, 2 or 4. */
typedef struct DeviceClass {
    const char *name;
    uint32_t window; /* bytes of address space, a power of two */
    void *(*create)(const DeviceHost *host);
    void (*destroy)(void *self);
    uint32_t (*read)(void *self, uint32_t offset, uint32_t size);
    void (*write)(void *self, uint32_t offset, uint32_t value, uint32_t size);
    void (*expire)(void *self);                /* its timer ran out */
    uint32_t (*room)(void *self);              /* characters it could take now */
    void (*receive)(void *self, uint8_t byte); /* a character for it */
} DeviceClass;

/* Where a device is plugged in. */
typedef struct DeviceWiring {
    IrqLine irq;
    EventLoop *loop;
    Chardev *chardev;
    const PowerSwitch *power;
} DeviceWiring;

/* A device of some kind, and its share of the machine. */
typedef struct Device {
    const DeviceClass *class;
    void *self;
    IrqLine irq;
    Timer timer;
} Device;

/* Makes the device in place: it must not move afterwards. */
bool device_create(Device *device, const DeviceClass *class, const DeviceWiring *wiring);
void device_destroy(Device *device);

/* The classes that this emulator was built with. */
extern const DeviceClass syscon_class;
extern const DeviceClass pl011_class;
extern const DeviceClass hpet_class;

/* For tests of bindings: what the C compiler makes of the structures above. */
uint64_t emu_size_of_device_class(void);
uint64_t emu_size_of_chardev(void);
uint64_t emu_size_of_timer(void);

#endif
