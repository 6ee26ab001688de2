#include "emu/intc.h"

#include <stdlib.h>

typedef struct Intc {
    const IrqLine *output;
    uint32_t pending;
    uint32_t enable;
} Intc;

static void update(const Intc *intc)
{
    irq_set(intc->output, (intc->pending & intc->enable) != 0);
}

static uint32_t lowest_line(uint32_t lines)
{
    for (uint32_t number = 1; number < INTC_LINES; number++) {
        if (lines & (1u << number)) {
            return number;
        }
    }
    return 0;
}

static void *intc_create(const DeviceHost *host)
{
    Intc *intc = calloc(1, sizeof *intc);

    if (intc) {
        intc->output = host->irq;
    }
    return intc;
}

static void intc_destroy(void *self)
{
    free(self);
}

static uint32_t intc_read(void *self, uint32_t offset, uint32_t size)
{
    const Intc *intc = self;

    (void)size;
    switch (offset) {
    case INTC_PENDING: return intc->pending;
    case INTC_ENABLE: return intc->enable;
    case INTC_CLAIM: return lowest_line(intc->pending & intc->enable);
    default: return 0;
    }
}

static void intc_write(void *self, uint32_t offset, uint32_t value, uint32_t size)
{
    Intc *intc = self;

    (void)size;
    if (offset == INTC_ENABLE) {
        intc->enable = value;
        update(intc);
    }
}

static void set_line(void *opaque, uint32_t number, bool level)
{
    const Device *device = opaque;
    Intc *intc = device->self;
    uint32_t bit = 1u << number;

    intc->pending = level ? intc->pending | bit : intc->pending & ~bit;
    update(intc);
}

IrqLine intc_line(Device *intc, uint32_t number)
{
    return (IrqLine){set_line, intc, number};
}

const DeviceClass intc_class = {
    .name = "intc",
    .window = 0x1000,
    .create = intc_create,
    .destroy = intc_destroy,
    .read = intc_read,
    .write = intc_write,
};
