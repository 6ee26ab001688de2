import { expect, test } from 'vitest';
import { toC } from './assets.ts';

test('a file becomes an array and an entry', () => {
  const c = toC([{ path: '/', type: 'text/html', bytes: Uint8Array.of(60, 0, 255) }]);
  expect(c).toBe(`#include "emu/assets.h"

static const uint8_t asset_0[] = {
    60, 0, 255,
};

const Asset console_assets[] = {
    {"/", "text/html", asset_0, sizeof asset_0},
    {NULL, NULL, NULL, 0},
};
`);
});
