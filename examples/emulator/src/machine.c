#include "emu/machine.h"

#include <stdio.h>
#include <string.h>

#include "config-devices.h"
#include "emu/intc.h"

#define SLICE 1024            /* instructions between two looks at the event loop */
#define NS_PER_INSTRUCTION 10 /* by the virtual clock */
#define INTC_BASE 0x02000000u

typedef struct BoardSlot {
    const DeviceClass *class;
    uint32_t base;
    uint32_t line;
} BoardSlot;

/* What is on the board, beside the interrupt controller: what configs/ chose. */
static const BoardSlot board[] = {
#ifdef CONFIG_SYSCON
    {&syscon_class, 0x00100000u, 1},
#endif
#ifdef CONFIG_HPET
    {&hpet_class, 0x03000000u, 2},
#endif
#ifdef CONFIG_PL011
    {&pl011_class, 0x10000000u, 3},
#endif
    {NULL, 0, 0},
};

static void interrupt_cpu(void *opaque, uint32_t number, bool level)
{
    (void)number;
    cpu_set_external_interrupt(opaque, level);
}

static void power_off(void *opaque, uint32_t status)
{
    Machine *machine = opaque;

    machine->status = (int)(status & 0xff);
    cpu_stop(&machine->cpu);
}

static bool add_device(Machine *machine, const BoardSlot *slot, IrqLine irq)
{
    DeviceWiring wiring = {irq, machine->loop, machine->serial, &machine->power};
    Device *device = &machine->devices[machine->device_count];

    if (!device_create(device, slot->class, &wiring)) {
        return false;
    }
    machine->device_count++;
    return bus_map(&machine->bus, slot->base, device);
}

static bool add_board(Machine *machine)
{
    const BoardSlot intc = {&intc_class, INTC_BASE, 0};
    IrqLine to_cpu = {interrupt_cpu, &machine->cpu, 0};

    if (!add_device(machine, &intc, to_cpu)) {
        return false;
    }
    for (const BoardSlot *slot = board; slot->class; slot++) {
        if (!add_device(machine, slot, intc_line(&machine->devices[0], slot->line))) {
            return false;
        }
    }
    return true;
}

bool machine_create(Machine *machine, const MachineOptions *options, uint32_t ram_size,
                    EventLoop *loop, Chardev *serial)
{
    RamOptions ram = {
        .mergeable = options->mem_merge,
        .leave_out_of_core = !options->dump_guest_core,
        .shared = options->aux_ram_share,
    };

    memset(machine, 0, sizeof *machine);
    machine->loop = loop;
    machine->serial = serial;
    machine->power = (PowerSwitch){power_off, machine};
    if (!ram_create(&machine->ram, MACHINE_RAM_BASE, ram_size, ram)) {
        return false;
    }
    bus_init(&machine->bus, machine->ram);
    if (!add_board(machine)) {
        machine_destroy(machine);
        return false;
    }
    return true;
}

void machine_destroy(Machine *machine)
{
    while (machine->device_count > 0) {
        device_destroy(&machine->devices[--machine->device_count]);
    }
    ram_destroy(&machine->ram);
}

static int report_trap(const Cpu *cpu)
{
    fprintf(stderr, "emulator: the guest trapped (%s, value 0x%08x, pc 0x%08x) and has no handler\n",
            cpu_cause_name(cpu->mcause), cpu->mtval, cpu->mepc);
    return 1;
}

int machine_run(Machine *machine, uint32_t entry)
{
    cpu_reset(&machine->cpu, &machine->bus, entry);
    for (;;) {
        uint64_t before = machine->cpu.retired;
        CpuExit exit = cpu_run(&machine->cpu, SLICE);

        loop_advance(machine->loop, (machine->cpu.retired - before) * NS_PER_INSTRUCTION);
        if (exit == CPU_STOPPED || exit == CPU_NO_HANDLER) {
            chardev_flush(machine->serial);
            return exit == CPU_STOPPED ? machine->status : report_trap(&machine->cpu);
        }
        chardev_pump(machine->serial);
        chardev_flush(machine->serial);
        if (!loop_step(machine->loop, exit == CPU_WAITING ? LOOP_WAIT : LOOP_POLL)) {
            fputs("emulator: the guest waits for an interrupt that cannot come\n", stderr);
            return 1;
        }
    }
}

void machine_describe(const Machine *machine)
{
    printf("%08x ram, %u KiB\n", machine->ram.base, machine->ram.size / 1024);
    for (uint32_t i = 0; i < machine->bus.region_count; i++) {
        const BusRegion *region = &machine->bus.regions[i];

        printf("%08x %s\n", region->base, region->device->class->name);
    }
}
