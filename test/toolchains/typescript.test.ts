import { expect, test } from 'vitest';
import { foldersOf, ownInputs, settingsAbove } from '../../src/toolchains/typescript/inputs.ts';
import { installPackages } from '../../src/toolchains/typescript/install-packages.ts';
import { refreshMirror } from '../../src/toolchains/typescript/mirror.ts';
import { makeRule, metafileInputs } from '../../src/toolchains/typescript/tools.ts';
import { configFiles, referencedProjects } from '../../src/toolchains/typescript/tsconfig.ts';
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

test('what was generated lies in a folder of the mirror, and is no input of its own', () => {
  const { files } = new MemoryHost({ '/p/a.ts': '', '/b/regs.ts': '' });
  const mirror = { source: '/p', mirror: '/b/m', generated: ['/b/regs.ts'] };
  for (let round = 0; round < 2; round++) expect(refreshMirror(files, mirror).ok).toBe(true);
  // A tool that needs none of it leaves it there.
  refreshMirror(files, { source: '/p', mirror: '/b/m' });
  expect(files.readLink('/b/m/generated/regs.ts')).toEqual({ ok: true, value: '/b/regs.ts' });
  expect(ownInputs(files, mirror, ['a.ts', 'generated/regs.ts'])).toEqual(['a.ts']);
});

test('two tools may refresh one mirror at the same time', () => {
  const { files } = new MemoryHost({ '/p/a.ts': '' });
  const alone = files.symlink.bind(files);
  let refused = 0;
  files.symlink = (target, path) => {
    alone(target, path);
    const second = alone(target, path);
    if (!second.ok) refused += 1;
    return second;
  };
  expect(refreshMirror(files, { source: '/p', mirror: '/m' }).ok).toBe(true);
  expect(refused).toBe(1);
});

const mirrored = { source: '/p', mirror: '/p/b/m' };

test('the inputs of a bundle are the own files of its metafile, those of workspaces too', () => {
  const host = new MemoryHost({ '/p/packages/own/a.ts': '', '/p/b/m/node_modules/other/a.js': '' });
  host.files.symlink('/p/packages/own', '/p/b/m/node_modules/own');
  const paths = metafileInputs(
    '{"inputs": {"node_modules/other/a.js": {}, "node_modules/own/a.ts": {}, "src/a b.ts": {}, "src/$.ts": {}}}',
  );
  expect(makeRule('/b/out.js', ownInputs(host.files, mirrored, paths), '/p')).toBe(
    '/b/out.js: /p/packages/own/a.ts \\\n  /p/src/a\\ b.ts \\\n  /p/src/$$.ts\n',
  );
});

test('a tsconfig brings all that it extends', () => {
  const { files } = new MemoryHost({
    '/p/tsconfig.json': '{ /* , */ "extends": ["./base", "@packages/strict/tsconfig.json"], }',
    '/p/base.json': '{ "extends": "./conf/more.json" }',
    '/p/conf/more.json': '{ "extends": "../tsconfig.json" }',
  });
  expect(configFiles(files, '/p', 'tsconfig.json')).toEqual([
    'tsconfig.json',
    'base.json',
    'conf/more.json',
  ]);
  expect(settingsAbove(files, '/p', ['src/a/b.ts'])).toContain('conf/more.json');
});

test('a new file in a folder of inputs is seen', () => {
  expect(foldersOf(['src/a/b.ts', 'src/c.tsx', 'tsconfig.json'])).toEqual(['src/a', 'src']);
  expect(foldersOf(['main.ts'])).toEqual(['.']);
});

test('projects that a tsconfig references are known, those that are not there, too', () => {
  const { files } = new MemoryHost({
    '/p/tsconfig.json':
      '{ "files": [], "references": [{ "path": "./a" }, { "path": "b/own.json" }, ], }',
    '/p/a/tsconfig.json':
      '{ "references": [ /* { "path": "../no" } */ { "path": "../b/own.json" }] }',
  });
  expect(referencedProjects(files, '/p', 'tsconfig.json')).toEqual([
    { config: 'tsconfig.json', isEmpty: true },
    { config: 'a/tsconfig.json', isEmpty: false },
    { config: 'b/own.json', isEmpty: false },
  ]);
});

/** How often npm ran, after each edit, and what was said. */
function installing(says: { code: number; output: string }) {
  const host = new MemoryHost({ '/p/package.json': '{}', '/p/package-lock.json': '{}' });
  const told: unknown[] = [];
  const install = (): void => {
    let runs = 0;
    const done = installPackages(host, { source: '/p', mirror: '/b/m' }, () => {
      runs++;
      host.files.makeDirectory('/b/m/node_modules');
      return says;
    });
    told.push(typeof done === 'string' ? runs : done.output);
  };
  return { host, told, install };
}

test('packages are installed again where what decides about them changed', () => {
  const { host, told, install } = installing({ code: 0, output: '' });
  install();
  host.write('/p/package.json', '{"scripts": {"x": "y"}}');
  install();
  host.write('/p/package.json', '{"dependencies": {"x": "1"}}');
  install();
  host.write('/p/package-lock.json', '{ }');
  install();
  expect(told).toEqual([1, 0, 1, 1]);
});

test('of what npm says its manual is left out, and what to do is added', () => {
  const error = ['code EUSAGE', '', 'Missing: x@1', '', 'Clean install a project', '', 'Usage:'];
  const output = error.map((line) => `npm error ${line}`.trimEnd()).join('\n');
  const { told, install } = installing({ code: 1, output });
  install();
  expect(told[0]).toMatch(
    /Missing: x@1\nnpm error\nkaon: .* In \/p: npm install --package-lock-only\n$/,
  );
});
