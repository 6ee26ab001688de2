#include <stdint.h>
#include <stdio.h>

uint32_t checksum(const uint8_t *bytes, size_t length);

int main(void)
{
    static const uint8_t text[] = "C and Rust";
    printf("%08x\n", (unsigned)checksum(text, sizeof(text) - 1));
    return 0;
}
