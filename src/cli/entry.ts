import { join } from 'node:path';
import { loadCached } from '../host/node/load-cached.ts';
import { optimizeHardly, optimizeLess } from '../host/node/optimize-less.ts';
import { aloneNames } from './internal/alone-names.ts';

/** Commands that read build files and start processes, in a build directory that they lock. */
const long = ['setup', 'compile', 'build', 'test', 'install', 'ninja'];

/** What the launcher starts: small, so that Node has read it at once. The rest comes from a code cache. */
const [first = '', second = ''] = process.argv.slice(2);
if (first === '@look') {
  // The launcher saw that little changed; where it did is the next word.
  loadCached(join(import.meta.dirname, 'quick.js'), 'build');
} else if (first === 'internal' && aloneNames.some((name) => name === second)) {
  loadCached(join(import.meta.dirname, 'internal-alone.js'), second);
} else {
  // Most runs are over before code that V8 optimized has paid for the optimizing: it waits for hotter code.
  optimizeHardly();
  const word = /^[a-z]{1,20}$/.test(first) ? first : 'build';
  // Of a build directory introspection only reads files; of a source tree it evaluates.
  const ofSource = word === 'introspect' && process.argv.some((one) => /meson\.build$/.test(one));
  const use = ofSource ? 'introspectsource' : word;
  if (long.includes(use)) optimizeLess();
  loadCached(join(import.meta.dirname, first === 'setup' ? 'setup.js' : 'main.js'), use);
}
