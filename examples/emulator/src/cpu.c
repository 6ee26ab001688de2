#include "emu/cpu.h"

#include <string.h>

/* One instruction on its way: what it is, and where it goes on. */
typedef struct Step {
    uint32_t word;
    uint32_t next_pc;
    uint32_t cause; /* NO_TRAP, or why it failed */
    uint32_t tval;
} Step;

#define NO_TRAP UINT32_MAX

enum {
    OP_LOAD = 0x03,
    OP_FENCE = 0x0f,
    OP_IMMEDIATE = 0x13,
    OP_AUIPC = 0x17,
    OP_STORE = 0x23,
    OP_REGISTER = 0x33,
    OP_LUI = 0x37,
    OP_BRANCH = 0x63,
    OP_JALR = 0x67,
    OP_JAL = 0x6f,
    OP_SYSTEM = 0x73,
};

static uint32_t rd(uint32_t word) { return (word >> 7) & 31; }
static uint32_t rs1(uint32_t word) { return (word >> 15) & 31; }
static uint32_t rs2(uint32_t word) { return (word >> 20) & 31; }
static uint32_t funct3(uint32_t word) { return (word >> 12) & 7; }
static uint32_t funct7(uint32_t word) { return word >> 25; }

static uint32_t sign_extend(uint32_t value, uint32_t bits)
{
    uint32_t sign = 1u << (bits - 1);

    return (value ^ sign) - sign;
}

static uint32_t immediate_i(uint32_t word) { return sign_extend(word >> 20, 12); }

static uint32_t immediate_s(uint32_t word)
{
    return sign_extend(funct7(word) << 5 | rd(word), 12);
}

static uint32_t immediate_b(uint32_t word)
{
    return sign_extend((word >> 31) << 12 | ((word >> 7) & 1) << 11 | ((word >> 25) & 0x3f) << 5 |
                           ((word >> 8) & 0xf) << 1,
                       13);
}

static uint32_t immediate_j(uint32_t word)
{
    return sign_extend((word >> 31) << 20 | (word & 0xff000) | ((word >> 20) & 1) << 11 |
                           ((word >> 21) & 0x3ff) << 1,
                       21);
}

/* Shifts a signed number right, without relying on how C does that. */
static uint32_t shift_right_signed(uint32_t value, uint32_t by)
{
    return value >> by | ((value >> 31) && by ? ~0u << (32 - by) : 0);
}

static void set_register(Cpu *cpu, uint32_t number, uint32_t value)
{
    if (number != 0) {
        cpu->x[number] = value;
    }
}

static void fail(Step *step, uint32_t cause, uint32_t tval)
{
    step->cause = cause;
    step->tval = tval;
}

static void jump(Step *step, uint32_t target)
{
    if (target & 3) {
        fail(step, CAUSE_FETCH_MISALIGNED, target);
    } else {
        step->next_pc = target;
    }
}

static uint32_t divide(uint32_t operation, uint32_t a, uint32_t b)
{
    bool overflows = a == 0x80000000u && b == UINT32_MAX;

    switch (operation) {
    case 4: return b == 0 ? UINT32_MAX : overflows ? a : (uint32_t)((int32_t)a / (int32_t)b);
    case 5: return b == 0 ? UINT32_MAX : a / b;
    case 6: return b == 0 ? a : overflows ? 0 : (uint32_t)((int32_t)a % (int32_t)b);
    default: return b == 0 ? a : a % b;
    }
}

/* The M extension. */
static uint32_t multiply_or_divide(uint32_t operation, uint32_t a, uint32_t b)
{
    int64_t signed_a = (int32_t)a, signed_b = (int32_t)b;

    switch (operation) {
    case 0: return a * b;
    case 1: return (uint32_t)((uint64_t)(signed_a * signed_b) >> 32);
    case 2: return (uint32_t)((uint64_t)(signed_a * (int64_t)b) >> 32);
    case 3: return (uint32_t)(((uint64_t)a * b) >> 32);
    default: return divide(operation, a, b);
    }
}

/* `alternate` turns an addition into a subtraction and a shift into a signed one. */
static uint32_t arithmetic(uint32_t operation, bool alternate, uint32_t a, uint32_t b)
{
    switch (operation) {
    case 0: return alternate ? a - b : a + b;
    case 1: return a << (b & 31);
    case 2: return (int32_t)a < (int32_t)b;
    case 3: return a < b;
    case 4: return a ^ b;
    case 5: return alternate ? shift_right_signed(a, b & 31) : a >> (b & 31);
    case 6: return a | b;
    default: return a & b;
    }
}

