import { expect, test } from 'vitest';
import { metafileInputs } from '../../../src/toolchains/typescript/bundle.ts';
import {
  foldersOf,
  manifestsAbove,
  ownInputs,
  settingsAbove,
} from '../../../src/toolchains/typescript/inputs.ts';
import { installPackages } from '../../../src/toolchains/typescript/install-packages.ts';
import { refreshMirror } from '../../../src/toolchains/typescript/mirror.ts';
import { packageRule } from '../../../src/toolchains/typescript/package-rule.ts';
import { nameSources } from '../../../src/toolchains/typescript/source-map.ts';
import { tapText } from '../../../src/toolchains/typescript/tap-text.ts';
import { configFiles, referencedProjects } from '../../../src/toolchains/typescript/tsconfig.ts';
import { MemoryHost } from '../../support/memory-host.ts';

test('a mirror shows the package but its node_modules and the build inside it', () => {
  const host = new MemoryHost({
    '/p/package.json': '{}',
    '/p/src/main.ts': '',
    '/p/node_modules/x/index.js': '',
    '/p/member/index.ts': '',
    '/p/member/node_modules/z/index.js': '',
    '/p/out/debug/CACHEDIR.TAG': '',
    '/p/out/debug/app.mirror/node_modules/y/index.js': '',
  });
  const mirror = { source: '/p', mirror: '/p/out/debug/app.mirror' };
  expect(refreshMirror(host.files, mirror).ok).toBe(true);
  const listed = (path: string) => host.files.list(`${mirror.mirror}/${path}`);
  expect(listed('')).toMatchObject({
    value: ['.kaon-mirror.json', 'member', 'node_modules', 'out', 'package.json', 'src'],
  });
  expect(listed('member')).toMatchObject({ value: ['index.ts'] });
  expect(listed('out')).toMatchObject({ value: [] });
});

test('sources lie in a mirror themselves, so that packages are found above them', () => {
  const host = new MemoryHost({ '/p/src/main.ts': 'a', '/p/hw/uart.c': '', '/p/disk.img': '' });
  host.files.symlink('src/main.ts', '/p/entry.ts');
  host.write('/p/disk.img', new Uint8Array(5 << 20));
  const { files } = host;
  refreshMirror(files, { source: '/p', mirror: '/m' });
  expect(files.realPath('/m/entry.ts')).toMatchObject({ value: '/m/src/main.ts' });
  // What tools do not go through, and what is large, needs no copy.
  expect(files.realPath('/m/hw/uart.c')).toMatchObject({ value: '/p/hw/uart.c' });
  expect(files.realPath('/m/disk.img')).toMatchObject({ value: '/p/disk.img' });
});

test('a copy in a mirror follows its source, and is laid again where someone changed it', () => {
  const host = new MemoryHost({ '/p/a.ts': 'one' });
  const shown = () => {
    for (let tick = 0; tick < 10; tick++) host.tick();
    refreshMirror(host.files, { source: '/p', mirror: '/m' });
    return host.files.readText('/m/a.ts');
  };
  expect(shown()).toMatchObject({ value: 'one' });
  const before = host.files.stat('/m/a.ts')?.inode;
  shown();
  expect(host.files.stat('/m/a.ts')?.inode).toBe(before);
  host.write('/p/a.ts', 'two');
  expect(shown()).toMatchObject({ value: 'two' });
  host.tick();
  host.write('/m/a.ts', 'own');
  expect(shown()).toMatchObject({ value: 'two' });
});

test('a mirror follows what comes and goes, and keeps what is its own', () => {
  const host = new MemoryHost({ '/p/a.ts': '', '/p/b.ts': '', '/m/node_modules/y/index.js': '' });
  const mirror = { source: '/p', mirror: '/m' };
  refreshMirror(host.files, mirror);
  host.files.remove('/p/a.ts');
  host.files.write('/p/c.ts', '');
  refreshMirror(host.files, mirror);
  const shown = host.files.list('/m');
  expect(shown.ok && shown.value).toEqual(['.kaon-mirror.json', 'b.ts', 'c.ts', 'node_modules']);
});

test('what was generated lies in a folder of the mirror, and is no input of its own', () => {
  const { files } = new MemoryHost({ '/p/a.ts': '', '/b/regs.ts': '' });
  const mirror = { source: '/p', mirror: '/b/m', generated: ['/b/regs.ts'] };
  for (let round = 0; round < 2; round++) expect(refreshMirror(files, mirror).ok).toBe(true);
  // A tool that needs none of it leaves it there.
  refreshMirror(files, { source: '/p', mirror: '/b/m' });
  expect(
    files.realPath('/b/m/generated/regs.ts').ok && files.isFile('/b/m/generated/regs.ts'),
  ).toBe(true);
  expect(ownInputs(files, mirror, ['a.ts', 'generated/regs.ts'])).toEqual(['a.ts']);
});

test('two tools may refresh one mirror at the same time', () => {
  const { files } = new MemoryHost({ '/p/c/a.c': '' });
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
  expect(packageRule('/b/out.js', ownInputs(host.files, mirrored, paths), '/p')).toBe(
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
    '/p/b/own.json': '{ "extends": "../base" }',
    '/p/base.json': '{ "compilerOptions": { "composite": true } }',
  });
  expect(referencedProjects(files, '/p', 'tsconfig.json')).toEqual([
    { config: 'tsconfig.json', isEmpty: true, isComposite: false, isParent: true },
    { config: 'a/tsconfig.json', isEmpty: false, isComposite: false, isParent: true },
    { config: 'b/own.json', isEmpty: false, isComposite: true, isParent: false },
  ]);
});

