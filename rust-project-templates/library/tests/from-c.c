#include "@CRATE@.h"

int main(void)
{
    return @CRATE@_add(2, 3) == 5 ? 0 : 1;
}
