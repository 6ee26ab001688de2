import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { loadCached } from '../host/node/load-cached.ts';

/** What the launcher starts: small, so that Node has read it at once. The rest comes from a code cache. */
const [first = ''] = process.argv.slice(2);
// Most runs are over before code that V8 optimized has paid for the optimizing: it waits for hotter code.
setFlagsFromString('--interrupt-budget=1000000');
if (first === '@look') {
  // The launcher saw that little changed; where it did is the next word.
  loadCached(join(import.meta.dirname, 'quick.js'), 'build');
} else {
  const use = /^[a-z]{1,20}$/.test(first) ? first : 'build';
  loadCached(join(import.meta.dirname, first === 'setup' ? 'setup.js' : 'main.js'), use);
}
