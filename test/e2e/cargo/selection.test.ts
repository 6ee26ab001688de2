import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

const manifest = (name: string, more = '') =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${more}`;

test('what other packages were asked for, and whether they are tested, compiles and runs nothing again', () => {
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one", "two"]\n',
    'one/Cargo.toml': manifest('one'),
    'one/build.rs':
      'fn main() { println!("cargo::rerun-if-changed=build.rs"); println!("cargo::rustc-env=SAID=yes"); }\n',
    'one/src/lib.rs': 'pub const SAID: &str = env!("SAID");\n',
    'one/src/main.rs': 'fn main() { println!("{}", one::SAID); }\n',
    'one/tests/whole.rs': '#[test]\nfn whole() { assert_eq!(one::SAID, "yes"); }\n',
    'two/Cargo.toml': manifest('two', '[dependencies]\none = { path = "../one" }\n'),
    'two/src/main.rs': 'fn main() { println!("{}", one::SAID); }\n',
  });
  const built = (words: readonly string[]) => {
    const run = made.kaon(words);
    expect(run.status, told(run)).toBe(0);
    // What a command names is no option that anybody set.
    expect(told(run)).not.toMatch(/^ *(selected|current|User defined options)\b/m);
    return told(run).match(/(?<=^\[\d+\/\d+\] )(?:Compiling|Running).*$/gm) ?? [];
  };
  expect(built(['-p', 'two'])).toEqual([
    'Compiling crate one 1.0.0 (build script)',
    'Running the build script of crate one 1.0.0',
    'Compiling crate one 1.0.0',
    'Compiling crate two 1.0.0 (bin two)',
  ]);
  // They were named for that command alone.
  expect(built([])).toEqual(['Compiling crate one 1.0.0 (bin one)']);
  expect(built(['--workspace'])).toEqual([]);
  const tested = ['test', '-p', 'one', '-p', 'two'];
  expect(built(tested).filter((line) => !/\((unit tests|test|bin) /.test(line))).toEqual([]);
  expect(built(['-p', 'two'])).toEqual([]);
});

test('a program that comes or goes runs no build script that did not ask for it', () => {
  const runs = 'std::fs::OpenOptions::new().append(true).create(true).open("../runs").unwrap()';
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one"]\n',
    'one/Cargo.toml': manifest('one'),
    'one/build.rs':
      `use std::io::Write;\nfn main() { ${runs}.write_all(b"x").unwrap();\n` +
      'println!("cargo::rerun-if-changed=build.rs");\n' +
      'println!("cargo::rustc-link-arg-bins=-Wl,--as-needed");\nprintln!("cargo::rustc-env=SAID=yes"); }\n',
    'one/src/main.rs': 'fn main() { println!(env!("SAID")); }\n',
  });
  const count = () => {
    const run = made.kaon([]);
    expect(run.status, told(run)).toBe(0);
    return readFileSync(`${made.folder}/runs`, 'utf8').length;
  };
  expect(count()).toBe(1);
  made.write('one/src/bin/more.rs', 'fn main() { println!(env!("SAID")); }\n');
  expect(count()).toBe(1);
  expect(told(made.kaon(['run', 'more']))).toContain('yes');
  rmSync(`${made.folder}/one/src/bin/more.rs`);
  expect(count()).toBe(1);
  rmSync(`${made.folder}/build/target/debug/build`, { recursive: true });
  expect(count()).toBe(2);
});

test('words for targets build and test only these', () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "tool"\nversion = "1.0.0"\nedition = "2021"\n',
    'src/lib.rs': '/// ```\n/// assert!(true);\n/// ```\npub fn x() {}\n#[test]\nfn own() {}\n',
    'src/main.rs': 'fn main() {}\n',
    'examples/shown.rs': 'fn main() {}\n',
    'examples/broken.rs': 'fn main() { nowhere(); }\n',
    'tests/one.rs': '#[test]\nfn one() {}\n',
  });
  const shown = made.kaon(['--example', 'shown']);
  expect(shown.status, told(shown)).toBe(0);
  expect(existsSync(`${made.folder}/build/target/debug/examples/shown`)).toBe(true);
  expect(existsSync(`${made.folder}/build/target/debug/tool`)).toBe(false);
  expect(told(made.kaon(['--example', 'show']))).toContain('no example target named `show`');
  const library = made.kaon(['test', '--lib']);
  expect(library.status, told(library)).toBe(0);
  expect(told(library)).toMatch(/Ok: +1\b/);
  const unrun = made.kaon(['test', '--test', 'one', '--no-run']);
  expect(unrun.status, told(unrun)).toBe(0);
  expect(told(unrun)).toMatch(/^ {2}Executable tool.*test one \(.*\/deps\/one-[0-9a-f]{16}\)$/m);
  expect(made.kaon(['--all-targets', '--keep-going']).status).toBe(1);
});

