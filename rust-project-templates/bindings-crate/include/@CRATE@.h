#ifndef @CRATE@_H
#define @CRATE@_H

#include <stdint.h>

/* What the other side of the interface gives us: it differs from one architecture to the next. */

#define @CRATE@_VERSION 2

struct @CRATE@_regs {
#if defined(__x86_64__)
    uint64_t rax, rbx, rcx, rdx;
    uint64_t rip;
    uint64_t rflags;
#elif defined(__aarch64__)
    uint64_t regs[31];
    uint64_t sp;
    uint64_t pc;
#else
#error "no registers are known for this architecture"
#endif
};

struct @CRATE@_event {
    uint32_t kind;
    uint32_t flags;
    union {
        uint64_t address;
        struct {
            uint32_t port;
            uint32_t size;
        } io;
    };
};

#endif