static void execute_immediate(Cpu *cpu, Step *step)
{
    uint32_t word = step->word;
    uint32_t operation = funct3(word);
    bool shift = operation == 1 || operation == 5;
    bool alternate = operation == 5 && funct7(word) == 0x20;

    if (shift && funct7(word) != 0 && !alternate) {
        fail(step, CAUSE_ILLEGAL, word);
        return;
    }
    set_register(cpu, rd(word),
                 arithmetic(operation, alternate, cpu->x[rs1(word)], immediate_i(word)));
}

static void execute_register(Cpu *cpu, Step *step)
{
    uint32_t word = step->word;
    uint32_t operation = funct3(word);
    uint32_t a = cpu->x[rs1(word)], b = cpu->x[rs2(word)];

    if (funct7(word) == 1) {
        set_register(cpu, rd(word), multiply_or_divide(operation, a, b));
    } else if (funct7(word) == 0) {
        set_register(cpu, rd(word), arithmetic(operation, false, a, b));
    } else if (funct7(word) == 0x20 && (operation == 0 || operation == 5)) {
        set_register(cpu, rd(word), arithmetic(operation, true, a, b));
    } else {
        fail(step, CAUSE_ILLEGAL, word);
    }
}

static void execute_load(Cpu *cpu, Step *step)
{
    uint32_t kind = funct3(step->word);
    uint32_t address = cpu->x[rs1(step->word)] + immediate_i(step->word);
    uint32_t size = 1u << (kind & 3);
    uint32_t value;

    if ((kind & 3) == 3 || kind == 6) {
        fail(step, CAUSE_ILLEGAL, step->word);
    } else if (!bus_read(cpu->bus, address, size, &value)) {
        fail(step, CAUSE_LOAD_FAULT, address);
    } else {
        bool extend = kind < 2;

        set_register(cpu, rd(step->word), extend ? sign_extend(value, 8 * size) : value);
    }
}

static void execute_store(Cpu *cpu, Step *step)
{
    uint32_t kind = funct3(step->word);
    uint32_t address = cpu->x[rs1(step->word)] + immediate_s(step->word);

    if (kind > 2) {
        fail(step, CAUSE_ILLEGAL, step->word);
    } else if (!bus_write(cpu->bus, address, 1u << kind, cpu->x[rs2(step->word)])) {
        fail(step, CAUSE_STORE_FAULT, address);
    }
}

static void execute_branch(Cpu *cpu, Step *step)
{
    uint32_t a = cpu->x[rs1(step->word)], b = cpu->x[rs2(step->word)];
    uint32_t kind = funct3(step->word);
    bool holds;

    switch (kind >> 1) {
    case 0: holds = a == b; break;
    case 2: holds = (int32_t)a < (int32_t)b; break;
    case 3: holds = a < b; break;
    default: fail(step, CAUSE_ILLEGAL, step->word); return;
    }
    /* The lowest bit asks for the opposite. */
    if (holds != (kind & 1)) {
        jump(step, cpu->pc + immediate_b(step->word));
    }
}

static void execute_csr(Cpu *cpu, Step *step)
{
    uint32_t number = step->word >> 20;
    uint32_t kind = funct3(step->word);
    uint32_t source = rs1(step->word);
    uint32_t operand = kind & 4 ? source : cpu->x[source];
    bool writes = (kind & 3) == 1 || source != 0;
    uint32_t old, new;

    if (!csr_read(cpu, number, &old)) {
        fail(step, CAUSE_ILLEGAL, step->word);
        return;
    }
    switch (kind & 3) {
    case 1: new = operand; break;
    case 2: new = old | operand; break;
    default: new = old & ~operand; break;
    }
    if (writes && !csr_write(cpu, number, new)) {
        fail(step, CAUSE_ILLEGAL, step->word);
        return;
    }
    set_register(cpu, rd(step->word), old);
}

static void return_from_trap(Cpu *cpu, Step *step)
{
    bool enabled = cpu->mstatus & MSTATUS_MPIE;

    cpu->mstatus = (enabled ? MSTATUS_MIE : 0) | MSTATUS_MPIE | MSTATUS_MPP;
    step->next_pc = cpu->mepc;
}

static void execute_system(Cpu *cpu, Step *step)
{
    if ((funct3(step->word) & 3) != 0) {
        execute_csr(cpu, step);
        return;
    }
    switch (step->word) {
    case 0x00000073: fail(step, CAUSE_ECALL, 0); break;
    case 0x00100073: fail(step, CAUSE_BREAKPOINT, cpu->pc); break;
    case 0x30200073: return_from_trap(cpu, step); break;
    case 0x10500073: cpu->waiting = true; break;
    default: fail(step, CAUSE_ILLEGAL, step->word); break;
    }
}

