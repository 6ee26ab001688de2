#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bus.h"

int main(void)
{
    Bus bus = {.device = @name@_device_new()};
    unsigned interrupts = 0;

    bus_write(&bus, DEVICE_BASE + @NAME_UPPER@_LIMIT, 10);
    bus_write(&bus, DEVICE_BASE + @NAME_UPPER@_CONTROL, 1);
    for (int i = 0; i < 25; i++)
        interrupts += @name@_device_tick(bus.device);

    uint32_t count = bus_read(&bus, DEVICE_BASE + @NAME_UPPER@_COUNT);
    printf("%u interrupts, count %" PRIu32 "\n", interrupts, count);
    @name@_device_free(bus.device);
    return interrupts == 2 && count == 5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
