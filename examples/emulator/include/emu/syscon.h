/* The system controller: how the guest ends the machine. */
#ifndef EMU_SYSCON_H
#define EMU_SYSCON_H

/* A word written to its only register: this value, or a status << 16 | SYSCON_FAIL. */
enum { SYSCON_PASS = 0x5555, SYSCON_FAIL = 0x3333 };

#endif
