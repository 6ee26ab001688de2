// `npm run soak -- [SHARE] [vitest's arguments]`: the tests of test/soak at their full size, which takes
// hours, or at a share of it (0.1). `npm test` runs them small.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const [share = '1', ...rest] = process.argv.slice(2);
const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
const args = ['run', '--project', 'soak', '--disable-console-intercept=true', ...rest];
const run = spawnSync(process.execPath, [vitest, ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, KAON_SOAK: share },
});
process.exit(run.status ?? 1);
