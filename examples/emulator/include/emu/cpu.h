/* An RV32IM processor with machine mode and Zicsr. */
#ifndef EMU_CPU_H
#define EMU_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "emu/bus.h"

enum {
    CAUSE_FETCH_MISALIGNED = 0,
    CAUSE_FETCH_FAULT = 1,
    CAUSE_ILLEGAL = 2,
    CAUSE_BREAKPOINT = 3,
    CAUSE_LOAD_FAULT = 5,
    CAUSE_STORE_FAULT = 7,
    CAUSE_ECALL = 11,
};

#define CAUSE_INTERRUPT 0x80000000u

enum {
    MSTATUS_MIE = 1u << 3,
    MSTATUS_MPIE = 1u << 7,
    MSTATUS_MPP = 3u << 11,
    MIP_MEIP = 1u << 11,
    INTERRUPT_EXTERNAL = 11,
};

/* Why cpu_run came back. */
typedef enum CpuExit {
    CPU_BUDGET,    /* it ran as many instructions as it was given */
    CPU_WAITING,   /* it waits for an interrupt */
    CPU_STOPPED,   /* someone called cpu_stop */
    CPU_NO_HANDLER /* it trapped, and mtvec is 0 */
} CpuExit;

typedef struct Cpu {
    uint32_t x[32];
    uint32_t pc;
    uint32_t mstatus, mie, mip, mtvec, mscratch, mepc, mcause, mtval;
    uint64_t retired; /* instructions, since reset */
    bool waiting;
    bool stopped;
    const Bus *bus;
} Cpu;

void cpu_reset(Cpu *cpu, const Bus *bus, uint32_t pc);
CpuExit cpu_run(Cpu *cpu, uint32_t budget);
void cpu_stop(Cpu *cpu);
void cpu_set_external_interrupt(Cpu *cpu, bool level);

/* For the processor's own files. */
bool csr_read(const Cpu *cpu, uint32_t number, uint32_t *value);
bool csr_write(Cpu *cpu, uint32_t number, uint32_t value);

/* What a cause is called, for messages. */
const char *cpu_cause_name(uint32_t cause);

#endif
