#include "emu/cpu.h"

enum {
    CSR_MSTATUS = 0x300,
    CSR_MISA = 0x301,
    CSR_MIE = 0x304,
    CSR_MTVEC = 0x305,
    CSR_MSCRATCH = 0x340,
    CSR_MEPC = 0x341,
    CSR_MCAUSE = 0x342,
    CSR_MTVAL = 0x343,
    CSR_MIP = 0x344,
    CSR_MCYCLE = 0xb00,
    CSR_MINSTRET = 0xb02,
    CSR_MCYCLEH = 0xb80,
    CSR_MINSTRETH = 0xb82,
    CSR_CYCLE = 0xc00,
    CSR_INSTRET = 0xc02,
    CSR_CYCLEH = 0xc80,
    CSR_INSTRETH = 0xc82,
    CSR_MHARTID = 0xf14,
};

#define MISA_RV32IM ((1u << 30) | (1u << ('I' - 'A')) | (1u << ('M' - 'A')))

bool csr_read(const Cpu *cpu, uint32_t number, uint32_t *value)
{
    switch (number) {
    case CSR_MSTATUS: *value = cpu->mstatus; return true;
    case CSR_MISA: *value = MISA_RV32IM; return true;
    case CSR_MIE: *value = cpu->mie; return true;
    case CSR_MTVEC: *value = cpu->mtvec; return true;
    case CSR_MSCRATCH: *value = cpu->mscratch; return true;
    case CSR_MEPC: *value = cpu->mepc; return true;
    case CSR_MCAUSE: *value = cpu->mcause; return true;
    case CSR_MTVAL: *value = cpu->mtval; return true;
    case CSR_MIP: *value = cpu->mip; return true;
    case CSR_MCYCLE:
    case CSR_MINSTRET:
    case CSR_CYCLE:
    case CSR_INSTRET: *value = (uint32_t)cpu->retired; return true;
    case CSR_MCYCLEH:
    case CSR_MINSTRETH:
    case CSR_CYCLEH:
    case CSR_INSTRETH: *value = (uint32_t)(cpu->retired >> 32); return true;
    case CSR_MHARTID: *value = 0; return true;
    default: return false;
    }
}

bool csr_write(Cpu *cpu, uint32_t number, uint32_t value)
{
    switch (number) {
    /* Machine mode is the only one, so MPP always says so. */
    case CSR_MSTATUS:
        cpu->mstatus = (value & (MSTATUS_MIE | MSTATUS_MPIE)) | MSTATUS_MPP;
        return true;
    case CSR_MIE: cpu->mie = value & MIP_MEIP; return true;
    case CSR_MTVEC: cpu->mtvec = value & ~3u; return true;
    case CSR_MSCRATCH: cpu->mscratch = value; return true;
    case CSR_MEPC: cpu->mepc = value & ~3u; return true;
    case CSR_MCAUSE: cpu->mcause = value; return true;
    case CSR_MTVAL: cpu->mtval = value; return true;
    case CSR_MISA:
    case CSR_MIP: return true; /* nothing in them can be changed */
    default: return false;
    }
}
