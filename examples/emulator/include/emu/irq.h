/* One wire that asks for attention. */
#ifndef EMU_IRQ_H
#define EMU_IRQ_H

#include <stdbool.h>
#include <stdint.h>

/* A device raises or lowers it; `set` belongs to whoever is at the other end. */
typedef struct IrqLine {
    void (*set)(void *opaque, uint32_t number, bool level);
    void *opaque;
    uint32_t number;
} IrqLine;

void irq_set(const IrqLine *line, bool level);

#endif
