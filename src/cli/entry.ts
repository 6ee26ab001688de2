import { join } from 'node:path';
import { loadCached } from '../host/node/load-cached.ts';

/** What the launcher starts: small, so that Node has read it at once. The rest comes from a code cache. */
const [first = ''] = process.argv.slice(2);
if (first === '@look') {
  // The launcher saw that little changed; where it did is the next word.
  loadCached(join(import.meta.dirname, 'quick.js'), 'build');
} else {
  const use = /^[a-z]{1,20}$/.test(first) ? first : 'build';
  loadCached(join(import.meta.dirname, first === 'setup' ? 'setup.js' : 'main.js'), use);
}
