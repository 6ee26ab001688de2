// SHA-256 (FIPS 180-4), as kaon knows the content of files.
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { hash_digits = 64 };

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turned(uint32_t word, int by) { return word >> by | word << (32 - by); }

static void add_block(uint32_t state[8], const unsigned char *block) {
  uint32_t words[64], now[8];
  for (int at = 0; at < 16; at++, block += 4) {
    words[at] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
  }
  for (int at = 16; at < 64; at++) {
    uint32_t a = words[at - 15], b = words[at - 2];
    words[at] = words[at - 16] + (turned(a, 7) ^ turned(a, 18) ^ a >> 3) + words[at - 7] +
                (turned(b, 17) ^ turned(b, 19) ^ b >> 10);
  }
  memcpy(now, state, sizeof now);
  for (int at = 0; at < 64; at++) {
    uint32_t a = now[0], e = now[4];
    uint32_t one = now[7] + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
                   ((e & now[5]) ^ (~e & now[6])) + round_constants[at] + words[at];
    uint32_t two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) +
                   ((a & now[1]) ^ (a & now[2]) ^ (now[1] & now[2]));
    memmove(now + 1, now, 7 * sizeof *now);
    now[4] += one;
    now[0] = one + two;
  }
  for (int at = 0; at < 8; at++) state[at] += now[at];
}

/** As hexadecimal digits, with a NUL behind them. */
static void hash_of(const char *bytes, size_t size, char digits[hash_digits + 1]) {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  size_t whole = size / 64 * 64, rest = size - whole;
  for (size_t at = 0; at < whole; at += 64) add_block(state, (const unsigned char *)bytes + at);
  unsigned char last[128] = {0};
  size_t blocks = rest + 9 > 64 ? 2 : 1;
  if (rest > 0) memcpy(last, bytes + whole, rest);
  last[rest] = 0x80;
  for (int at = 0; at < 8; at++) last[blocks * 64 - 1 - at] = (unsigned char)((uint64_t)size * 8 >> 8 * at);
  for (size_t at = 0; at < blocks; at++) add_block(state, last + at * 64);
  for (int at = 0; at < 8; at++) snprintf(digits + at * 8, 9, "%08x", (unsigned)state[at]);
}
