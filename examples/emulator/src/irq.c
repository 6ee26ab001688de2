#include "emu/irq.h"

void irq_set(const IrqLine *line, bool level)
{
    if (line->set) {
        line->set(line->opaque, line->number, level);
    }
}
