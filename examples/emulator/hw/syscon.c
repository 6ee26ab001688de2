#include "emu/syscon.h"

#include "emu/device.h"

/* It has no state but the switch that it was lent. */
static void *syscon_create(const DeviceHost *host)
{
    return (void *)host->power;
}

static void syscon_destroy(void *self)
{
    (void)self;
}

static uint32_t syscon_read(void *self, uint32_t offset, uint32_t size)
{
    (void)self, (void)offset, (void)size;
    return 0;
}

static void syscon_write(void *self, uint32_t offset, uint32_t value, uint32_t size)
{
    const PowerSwitch *power = self;

    (void)size;
    if (offset != 0) {
        return;
    }
    if (value == SYSCON_PASS) {
        power->off(power->opaque, 0);
    } else if ((value & 0xffff) == SYSCON_FAIL) {
        power->off(power->opaque, value >> 16);
    }
}

const DeviceClass syscon_class = {
    .name = "syscon",
    .window = 0x1000,
    .create = syscon_create,
    .destroy = syscon_destroy,
    .read = syscon_read,
    .write = syscon_write,
};
