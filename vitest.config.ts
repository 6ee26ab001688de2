import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Laws are tried with the same values each time. */
const sameValues = { 'fast-check': resolve(import.meta.dirname, 'test/support/fast-check.ts') };

/** Unit tests start no compiler and touch no disk but temporary folders; e2e tests do both. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          alias: sameValues,
          // Laws are tried with many values, and other work may keep the machine busy.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/conformance/**', 'test/bench/**', 'test/soak/**'],
        },
      },
      {
        test: {
          // Small here; `npm run soak` runs them at their full size.
          name: 'soak',
          sequence: { groupOrder: 2 },
          include: [
            'test/soak/**/*.test.ts',
            ...(process.env['KAON_SOAK'] === undefined ? [] : ['test/exec/random-edits.test.ts']),
          ],
          testTimeout: process.env['KAON_SOAK'] === undefined ? 300_000 : 0,
          hookTimeout: 600_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'e2e',
          alias: sameValues,
          sequence: { groupOrder: 1 },
          include: ['test/e2e/**/*.test.ts', 'test/conformance/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // They start compilers on all cores by themselves.
          maxWorkers: 1,
        },
      },
    ],
  },
});
