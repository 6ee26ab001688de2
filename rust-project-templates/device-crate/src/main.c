#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bus.h"

int main(void)
{
    Bus bus = {.device = @CRATE@_device_new()};
    unsigned interrupts = 0;

    bus_write(&bus, DEVICE_BASE + DEVICE_LIMIT, 10);
    bus_write(&bus, DEVICE_BASE + DEVICE_CONTROL, 1);
    for (int i = 0; i < 25; i++)
        interrupts += @CRATE@_device_tick(bus.device);

    uint32_t count = bus_read(&bus, DEVICE_BASE + DEVICE_COUNT);
    printf("%u interrupts, count %" PRIu32 "\n", interrupts, count);
    @CRATE@_device_free(bus.device);
    return interrupts == 2 && count == 5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
