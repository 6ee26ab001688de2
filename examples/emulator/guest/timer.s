# Counts five interrupts of the HPET's periodic timer, then ends.

.include "platform.s"

.equ TICKS, 100000 # of 10 ns: a millisecond

.globl _start
_start:
    li sp, STACK_TOP
    la t0, on_interrupt
    csrw mtvec, t0

    li t0, HPET
    li t1, 0x4e # level triggered, interrupts, periodic; the comparator comes first
    sw t1, HPET_TIMER_CONFIG(t0)
    li t1, TICKS
    sw t1, HPET_COMPARATOR(t0)
    sw t1, HPET_COMPARATOR(t0) # and now its period
    li t1, 1
    sw t1, HPET_CONFIG(t0)

    li t0, INTC
    li t1, 1 << HPET_LINE
    sw t1, INTC_ENABLE(t0)
    li t0, MIE_EXTERNAL
    csrw mie, t0
    csrsi mstatus, MSTATUS_MIE

    li s4, 0 # how often it ticked
    li s5, 5
sleep:
    wfi
    blt s4, s5, sleep
    li a0, 0
    j exit

# Nothing to save: the main program only sleeps.
on_interrupt:
    li t0, INTC
    lw t1, INTC_CLAIM(t0)
    li t2, HPET_LINE
    bne t1, t2, unexpected
    li t0, HPET
    li t1, 1
    sw t1, HPET_STATUS(t0)
    addi s4, s4, 1
    la a0, tick
    call put_text
    mv a0, s4
    call put_number
    li a0, '\n'
    call put_character
    mret

unexpected:
    li a0, 3
    j exit

tick: .asciz "tick "
.align 2
.include "runtime.s"
