// `npm test`: installs, builds and runs all tests. Arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { bundle } from './bundle.mjs';
import { install } from './install.mjs';

const root = resolve(import.meta.dirname, '..');

install();
await bundle();
const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
const run = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
