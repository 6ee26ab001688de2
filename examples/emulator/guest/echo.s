# Repeats what is typed, until a Control-D. Asleep between two keys.

.include "platform.s"

.equ CONTROL_D, 4

.globl _start
_start:
    li sp, STACK_TOP
    la t0, on_interrupt
    csrw mtvec, t0

    li t0, UART
    li t1, UART_FIFOS
    sw t1, UART_LINE_CONTROL(t0)
    li t1, UART_RECEIVE
    sw t1, UART_MASK(t0)
    li t0, INTC
    li t1, 1 << UART_LINE
    sw t1, INTC_ENABLE(t0)
    li t0, MIE_EXTERNAL
    csrw mie, t0

    la a0, prompt
    call put_text
    csrsi mstatus, MSTATUS_MIE
sleep:
    wfi
    j sleep

on_interrupt:
    li s1, UART
more:
    lw t1, UART_FLAGS(s1)
    andi t1, t1, UART_FLAG_RECEIVE_EMPTY
    bnez t1, served
    lw a0, UART_DATA(s1)
    li t1, CONTROL_D
    beq a0, t1, end
    li t1, '\r'
    bne a0, t1, repeat
    li a0, '\n'
repeat:
    call put_character
    j more
served:
    mret

end:
    la a0, goodbye
    call put_text
    li a0, 0
    j exit

prompt:  .asciz "Type, and end with Control-D.\n> "
goodbye: .asciz "\nGoodbye.\n"
.align 2
.include "runtime.s"
