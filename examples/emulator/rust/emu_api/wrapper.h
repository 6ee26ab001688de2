/* The C interface that Rust code sees. */
#include "emu/bench.h"
#include "emu/chardev.h"
#include "emu/device.h"
#include "emu/irq.h"
#include "emu/loop.h"
#include "emu/machine-options.h"
