#pragma once

#include <stdint.h>

/* The sum of two numbers; it wraps around. */
uint32_t @CRATE@_add(uint32_t left, uint32_t right);
