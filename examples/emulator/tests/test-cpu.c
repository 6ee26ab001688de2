/* The processor, instruction by instruction. TAP. */
#include "emu/cpu.h"
#include "tap.h"

#define BASE 0x80000000u

enum { A0 = 10, A1 = 11, A2 = 12 };

static Bus bus;
static Cpu cpu;

/* Runs one instruction with these in a1 and a2. */
static void step(uint32_t word, uint32_t a1, uint32_t a2)
{
    cpu_reset(&cpu, &bus, BASE);
    cpu.mtvec = BASE + 0x100;
    cpu.x[A1] = a1;
    cpu.x[A2] = a2;
    bus_write(&bus, BASE, 4, word);
    cpu_run(&cpu, 1);
}

/* OP a0, a1, a2 */
static uint32_t compute(uint32_t funct7, uint32_t funct3, uint32_t a1, uint32_t a2)
{
    step(funct7 << 25 | A2 << 20 | A1 << 15 | funct3 << 12 | A0 << 7 | 0x33, a1, a2);
    return cpu.x[A0];
}

static void test_arithmetic(void)
{
    tap_ok(compute(0, 0, 7, 8) == 15, "add");
    tap_ok(compute(0x20, 0, 7, 8) == UINT32_MAX, "sub wraps");
    tap_ok(compute(0, 1, 1, 33) == 2, "sll takes five bits of the shift");
    tap_ok(compute(0, 2, UINT32_MAX, 0) == 1, "slt is signed");
    tap_ok(compute(0, 3, UINT32_MAX, 0) == 0, "sltu is not");
    tap_ok(compute(0x20, 5, 0x80000000u, 4) == 0xf8000000u, "sra keeps the sign");
    tap_ok(compute(0x20, 5, 0x80000000u, 0) == 0x80000000u, "sra by nothing");
}

static void test_multiply_and_divide(void)
{
    tap_ok(compute(1, 0, 100000, 100000) == 1410065408u, "mul gives the low half");
    tap_ok(compute(1, 1, UINT32_MAX, UINT32_MAX) == 0, "mulh: -1 * -1");
    tap_ok(compute(1, 2, UINT32_MAX, UINT32_MAX) == UINT32_MAX, "mulhsu: -1 * the largest");
    tap_ok(compute(1, 3, UINT32_MAX, UINT32_MAX) == UINT32_MAX - 1, "mulhu");
    tap_ok(compute(1, 4, (uint32_t)-7, 2) == (uint32_t)-3, "div rounds to zero");
    tap_ok(compute(1, 4, 1, 0) == UINT32_MAX, "div by zero");
    tap_ok(compute(1, 4, 0x80000000u, UINT32_MAX) == 0x80000000u, "div that overflows");
    tap_ok(compute(1, 6, (uint32_t)-7, 2) == (uint32_t)-1, "rem has the dividend's sign");
    tap_ok(compute(1, 6, 0x80000000u, UINT32_MAX) == 0, "rem that overflows");
    tap_ok(compute(1, 7, 5, 0) == 5, "remu by zero");
}

static void test_memory(void)
{
    bus_write(&bus, BASE + 0x200, 4, 0x80f1f2f3u);
    step(0x00058503, BASE + 0x200, 0); /* lb a0, 0(a1) */
    tap_ok(cpu.x[A0] == 0xfffffff3u, "lb extends the sign");
    step(0x0025d503, BASE + 0x200, 0); /* lhu a0, 2(a1) */
    tap_ok(cpu.x[A0] == 0x80f1, "lhu does not");
    step(0xfec59fa3, BASE + 0x201, 0xabcd); /* sh a2, -1(a1) */
    tap_ok(ram_at(&bus.ram, BASE + 0x200, 1)[0] == 0xcd, "sh to before the register");
    step(0x0005a503, 0x1000, 0); /* lw a0, 0(a1) */
    tap_ok(cpu.mcause == CAUSE_LOAD_FAULT && cpu.mtval == 0x1000, "lw from nowhere traps");
}

static void test_control(void)
{
    step(0x00c58463, 5, 5); /* beq a1, a2, 8 */
    tap_ok(cpu.pc == BASE + 8, "beq goes when equal");
    step(0x00c58463, 5, 6);
    tap_ok(cpu.pc == BASE + 4, "beq stays when not");
    step(0x004580e7, BASE + 0x41, 0); /* jalr ra, 4(a1) */
    tap_ok(cpu.pc == BASE + 0x44 && cpu.x[1] == BASE + 4, "jalr drops the lowest bit");
    step(0x00000013 | 1u << 20, 0, 0); /* addi zero, zero, 1 */
    tap_ok(cpu.x[0] == 0, "zero stays zero");
}

static void test_traps(void)
{
    step(0xffffffff, 0, 0);
    tap_ok(cpu.pc == BASE + 0x100 && cpu.mcause == CAUSE_ILLEGAL, "an illegal instruction traps");
    tap_ok(cpu.mepc == BASE && cpu.mtval == 0xffffffff, "and says where and what");
    step(0x00000073, 0, 0);
    tap_ok(cpu.mcause == CAUSE_ECALL, "so does ecall");

    cpu_reset(&cpu, &bus, BASE);
    cpu.mtvec = BASE + 0x100;
    cpu.mie = MIP_MEIP;
    bus_write(&bus, BASE, 4, 0x10500073); /* wfi */
    tap_ok(cpu_run(&cpu, 8) == CPU_WAITING, "wfi waits");
    cpu.mstatus |= MSTATUS_MIE;
    cpu_set_external_interrupt(&cpu, true);
    cpu_run(&cpu, 1);
    tap_ok(cpu.mcause == (CAUSE_INTERRUPT | INTERRUPT_EXTERNAL), "until an interrupt comes");
    tap_ok(cpu.mepc == BASE + 4 && !(cpu.mstatus & MSTATUS_MIE), "which masks others");
}

int main(void)
{
    Ram ram;

    if (!ram_create(&ram, BASE, 4096, (RamOptions){false, false, false})) {
        puts("Bail out! no memory");
        return 1;
    }
    bus_init(&bus, ram);
    test_arithmetic();
    test_multiply_and_divide();
    test_memory();
    test_control();
    test_traps();
    ram_destroy(&ram);
    return tap_end();
}
