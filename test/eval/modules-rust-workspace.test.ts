import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installRustc } from '../support/stand-in-compilers.ts';

const lock = (...names: readonly string[]): string =>
  [
    'version = 3',
    ...names.map((name) => `[[package]]\nname = "${name}"\nversion = "0.1.0"\n`),
  ].join('\n');

const manifest = (name: string, more = ''): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;

function workspace(text: string, files: Readonly<Record<string, string>>) {
  const host = new MemoryHost({});
  installRustc(host);
  const main = `project('w', meson_version: '>=1.12')\nws = import('rust').workspace()\n${text}`;
  return evaluateText({ ...files, 'meson.build': main }, { host });
}

const alone = {
  'Cargo.toml': manifest('my-crate', '[features]\nextra = []\n'),
  'Cargo.lock': lock('my-crate'),
  'src/lib.rs': '',
};

const members = {
  'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
  'Cargo.lock': lock('a', 'b'),
  'a/Cargo.toml': manifest('a', '[dependencies]\nb = { path = "../b" }\n'),
  'a/src/main.rs': '',
  'b/Cargo.toml': manifest('b'),
  'b/src/lib.rs': '',
};

test('a package is a workspace of one member', () => {
  const { error, messages } = workspace('message(ws.packages(), ws.package().name())', alone);
  expect(error).toBeUndefined();
  expect(messages).toEqual(["['my-crate'] my-crate"]);
});

test('the library of a package is named as Cargo names it, in its edition', () => {
  const { error, model } = workspace('ws.package().library()', alone);
  expect(error).toBeUndefined();
  const [target] = model?.targets.values() ?? [];
  expect(target).toMatchObject({
    kind: 'build',
    sources: [{ kind: 'file', file: { tree: 'source', path: 'src/lib.rs' } }],
    name: 'my_crate+0_1',
  });
  const edition = target?.kind === 'build' ? target.overrideOptions.get('rust_std') : undefined;
  expect(edition).toBe('2021');
});

test('members of a workspace are asked for by name', () => {
  const { error, messages } = workspace(
    "message(ws.packages(), ws.package('b').version())",
    members,
  );
  expect(error).toBeUndefined();
  expect(messages).toEqual(["['a', 'b'] 0.1.0"]);
});

test.each([
  ["ws.package('c')", 'c'],
  ["ws.subproject('zz')", 'Cargo package "zz" not available'],
])('%s is refused', (text, message) => {
  expect(workspace(text, members).error).toContain(message);
});
