/* A machine for one device, with a virtual clock: for tests of devices. */
#ifndef EMU_BENCH_H
#define EMU_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "emu/device.h"

typedef struct TestBench TestBench;

/* NULL when the device could not be made. */
TestBench *bench_create(const DeviceClass *class);
void bench_destroy(TestBench *bench);

uint32_t bench_read(TestBench *bench, uint32_t offset, uint32_t size);
void bench_write(TestBench *bench, uint32_t offset, uint32_t value, uint32_t size);

/* Types into the serial port. */
void bench_type(TestBench *bench, const uint8_t *data, size_t size);
void bench_pass_ns(TestBench *bench, uint64_t ns);

/* What came out: the line's level, what was printed, and a status if it ended the run. */
bool bench_irq_level(const TestBench *bench);
const uint8_t *bench_printed(const TestBench *bench, size_t *size);
int64_t bench_status(const TestBench *bench); /* -1 while it did not */

#endif
