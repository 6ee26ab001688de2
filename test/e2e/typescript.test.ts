import { copyFileSync } from 'node:fs';
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
