import { expect, test } from 'vitest';
import { refreshMirror } from '../../src/toolchains/typescript/mirror.ts';
import { makeRule, metafileInputs } from '../../src/toolchains/typescript/tools.ts';
import { MemoryHost } from '../support/memory-host.ts';

test('a mirror shows the package but its node_modules and the build inside it', () => {
  const host = new MemoryHost({
    '/p/package.json': '{}',
    '/p/src/main.ts': '',
    '/p/node_modules/x/index.js': '',
    '/p/build/app.mirror/node_modules/y/index.js': '',
  });
  const mirror = { source: '/p', mirror: '/p/build/app.mirror' };
  expect(refreshMirror(host.files, mirror).ok).toBe(true);
  const shown = host.files.list(mirror.mirror);
  expect(shown.ok && shown.value).toEqual(['node_modules', 'package.json', 'src']);
  expect(host.files.readLink('/p/build/app.mirror/src')).toEqual({ ok: true, value: '/p/src' });
});

test('a mirror follows what comes and goes, and keeps what is its own', () => {
  const host = new MemoryHost({ '/p/a.ts': '', '/p/b.ts': '', '/m/node_modules/y/index.js': '' });
  const mirror = { source: '/p', mirror: '/m' };
  refreshMirror(host.files, mirror);
  host.files.remove('/p/a.ts');
  host.files.write('/p/c.ts', '');
  refreshMirror(host.files, mirror);
  const shown = host.files.list('/m');
  expect(shown.ok && shown.value).toEqual(['b.ts', 'c.ts', 'node_modules']);
});

test('the inputs of a bundle are the own files of its metafile', () => {
  const inputs = metafileInputs(
    '{"inputs": {"node_modules/a/a.js": {}, "src/a b.ts": {}, "src/$.ts": {}}}',
  );
  expect(makeRule('/b/out.js', inputs, '/p')).toBe(
    '/b/out.js: /p/src/a\\ b.ts \\\n  /p/src/$$.ts\n',
  );
});
