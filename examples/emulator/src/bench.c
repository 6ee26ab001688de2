#include "emu/bench.h"

#include <stdlib.h>

#define PRINTED_SIZE 4096

struct TestBench {
    EventLoop loop;
    Chardev chardev;
    PowerSwitch power;
    Device device;
    bool irq_level;
    int64_t status;
    uint8_t printed[PRINTED_SIZE];
    size_t printed_size;
};

static void set_irq(void *opaque, uint32_t number, bool level)
{
    (void)number;
    ((TestBench *)opaque)->irq_level = level;
}

static void power_off(void *opaque, uint32_t status)
{
    ((TestBench *)opaque)->status = status;
}

static void print(void *opaque, const uint8_t *data, size_t size)
{
    TestBench *bench = opaque;

    for (size_t i = 0; i < size && bench->printed_size < PRINTED_SIZE; i++) {
        bench->printed[bench->printed_size++] = data[i];
    }
}

TestBench *bench_create(const DeviceClass *class)
{
    TestBench *bench = calloc(1, sizeof *bench);
    DeviceWiring wiring;

    if (!bench) {
        return NULL;
    }
    loop_init(&bench->loop, CLOCK_VIRTUAL_TIME);
    chardev_init(&bench->chardev, (ChardevBackend){print, NULL, bench});
    bench->power = (PowerSwitch){power_off, bench};
    bench->status = -1;
    wiring =
        (DeviceWiring){{set_irq, bench, 0}, &bench->loop, &bench->chardev, &bench->power};
    if (!device_create(&bench->device, class, &wiring)) {
        free(bench);
        return NULL;
    }
    return bench;
}

void bench_destroy(TestBench *bench)
{
    device_destroy(&bench->device);
    free(bench);
}

uint32_t bench_read(TestBench *bench, uint32_t offset, uint32_t size)
{
    return bench->device.class->read(bench->device.self, offset, size);
}

void bench_write(TestBench *bench, uint32_t offset, uint32_t value, uint32_t size)
{
    bench->device.class->write(bench->device.self, offset, value, size);
}

void bench_type(TestBench *bench, const uint8_t *data, size_t size)
{
    chardev_feed(&bench->chardev, data, size);
}

void bench_pass_ns(TestBench *bench, uint64_t ns)
{
    loop_advance(&bench->loop, ns);
    loop_step(&bench->loop, LOOP_POLL);
    chardev_pump(&bench->chardev);
}

bool bench_irq_level(const TestBench *bench)
{
    return bench->irq_level;
}

const uint8_t *bench_printed(const TestBench *bench, size_t *size)
{
    *size = bench->printed_size;
    return bench->printed;
}

int64_t bench_status(const TestBench *bench)
{
    return bench->status;
}
