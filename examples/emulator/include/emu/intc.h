/* The interrupt controller: 31 level-triggered lines into one. */
#ifndef EMU_INTC_H
#define EMU_INTC_H

#include <stdint.h>

#include "emu/device.h"

#define INTC_LINES 32 /* line 0 means "none" */

/* Registers, each 32 bits wide. */
enum {
    INTC_PENDING = 0x0, /* the lines that are high; read only */
    INTC_ENABLE = 0x4,  /* the lines that count */
    INTC_CLAIM = 0x8,   /* the lowest line that is pending and enabled; read only */
};

extern const DeviceClass intc_class;

/* The wire that ends at line `number` of the controller. */
IrqLine intc_line(Device *intc, uint32_t number);

#endif
