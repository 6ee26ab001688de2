#include <stdio.h>
#include <string.h>

#include "@CRATE@.h"

int main(void)
{
    const char *text = "abcde";
    uint16_t sum = @CRATE@_checksum((const uint8_t *)text, strlen(text));

    printf("%04x\n", (unsigned)sum);
    return sum == 0xc8f0 && @CRATE@_checksum(NULL, 0) == 0 ? 0 : 1;
}
