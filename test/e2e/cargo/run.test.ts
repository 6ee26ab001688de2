import { existsSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

const manifest = '[package]\nname = "tool"\nversion = "1.2.0"\nedition = "2021"\n';
const shows =
  'fn main() {\n    let words: Vec<String> = std::env::args().skip(1).collect();\n    println!("%s {} {}", std::env::var("CARGO_PKG_VERSION").unwrap(), words.join(","));\n}\n';

test('the program of a Cargo workspace is run as `cargo run` does, of several the default one', () => {
  const made = project({ 'Cargo.toml': manifest, 'src/main.rs': shows.replace('%s', 'tool') });
  const run = made.kaon(['run', '--', 'a', '-b']);
  expect(run.status, told(run)).toBe(0);
  expect(run.stdout).toMatch(/^tool 1\.2\.0 a,-b$/m);
  // As with Cargo, what names nothing is for the only program.
  expect(made.kaon(['run', 'a', 'b', '--', 'c']).stdout).toMatch(/^tool 1\.2\.0 a,b,c$/m);
  made.write('src/bin/other.rs', shows.replace('%s', 'other'));
  const several = made.kaon(['run']);
  expect(several.status).not.toBe(0);
  expect(told(several)).toContain(
    'could not determine which binary to run. Use the `--bin` option',
  );
  expect(told(several)).toContain('\navailable binaries: other, tool\n');
  expect(told(made.kaon(['run', 'othr']))).toContain('did you mean `other`?');
  expect(made.kaon(['run', 'other', '--', 'x']).stdout).toMatch(/^other 1\.2\.0 x$/m);
  made.write('Cargo.toml', `${manifest}default-run = "other"\n`);
  const chosen = made.kaon(['run']);
  expect(chosen.stdout, told(chosen)).toMatch(/^other 1\.2\.0 $/m);
});

test('a program that a signal ends is told of, and kaon exits as shells say it', () => {
  const made = project({
    'Cargo.toml': manifest,
    'src/main.rs': 'fn main() {\n    std::process::abort();\n}\n',
  });
  const run = made.kaon(['run']);
  expect([run.status, told(run)]).toEqual([134, expect.stringContaining('killed by SIGABRT')]);
});

test('an example is run by its name, and does not come before the program of that name', () => {
  const made = project({
    'Cargo.toml': manifest,
    'src/main.rs': shows.replace('%s', 'tool'),
    'examples/tool.rs': shows.replace('%s', 'example'),
    'examples/shown.rs': shows.replace('%s', 'shown'),
  });
  const example = made.kaon(['run', '--example', 'tool', '--', 'x']);
  expect(example.stdout, told(example)).toMatch(/^example 1\.2\.0 x$/m);
  expect(made.kaon(['run', '--', 'y']).stdout).toMatch(/^tool 1\.2\.0 y$/m);
  expect(made.kaon(['run', '--bin', 'tool']).stdout).toMatch(/^tool 1\.2\.0 $/m);
  expect(made.kaon(['run', '--bin', 'tool', 'a', '--', 'b']).stdout).toMatch(/^tool 1\.2\.0 a,b$/m);
  const two = made.kaon(['run', '--bin', 'tool', '--example', 'tool']);
  expect([two.status, told(two)]).toEqual([
    2,
    expect.stringContaining('can run at most one executable'),
  ]);
  expect(told(made.kaon(['run', 'shown', 'x']))).toContain("'x': what is for the program");
  expect(made.kaon(['run', 'shown']).stdout).toMatch(/^shown 1\.2\.0 $/m);
  const fault = (...words: readonly string[]) => told(made.kaon(['run', ...words]));
  expect(fault('--example', 'show')).toContain(
    'no example target named `show`\nhelp: a target with a similar name exists: `shown`',
  );
  expect(fault('--bin', 'shown')).toContain(
    'no bin target named `shown`\nhelp: available bin targets: tool',
  );
  expect(fault('--bin', 'tool', '--bin', 'tool')).toContain('can run at most one executable');
});

test('of two packages with a program of one name each tests its own', () => {
  const member = (name: string) => ({
    [`${name}/Cargo.toml`]: manifest.replace('tool', name),
    [`${name}/src/bin/same.rs`]: `fn main() { println!("${name}"); }\n`,
    [`${name}/tests/own.rs`]: `#[test]\nfn own() {\n    let run = std::process::Command::new(env!("CARGO_BIN_EXE_same")).output().unwrap();\n    assert_eq!(run.stdout, b"${name}\\n");\n}\n`,
  });
  const root = '[workspace]\nresolver = "2"\nmembers = ["one", "two"]\n';
  const made = project({ 'Cargo.toml': root, ...member('one'), ...member('two') });
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  expect(told(tested)).toContain('one and two both make same: that of two lies in target/debug/');
});

test('packages and tests that come later are seen', () => {
  const member = (name: string) =>
    `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n`;
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n',
    'crates/one/Cargo.toml': member('one'),
    'crates/one/src/main.rs': 'fn main() {}\n',
  });
  const first = made.kaon([]);
  expect(first.status, told(first)).toBe(0);
  made.write('crates/two/Cargo.toml', member('two'));
  made.write('crates/two/src/main.rs', 'fn main() { println!("second"); }\n');
  const run = made.kaon(['run', 'two']);
  expect(run.stdout, told(run)).toMatch(/^second$/m);
  made.write('crates/two/tests/later.rs', '#[test]\nfn is_found() {}\n');
  const tested = made.kaon(['test']);
  expect(told(tested)).toContain('later');
});

