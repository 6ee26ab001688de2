# Functions for all guests. They change a0 to a5 and t0 to t2 only.

# Prints the character in a0.
put_character:
    li t0, UART
wait_for_uart:
    lw t1, UART_FLAGS(t0)
    andi t1, t1, UART_FLAG_TRANSMIT_FULL
    bnez t1, wait_for_uart
    sw a0, UART_DATA(t0)
    ret

# Prints the text at a0, up to its NUL.
put_text:
    addi sp, sp, -16
    sw ra, 12(sp)
    sw s0, 8(sp)
    mv s0, a0
next_character:
    lbu a0, (s0)
    beqz a0, text_ends
    call put_character
    addi s0, s0, 1
    j next_character
text_ends:
    lw s0, 8(sp)
    lw ra, 12(sp)
    addi sp, sp, 16
    ret

# Prints the number in a0, unsigned and in decimal.
put_number:
    addi sp, sp, -16
    sw ra, 12(sp)
    sw s0, 8(sp)
    li t0, 10
    remu s0, a0, t0
    divu a0, a0, t0
    beqz a0, last_digit
    call put_number
last_digit:
    addi a0, s0, '0'
    call put_character
    lw s0, 8(sp)
    lw ra, 12(sp)
    addi sp, sp, 16
    ret

# Ends the machine with the status in a0.
exit:
    li t0, SYSCON
    beqz a0, exit_well
    slli a0, a0, 16
    li t1, SYSCON_FAIL
    or a0, a0, t1
    sw a0, (t0)
    j exit_forever
exit_well:
    li t1, SYSCON_PASS
    sw t1, (t0)
exit_forever:
    j exit_forever