test('a machine and a manifest are named as with Cargo, and a package that is not there is told', () => {
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["one", "two"]\n',
    'one/Cargo.toml': manifest('one'),
    'one/src/main.rs': 'fn main() {}\n',
    'two/Cargo.toml': manifest('two'),
    'two/src/main.rs': 'fn main() {}\n',
  });
  const [triple = ''] = /(?<=^host: ).*$/m.exec(
    execFileSync('rustc', ['-vV'], { encoding: 'utf8' }),
  ) ?? [''];
  const run = made.kaon(['--manifest-path', 'one/Cargo.toml', '--target', triple]);
  expect(run.status, told(run)).toBe(0);
  expect(existsSync(`${made.folder}/build/target/${triple}/debug/one`)).toBe(true);
  expect(existsSync(`${made.folder}/build/target/${triple}/debug/two`)).toBe(false);
  const unknown = told(made.kaon(['-p', 'on']));
  expect(unknown).toContain('package ID specification `on` did not match any packages');
  expect(unknown).toContain('Did you mean "one"?');
});

test('examples and benchmarks are tests where words name them, and a build compiles tests as it builds', () => {
  const made = project({
    'Cargo.toml':
      '[package]\nname = "tool"\nversion = "1.0.0"\nedition = "2021"\n[features]\nmore = []\n' +
      '[[example]]\nname = "whole"\ncrate-type = ["staticlib"]\n' +
      '[[bench]]\nname = "speed"\nharness = false\n' +
      '[[test]]\nname = "more"\nrequired-features = ["more"]\n' +
      '[profile.test]\ndebug-assertions = false\n',
    'src/lib.rs': '',
    'examples/shown.rs': 'fn main() {}\n#[test]\nfn shown() {}\n',
    'examples/whole.rs': '#[test]\nfn whole() {}\n',
    'benches/speed.rs':
      'fn main() { assert!(!cfg!(debug_assertions) && std::env::args().len() == 1); }\n',
    'tests/more.rs': '#[test]\nfn more() {}\n',
  });
  const tested = (...words: readonly string[]) => {
    const run = made.kaon(['test', ...words]);
    expect(run.status, told(run)).toBe(0);
    return /Ok: +(\d+)/.exec(told(run))?.[1];
  };
  expect(tested('--examples')).toBe('2');
  expect(tested('--benches')).toBe('1');
  expect(tested('--example', 'shown', '--bench', 'speed')).toBe('2');
  // As cargo test: examples only compile.
  expect(tested()).toBe('0');
  expect(existsSync(`${made.folder}/build/target/debug/examples/libwhole.a`)).toBe(false);
  expect(made.kaon(['--examples']).status).toBe(0);
  expect(existsSync(`${made.folder}/build/target/debug/examples/libwhole.a`)).toBe(true);
  expect(told(made.kaon(['--tests', '-v']))).not.toContain('debug-assertions=off');
  expect(told(made.kaon(['--test', 'more']))).toContain('requires the features: `more`');
});

test('a pattern of packages to leave out that is none is refused by tests, too', () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "one"\nversion = "0.1.0"\nedition = "2021"\n',
    'src/lib.rs': '',
  });
  const run = made.kaon(['test', '--workspace', '--exclude', '[*z']);
  expect([run.status, told(run)]).toEqual([
    2,
    expect.stringContaining('cannot build glob pattern from `[*z`'),
  ]);
});

test('a package of elsewhere is built whatever features are kept, and cannot be tested', () => {
  const made = project({
    'Cargo.toml': manifest(
      'tool',
      '[features]\nfast = []\n[dependencies]\nouter = { path = "outer" }\n[workspace]\nexclude = ["outer"]\n',
    ),
    'src/lib.rs': '',
    'outer/Cargo.toml': manifest(
      'outer',
      '[dev-dependencies]\nmore = { path = "more" }\n[workspace]\n',
    ),
    'outer/src/lib.rs': '',
    'outer/more/Cargo.toml': manifest('more'),
    'outer/more/src/lib.rs': '',
  });
  const run = (...words: string[]) => {
    const said = made.kaon(words);
    return [said.status, told(said)];
  };
  const outside = 'cannot specify features for packages outside of workspace';
  expect(run('--features', 'fast', '-p', 'outer')).toEqual([2, expect.stringContaining(outside)]);
  expect(run('--features', 'fast')[0]).toBe(0);
  expect(run('-p', 'outer')[0]).toBe(0);
  expect(run('test', '-p', 'outer')).toEqual([
    2,
    expect.stringContaining(
      'package `outer` cannot be tested because it requires dev-dependencies',
    ),
  ]);
});
