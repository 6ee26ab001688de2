/* The machine: a processor, its memory, and the devices it was built with. */
#ifndef EMU_MACHINE_H
#define EMU_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "emu/bus.h"
#include "emu/chardev.h"
#include "emu/cpu.h"
#include "emu/loop.h"
#include "emu/machine-options.h"

#define MACHINE_DEVICES 8
#define MACHINE_RAM_BASE 0x80000000u

typedef struct Machine {
    EventLoop *loop;
    Chardev *serial;
    Ram ram;
    Bus bus;
    Cpu cpu;
    Device devices[MACHINE_DEVICES];
    uint32_t device_count;
    PowerSwitch power;
    int status; /* for the shell, once the guest has ended */
} Machine;

/* Builds the machine in place: it must not move afterwards. */
bool machine_create(Machine *machine, const MachineOptions *options, uint32_t ram_size,
                    EventLoop *loop, Chardev *serial);
void machine_destroy(Machine *machine);

/* Runs from `entry` until the guest ends; returns the status for the shell. */
int machine_run(Machine *machine, uint32_t entry);

/* Writes a line for each device: its address and its name. */
void machine_describe(const Machine *machine);

#endif
