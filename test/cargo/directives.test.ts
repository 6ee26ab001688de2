import { expect, test } from 'vitest';
import { parseDirectives } from '../../src/cargo/script/directives.ts';
import {
  argumentFile,
  cdylibArguments,
  consumerArguments,
  environmentFile,
  libraryPaths,
  metadataVariables,
  searchArguments,
} from '../../src/cargo/script/script-arguments.ts';

const said = (...lines: string[]) => parseDirectives(lines.join('\n'));

test('a line that is no UTF-8 means nothing', () => {
  const { directives, faults } = said('cargo:rustc-cfg=\uFFFD', 'cargo:rustc-cfg=ok');
  expect([directives.cfgs, faults]).toEqual([['ok'], []]);
});

test('a build script says what its package is linked with, and where dependents look for it', () => {
  const { directives, faults } = said(
    'noise',
    'cargo:rustc-link-lib=static=z',
    'cargo::rustc-link-search=native=/usr/lib',
    'cargo:rustc-link-search=native=/b/target/debug/build/z-1/out  ',
    'cargo:rustc-flags=-l m -L/opt',
  );
  expect(faults).toEqual([]);
  expect(consumerArguments(directives, { consumer: 'lib', hasLibrary: true })).toEqual([
    '-l',
    'static=z',
    '-l',
    'm',
  ]);
  expect(consumerArguments(directives, { consumer: 'bin=z', hasLibrary: true })).toEqual([]);
  expect(consumerArguments(directives, { consumer: 'bin=z', hasLibrary: false })).toEqual([
    '-l',
    'static=z',
    '-l',
    'm',
  ]);
  expect(searchArguments(directives, '/b', 'built')).toEqual([
    '-L',
    'native=/b/target/debug/build/z-1/out',
  ]);
  expect(searchArguments(directives, '/b', 'elsewhere')).toEqual([
    ...['-L', 'native=/usr/lib'],
    ...['-L', '/opt'],
  ]);
});

test('arguments for the linker go to the targets they are for', () => {
  const { directives } = said(
    'cargo::rustc-link-arg=-all',
    'cargo::rustc-link-arg-bins=-bins',
    'cargo::rustc-link-arg-bin=one=-one',
    'cargo::rustc-link-arg-tests=-tests',
    'cargo::rustc-cdylib-link-arg=-c',
    'cargo::rustc-cfg=has="x"',
    'cargo::rustc-check-cfg=cfg(has)',
  );
  const of = (consumer: string) =>
    consumerArguments(directives, { consumer, hasLibrary: true }).join(' ');
  const rest = '--cfg has="x" --check-cfg cfg(has)';
  expect(of('bin=one')).toBe(`-C link-arg=-all -C link-arg=-bins -C link-arg=-one ${rest}`);
  expect(of('bin=two')).toBe(`-C link-arg=-all -C link-arg=-bins ${rest}`);
  expect(of('test')).toBe(`-C link-arg=-all -C link-arg=-tests ${rest}`);
  expect(of('cdylib')).toBe(`-C link-arg=-all -C link-arg=-c ${rest}`);
});

test('unknown directives are metadata with one colon, and faults with two', () => {
  const { directives, faults } = said(
    'cargo:include=/x',
    'cargo::include=/x',
    'cargo::metadata=a-b=c=d',
  );
  expect(directives.metadata).toEqual([
    ['include', '/x'],
    ['a-b', 'c=d'],
  ]);
  expect(faults).toEqual(['"cargo::include=/x": there is no directive "include"']);
  expect(metadataVariables('my-z', 'include=/x\na-b=c=d\n')).toEqual({
    DEP_MY_Z_INCLUDE: '/x',
    DEP_MY_Z_A_B: 'c=d',
  });
});

test('two colons are refused where a package promises a Rust that does not know them', () => {
  const line = ' cargo::rustc-cfg=new';
  const faults = (rustVersion: string) =>
    parseDirectives(line, { rustVersion, targets: [] }).faults;
  expect(faults('1.76')).toEqual([
    '"cargo::rustc-cfg=new": two colons came with Rust 1.77, and the package promises to be built by 1.76 (rust-version): say it with one',
  ]);
  expect([...faults('1.77'), ...faults('1.80.1'), ...faults('')]).toEqual([]);
});

test('arguments for the linker are refused where the package has no such target', () => {
  const owner = { rustVersion: '', targets: ['bin=one', 'test'] };
  const faults = (line: string) => parseDirectives(line, owner).faults.join();
  expect(faults('cargo:rustc-link-arg-bin=two=-s')).toMatch('the package has no program "two"');
  expect(faults('cargo:rustc-link-arg-benches=-s')).toMatch('the package has no bench target');
  expect(faults('cargo:rustc-link-arg-bin=one=-s')).toBe('');
  expect(faults('cargo:rustc-link-arg-bins=-s\ncargo:rustc-link-arg-tests=-s')).toBe('');
});

test('a directive without a value is refused, other lines are noise', () => {
  expect(said('cargo:include', 'cargo-ish', 'cargo::warning').faults).toEqual([
    '"cargo:include": a directive is cargo:KEY=VALUE',
    '"cargo::warning": a directive is cargo::KEY=VALUE',
  ]);
});

test('variables reach a shell as they are', () => {
  const { directives } = said("cargo:rustc-env=A=it's $B");
  expect(environmentFile(directives)).toBe("export A='it'\\''s $B'\n");
  expect(argumentFile(['--cfg', 'a="b c"'])).toBe('--cfg\na="b c"\n');
});

test('a variable whose name no shell can say is set by the command that the shell runs', () => {
  const { directives } = said("cargo:rustc-env=A-B=it's");
  expect(environmentFile(directives)).toBe("set -- env 'A-B=it'\\''s' \"$@\"\n");
});

test('documentation tests link no libraries of the script, which rustdoc does not take', () => {
  const { directives } = said(
    'cargo:rustc-link-lib=z',
    'cargo:rustc-cfg=x',
    'cargo:rustc-link-arg=-v',
    'cargo:rustc-link-arg-cdylib=-soname',
  );
  const words = ['-C', 'link-arg=-v', '--cfg', 'x'];
  expect(consumerArguments(directives, { consumer: 'doctest', hasLibrary: true })).toEqual(words);
  expect(consumerArguments(directives, { consumer: 'unit-test', hasLibrary: true })).toEqual([
    '-l',
    'z',
    ...words,
  ]);
  expect(cdylibArguments(directives)).toEqual(['-C', 'link-arg=-soname']);
});

test('a script that names what it rests on rests on nothing else', () => {
  expect(said('cargo:warning=x').directives.rerun).toBeUndefined();
  expect(
    said('cargo:rerun-if-changed=a.c', 'cargo:rerun-if-env-changed=CC').directives.rerun,
  ).toEqual({ files: ['a.c'], variables: ['CC'] });
});

test('programs find libraries in folders that the build made, by name, and in no others', () => {
  const { directives } = parseDirectives(
    [
      "cargo::rustc-link-search=native=/b/out/it's",
      'cargo::rustc-link-search=/usr/lib',
      'cargo::rustc-link-search=framework=/b/out/x',
      'cargo::rustc-link-search=/b/more',
      'cargo::rustc-link-search=/b/More',
    ].join('\n'),
  );
  expect(libraryPaths(directives, '/b')).toBe(
    `export LD_LIBRARY_PATH='/b/More':'/b/more':'/b/out/it'\\''s'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\n`,
  );
  expect(libraryPaths(directives, '/c')).toBe('');
});