/** How often npm ran, after each edit, and what was said. */
function installing(says: { code: number; output: string }) {
  const host = new MemoryHost({ '/p/package.json': '{}', '/p/package-lock.json': '{}' });
  const told: unknown[] = [];
  const install = (): void => {
    let runs = 0;
    const place = { source: '/p', mirror: '/b/m', folder: '.', scripts: [] };
    const done = installPackages(host, place, () => {
      runs++;
      host.files.makeDirectory('/b/m/node_modules');
      return says;
    });
    told.push('digest' in done ? runs : done.output);
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
  host.write('/p/package-lock.json', '{"packages": {"": {}, "a": {}, "node_modules/x": {}}}');
  install();
  host.write('/p/a/package.json', '{"dependencies": {"x": "1"}}');
  install();
  host.write('/p/npm-shrinkwrap.json', '{}');
  install();
  host.files.remove('/b/m/node_modules');
  install();
  expect(told).toEqual([1, 0, 1, 1, 1, 1, 1]);
});

test('install scripts are run of those packages that are named', () => {
  const host = new MemoryHost({ '/p/package.json': '{}', '/p/package-lock.json': '{}' });
  const place = { source: '/p', mirror: '/b/m', folder: '.', scripts: ['native', 'of-others'] };
  const commands: string[] = [];
  for (const scripts of [[], place.scripts, place.scripts]) {
    installPackages(host, { ...place, scripts }, (argv) => {
      commands.push(argv.filter((word) => !word.startsWith('-')).join(' '));
      host.files.makeDirectory('/b/m/node_modules/native');
      return { code: 0, output: '' };
    });
  }
  expect(commands).toEqual(['npm ci', 'npm ci', 'npm rebuild native']);
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

test('a package that lies outside of the folder of the lock file is refused, with what to do', () => {
  const { host, told, install } = installing({ code: 0, output: '' });
  host.write('/p/package-lock.json', '{"packages": {"": {}, "../x": {}}}');
  install();
  expect(told[0]).toMatch(/the package in \.\.\/x lies outside.*\nkaon: .*"workspaces"/);
});

test.each([
  [
    '{ x',
    /lock.json:1:2: ERROR: this is no JSON\n(.*\n){2} *hint: In \/p: npm install --package-lock-only makes/,
  ],
  [
    '{\n<<<<<<< HEAD\n',
    /lock.json:2:0: ERROR: this holds conflicts of a merge\n(.*\n){2} *hint: .* settles them/,
  ],
])('a lock file %j is told of before npm sees it', (text, message) => {
  const { host, told, install } = installing({ code: 0, output: '' });
  host.write('/p/package-lock.json', text);
  install();
  expect(told[0]).toMatch(message);
});

test('so is a package.json', () => {
  const { host, told, install } = installing({ code: 0, output: '' });
  host.write('/p/package.json', '{"name": "p",}');
  install();
  expect(told[0]).toContain('/p/package.json:1:13: ERROR: this is no JSON');
});

test('what configurations and tests print is no part of a report of vitest', () => {
  const said =
    'vite warns\nTAP version 13\n1..1\n  indented\nnot ok 1 - a\n    ---\n    x: y\n    ...\n';
  expect(tapText(said)).toBe(
    '# vite warns\nTAP version 13\n1..1\n#   indented\nnot ok 1 - a\n    ---\n    x: y\n    ...\n',
  );
});

test('what a tool read is known by the path that it has in the package', () => {
  const { files } = new MemoryHost({
    '/p/data/big.json': '',
    '/p/b/m/src/a.ts': '',
    '/lib.d.ts': '',
  });
  const read = ['src/a.ts', '/p/b/m/src/c.ts', '/p/data/big.json', '/lib.d.ts'];
  const installed = ['/p/b/m/node_modules/x/i.ts', 'packages/own/node_modules/y/i.ts'];
  expect(ownInputs(files, mirrored, [...read, ...installed])).toEqual([
    'src/a.ts',
    'src/c.ts',
    'data/big.json',
  ]);
});

test('of a registry that npm cannot reach, its trace is left out', () => {
  const said = ['code ECONNREFUSED', 'request to x failed', '    at TCP.onend', '  code: 1'];
  const output = said.map((line) => `npm error ${line}`).join('\n');
  const { told, install } = installing({ code: 1, output });
  install();
  expect(told[0]).toMatch(/request to x failed\nkaon: npm could not reach its registry\. .*\n$/);
});

test('a source map names the package and not the copies of its files', () => {
  const sources = ['packages/src/a.ts', 'packages/node_modules/x/x.js', 'disabled:fs'];
  const map = { version: 3, sources, mappings: 'A' };
  const host = new MemoryHost({ '/p/build/a.js.map': JSON.stringify(map) });
  nameSources(host.files, '/p/build/a.js.map', { source: '/p', mirror: '/p/build/packages' });
  const text = host.files.readText('/p/build/a.js.map');
  expect(JSON.parse(text.ok ? text.value : '')).toEqual({
    ...map,
    sources: ['../src/a.ts', 'packages/node_modules/x/x.js', 'disabled:fs'],
  });
});

test('what packages say of themselves counts for their sources', () => {
  const { files } = new MemoryHost({
    '/p/package.json': '',
    '/p/a/package.json': '',
    '/p/b/c.ts': '',
  });
  const inputs = ['a/src/x.ts', 'b/c.ts'];
  expect(manifestsAbove(files, '/p', inputs)).toEqual(['package.json', 'a/package.json']);
});
