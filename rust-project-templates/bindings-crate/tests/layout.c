#include "@CRATE@.h"

_Static_assert(sizeof(struct @CRATE@_event) == 16, "the Rust side counts on it");

int main(void)
{
    return 0;
}
