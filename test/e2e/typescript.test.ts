import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const template = join(import.meta.dirname, '../../rust-project-templates/c-rust-typescript');

test('a tsconfig that only references others checks these, from their sources', () => {
  const options = { composite: true, strict: true, outDir: 'dist', rootDir: 'src', types: [] };
  const tsconfig = (...references: readonly string[]): string =>
    JSON.stringify({
      compilerOptions: { ...options, allowImportingTsExtensions: true, noEmit: true },
      include: ['src'],
      references: references.map((path) => ({ path })),
    });
  const made = project({
    'meson.build': [
      "project('p')",
      "ts = import('typescript')",
      "npm = ts.dependencies('package-lock.json')",
      "ts.check('types', project: 'tsconfig.json', dependencies: npm)",
      '',
    ].join('\n'),
    'tsconfig.json': '{ "files": [], "references": [{ "path": "./core" }, { "path": "./cli" }] }',
    'core/tsconfig.json': tsconfig(),
    'core/src/index.ts': 'export const answer = 42;\n',
    'cli/tsconfig.json': tsconfig('../core'),
    'cli/src/main.ts':
      "import { answer } from '../../core/src/index.ts';\nexport const a: string = answer;\n",
  });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(template, name), join(made.folder, name));
  }
  const wrong = made.kaon([]);
  expect(wrong.status, told(wrong)).toBe(1);
  expect(told(wrong)).toContain("cli/src/main.ts(2,14): error TS2322: Type 'number'");
  made.write('core/src/index.ts', "export const answer = '42';\n");
  const right = made.kaon([]);
  expect(right.status, told(right)).toBe(0);
  expect(made.kaon([]).stdout).toContain('is up to date');
});

test('sources import what targets make, and are checked, bundled and tested with it', () => {
  const made = project({
    'meson.build': [
      "project('p')",
      "ts = import('typescript')",
      "npm = ts.dependencies('package-lock.json')",
      "regs = custom_target('regs.ts', input: 'regs.h', output: 'regs.ts', capture: true,",
      "  command: ['sed', '-e', 's/#define /export const /', '-e', 's/ [0-9]/ =&/', '@INPUT@'])",
      "ts.check('types', dependencies: npm, depends: regs)",
      "ts.bundle('app', 'src/main.ts', dependencies: npm, depends: regs)",
      "ts.test('regs', 'src/regs.test.ts', dependencies: npm, depends: regs)",
      '',
    ].join('\n'),
    'regs.h': '#define STATUS 16\n',
    'tsconfig.json':
      '{ "compilerOptions": { "strict": true, "types": [], "allowImportingTsExtensions": true, "noEmit": true, "module": "preserve", "target": "es2023" }, "include": ["src"] }',
    'src/main.ts': "import { STATUS } from '../generated/regs.ts';\nconsole.log(STATUS);\n",
    'src/regs.test.ts':
      "import { expect, test } from 'vitest';\nimport { STATUS } from '../generated/regs.ts';\ntest('status', () => expect(STATUS).toBeGreaterThan(1));\n",
  });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(template, name), join(made.folder, name));
  }
  const printed = () => spawnSync('node', [join(made.folder, 'build/app.mjs')]).stdout.toString();
  const first = made.kaon([]);
  expect(first.status, told(first)).toBe(0);
  expect(printed()).toBe('16\n');
  expect(made.kaon(['run', 'app']).stdout).toContain('16\n');
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  made.write('regs.h', '#define STATUS 32\n');
  made.kaon([]);
  expect(printed()).toBe('32\n');
  expect(made.kaon([]).stdout).toContain('is up to date');
  made.write('regs.h', '#define STAT 32\n');
  expect(told(made.kaon([]))).toContain("has no exported member named 'STATUS'");
});

test('folders that esbuild, tsc and other tools make are built, used and installed as a whole', () => {
  const made = project({
    'meson.build': [
      "project('p')",
      "ts = import('typescript')",
      "npm = ts.dependencies('package-lock.json')",
      "where = get_option('datadir')",
      "app = ts.bundle('app', 'src/main.ts', 'src/worker.ts', outdir: 'app', args: '--splitting', dependencies: npm, install: true, install_dir: where)",
      "ts.compile('lib', dependencies: npm, install: true, install_dir: where)",
      "ts.run('site', command: ['node', 'site.mjs', '@OUTPUT@'], outdir: 'site', dependencies: npm)",
      "ts.test('unit', 'src/lazy.test.mjs', runner: 'node', dependencies: npm)",
      "custom_target('packed', input: app, output: 'packed.tar', command: ['tar', 'cf', '@OUTPUT@', '@INPUT@'], build_by_default: true)",
      '',
    ].join('\n'),
    'tsconfig.json':
      '{ "compilerOptions": { "strict": true, "types": [], "declaration": true, "sourceMap": true, "rootDir": "src", "module": "nodenext", "target": "es2023" }, "include": ["src/*.ts"] }',
    'src/main.ts': "void import('./lazy.js').then(({ value }) => value);\n",
    'src/worker.ts': "import { value } from './lazy.js';\nexport const half = value / 2;\n",
    'src/lazy.ts': 'export const value = 42;\n',
    'src/lazy.test.mjs':
      "import test from 'node:test';\ntest('a', () => {});\ntest('b', () => {});\n",
    'site.mjs':
      "import { writeFileSync } from 'node:fs';\nwriteFileSync(`${process.argv[2]}/index.html`, 'hello');\n",
  });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(template, name), join(made.folder, name));
  }
  const first = made.kaon([]);
  expect(first.status, told(first)).toBe(0);
  const at = (path: string): string => join(made.folder, 'build', path);
  expect(readFileSync(at('lib/lazy.d.ts'), 'utf8')).toContain('value = 42');
  expect(readFileSync(at('lib/lazy.js.map'), 'utf8')).toContain('"../../src/lazy.ts"');
  expect(readFileSync(at('site/index.html'), 'utf8')).toBe('hello');
  const chunks = () => readdirSync(at('app')).filter((name) => name.startsWith('chunk-'));
  const before = chunks();
  expect(before).toHaveLength(1);
  expect(made.kaon([]).stdout).toContain('is up to date');
  made.write('src/lazy.ts', 'export const value = 43;\n');
  expect(told(made.kaon([]))).toContain('Generating packed with');
  expect(chunks()).toHaveLength(1);
  expect(chunks()).not.toEqual(before);
  made.write('src/lazy.ts', 'export const value: string = 43;\n');
  expect(made.kaon([]).status).toBe(1);
  made.write('src/lazy.ts', 'export const value = 43;\n');
  expect(made.kaon([]).status).toBe(0);
  // What someone removed from it is made again.
  rmSync(at('lib/lazy.js'));
  made.kaon([]);
  expect(existsSync(at('lib/lazy.js'))).toBe(true);
  made.kaon(['install', '--destdir', at('stage')]);
  expect(existsSync(at('stage/usr/local/share/lib/lazy.d.ts'))).toBe(true);
  const tested = made.kaon(['test']);
  expect(told(tested)).toContain('2 subtests passed');
});