test('an edited main.rs asks for no new setup, one that comes or goes does', () => {
  const made = project({
    'Cargo.toml': manifest,
    'src/lib.rs': 'pub fn word() -> &\'static str { "first" }\n',
    'src/main.rs': 'fn main() { println!("{}", tool::word()); }\n',
  });
  expect(made.kaon([]).status).toBe(0);
  expect(told(made.kaon([]))).toContain('up to date');
  made.write('src/main.rs', 'fn main() { println!("second {}", tool::word()); }\n');
  const edited = made.kaon([]);
  expect(told(edited)).not.toContain('Configuring');
  expect(told(edited)).toMatch(/tool built, [12] action/);
  expect(told(made.kaon([]))).toContain('up to date');
  rmSync(`${made.folder}/src/main.rs`);
  const without = made.kaon([]);
  expect(told(without)).toContain('src/main.rs came or went');
  expect(without.status, told(without)).toBe(0);
});

test('a program that is run finds shared crates and the libraries that build scripts made', () => {
  const made = project({
    'Cargo.toml': `${manifest}[dependencies]\nshared = { path = "shared" }\nnative = { path = "native" }\n[workspace]\ndefault-members = ["."]\n`,
    'src/main.rs':
      'fn main() {\n    println!("{} and {}", shared::answer(), native::answer());\n}\n',
    'shared/Cargo.toml':
      '[package]\nname = "shared"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["dylib"]\n',
    'shared/src/lib.rs': 'pub fn answer() -> i32 {\n    42\n}\n',
    'native/Cargo.toml':
      '[package]\nname = "native"\nversion = "0.1.0"\nedition = "2021"\nlinks = "seven"\n',
    'native/seven.c': 'int seven(void) { return 7; }\n',
    'native/build.rs': [
      'fn main() {',
      '    let out = std::env::var("OUT_DIR").unwrap();',
      '    let made = std::process::Command::new("cc")',
      '        .args(["-shared", "-fPIC", "seven.c", "-o", &format!("{out}/libseven.so")])',
      '        .status();',
      '    assert!(made.unwrap().success());',
      '    println!("cargo::rustc-link-search={out}");',
      '    println!("cargo::rustc-link-lib=seven");',
      '}',
      '',
    ].join('\n'),
    'native/src/lib.rs':
      'extern "C" {\n    fn seven() -> i32;\n}\npub fn answer() -> i32 {\n    unsafe { seven() }\n}\n',
  });
  const run = made.kaon(['run', 'tool']);
  expect(run.stdout, told(run)).toMatch(/^42 and 7$/m);
  // Programs remember that name, so it has no hash in it.
  expect(existsSync(`${made.folder}/build/target/debug/deps/libshared.so`)).toBe(true);
});

test('a package that is misspelt once does not stand in the way later', () => {
  const made = project({ 'Cargo.toml': manifest, 'src/main.rs': 'fn main() {}\n' });
  const first = made.kaon([]);
  expect(first.status, told(first)).toBe(0);
  const wrong = made.kaon(['-p', 'tol']);
  expect(wrong.status).toBe(2);
  expect(told(wrong)).toContain('Did you mean "tool"?');
  const later = made.kaon([]);
  expect(told(later)).toContain('up to date');
  made.write('Cargo.toml', '[package\nname = "tool"\n');
  expect(told(made.kaon([]))).toMatch(/Cargo\.toml:1:\d+: ERROR: /);
});

test('of several programs the one that can be built is not run by itself, nor is that of another package', () => {
  const features = '[features]\nf = []\n[[bin]]\nname = "needy"\nrequired-features = ["f"]\n';
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["tool", "alone", "library"]\n',
    'tool/Cargo.toml': `${manifest}${features}`,
    'tool/src/bin/needy.rs': shows.replace('%s', 'needy'),
    'tool/src/bin/plain.rs': shows.replace('%s', 'plain'),
    'alone/Cargo.toml': `${manifest.replace('tool', 'alone')}${features.replace('needy', 'only')}`,
    'alone/src/bin/only.rs': shows.replace('%s', 'only'),
    'library/Cargo.toml': manifest.replace('tool', 'library'),
    'library/src/lib.rs': '',
  });
  expect(told(made.kaon(['run', '-p', 'tool']))).toContain('available binaries: needy, plain');
  expect(told(made.kaon(['run', '-p', 'alone']))).toContain('target `only` in package `alone`');
  expect(told(made.kaon(['run', '-p', 'library']))).toContain(
    'a bin target must be available for `kaon run`',
  );
  const run = made.kaon(['run', '-p', 'alone', '--features', 'f', '--', 'x']);
  expect(run.stdout, told(run)).toMatch(/^only 1\.2\.0 x$/m);
});
