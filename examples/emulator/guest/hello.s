# Says hello, and shows that it can count.

.include "platform.s"

.globl _start
_start:
    li sp, STACK_TOP
    la a0, greeting
    call put_text

    # 12! is the largest factorial in 32 bits.
    li s1, 1
    li s2, 1
    li s3, 12
multiply:
    mul s2, s2, s1
    addi s1, s1, 1
    ble s1, s3, multiply

    la a0, result
    call put_text
    mv a0, s2
    call put_number
    li a0, '\n'
    call put_character
    li a0, 0
    j exit

greeting: .asciz "Hello from RV32IM!\n"
result:   .asciz "12! = "
.align 2
.include "runtime.s"