static void execute_jalr(Cpu *cpu, Step *step)
{
    uint32_t target = (cpu->x[rs1(step->word)] + immediate_i(step->word)) & ~1u;

    if (funct3(step->word) != 0) {
        fail(step, CAUSE_ILLEGAL, step->word);
        return;
    }
    jump(step, target);
    if (step->cause == NO_TRAP) {
        set_register(cpu, rd(step->word), cpu->pc + 4);
    }
}

static void execute_jal(Cpu *cpu, Step *step)
{
    jump(step, cpu->pc + immediate_j(step->word));
    if (step->cause == NO_TRAP) {
        set_register(cpu, rd(step->word), cpu->pc + 4);
    }
}

static void execute(Cpu *cpu, Step *step)
{
    uint32_t word = step->word;

    switch (word & 0x7f) {
    case OP_LUI: set_register(cpu, rd(word), word & 0xfffff000); break;
    case OP_AUIPC: set_register(cpu, rd(word), cpu->pc + (word & 0xfffff000)); break;
    case OP_JAL: execute_jal(cpu, step); break;
    case OP_JALR: execute_jalr(cpu, step); break;
    case OP_BRANCH: execute_branch(cpu, step); break;
    case OP_LOAD: execute_load(cpu, step); break;
    case OP_STORE: execute_store(cpu, step); break;
    case OP_IMMEDIATE: execute_immediate(cpu, step); break;
    case OP_REGISTER: execute_register(cpu, step); break;
    case OP_SYSTEM: execute_system(cpu, step); break;
    case OP_FENCE: break; /* one processor, in order: nothing to wait for */
    default: fail(step, CAUSE_ILLEGAL, word); break;
    }
}

/* Enters the guest's handler. False when it has set none. */
static bool trap(Cpu *cpu, uint32_t cause, uint32_t tval)
{
    bool enabled = cpu->mstatus & MSTATUS_MIE;

    cpu->mepc = cpu->pc;
    cpu->mcause = cause;
    cpu->mtval = tval;
    cpu->mstatus = (enabled ? MSTATUS_MPIE : 0) | MSTATUS_MPP;
    cpu->pc = cpu->mtvec;
    return cpu->mtvec != 0;
}

void cpu_reset(Cpu *cpu, const Bus *bus, uint32_t pc)
{
    memset(cpu, 0, sizeof *cpu);
    cpu->bus = bus;
    cpu->pc = pc;
    cpu->mstatus = MSTATUS_MPP;
}

CpuExit cpu_run(Cpu *cpu, uint32_t budget)
{
    while (budget-- > 0 && !cpu->stopped) {
        Step step = {.next_pc = cpu->pc + 4, .cause = NO_TRAP};

        if (cpu->mip & cpu->mie) {
            cpu->waiting = false;
            if (cpu->mstatus & MSTATUS_MIE) {
                if (!trap(cpu, CAUSE_INTERRUPT | INTERRUPT_EXTERNAL, 0)) {
                    return CPU_NO_HANDLER;
                }
                continue;
            }
        }
        if (cpu->waiting) {
            return CPU_WAITING;
        }
        if (!bus_read(cpu->bus, cpu->pc, 4, &step.word)) {
            fail(&step, CAUSE_FETCH_FAULT, cpu->pc);
        } else {
            execute(cpu, &step);
        }
        if (step.cause == NO_TRAP) {
            cpu->pc = step.next_pc;
            cpu->retired++;
        } else if (!trap(cpu, step.cause, step.tval)) {
            return CPU_NO_HANDLER;
        }
    }
    return cpu->stopped ? CPU_STOPPED : CPU_BUDGET;
}

void cpu_stop(Cpu *cpu)
{
    cpu->stopped = true;
}

void cpu_set_external_interrupt(Cpu *cpu, bool level)
{
    cpu->mip = level ? MIP_MEIP : 0;
}

const char *cpu_cause_name(uint32_t cause)
{
    switch (cause) {
    case CAUSE_FETCH_MISALIGNED: return "misaligned jump";
    case CAUSE_FETCH_FAULT: return "fetch from nowhere";
    case CAUSE_ILLEGAL: return "illegal instruction";
    case CAUSE_BREAKPOINT: return "breakpoint";
    case CAUSE_LOAD_FAULT: return "load from nowhere";
    case CAUSE_STORE_FAULT: return "store to nowhere";
    case CAUSE_ECALL: return "environment call";
    case CAUSE_INTERRUPT | INTERRUPT_EXTERNAL: return "external interrupt";
    default: return "unknown cause";
    }
}
