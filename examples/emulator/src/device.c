#include "emu/device.h"

#include <stddef.h>

static uint32_t device_room(void *opaque)
{
    const Device *device = opaque;

    return device->class->room(device->self);
}

static void device_receive(void *opaque, uint8_t byte)
{
    const Device *device = opaque;

    device->class->receive(device->self, byte);
}

static void device_expire(void *opaque)
{
    const Device *device = opaque;

    if (device->class->expire) {
        device->class->expire(device->self);
    }
}

bool device_create(Device *device, const DeviceClass *class, const DeviceWiring *wiring)
{
    DeviceHost host = {&device->irq, &device->timer, wiring->chardev, wiring->power};

    device->class = class;
    device->irq = wiring->irq;
    timer_init(&device->timer, wiring->loop, device_expire, device);
    device->self = class->create(&host);
    if (device->self && class->receive) {
        ChardevFrontend frontend = {device_room, device_receive, device};

        chardev_attach(wiring->chardev, frontend);
    }
    return device->self != NULL;
}

void device_destroy(Device *device)
{
    timer_cancel(&device->timer);
    device->class->destroy(device->self);
    device->self = NULL;
}

uint64_t emu_size_of_device_class(void)
{
    return sizeof(DeviceClass);
}

uint64_t emu_size_of_chardev(void)
{
    return sizeof(Chardev);
}

uint64_t emu_size_of_timer(void)
{
    return sizeof(Timer);
}
