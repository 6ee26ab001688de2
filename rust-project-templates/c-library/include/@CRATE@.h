#ifndef @CRATE@_H
#define @CRATE@_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The Fletcher-16 checksum of `length` bytes; of none it is 0. */
uint16_t @CRATE@_checksum(const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
