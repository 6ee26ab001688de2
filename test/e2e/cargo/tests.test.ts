import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

test('tests of a package with a build script find its programs, whatever their names and its libraries', () => {
  const made = project({
    'Cargo.toml': [
      '[package]',
      'name = "odd-names"',
      'version = "0.1.0"',
      'edition = "2021"',
      '[[test]]',
      'name = "own-main"',
      'harness = false',
      '[profile.dev]',
      'split-debuginfo = "unpacked"',
      '',
    ].join('\n'),
    'build.rs': [
      'fn main() {',
      '    println!("cargo:rustc-link-lib=m");',
      '    println!("cargo:rustc-env=WORD-OF-DASHES=it\'s set");',
      '    println!("cargo:rerun-if-changed=build.rs");',
      '}',
      '',
    ].join('\n'),
    'src/lib.rs':
      '//! ```\n//! assert_eq!(odd_names::word(), "it\'s set");\n//! ```\npub fn word() -> &\'static str {\n    env!("WORD-OF-DASHES")\n}\n',
    'src/bin/my-tool.rs': 'fn main() {\n    println!("{}", odd_names::word());\n}\n',
    'tests/runs.rs': [
      '#[test]',
      'fn runs() {',
      '    let program = env!("CARGO_BIN_EXE_my-tool");',
      '    assert_eq!(std::env::var("CARGO_BIN_EXE_my-tool").unwrap(), program);',
      '    assert!(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).is_dir());',
      '    let said = std::process::Command::new(program).output().unwrap();',
      '    assert_eq!(said.stdout, b"it\'s set\\n");',
      '}',
      '',
    ].join('\n'),
    'tests/own-main.rs': 'fn main() {\n    assert_eq!(odd_names::word(), "it\'s set");\n}\n',
  });
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  for (const name of ['test runs', 'test own-main', 'doc'])
    expect(tested.stdout).toMatch(new RegExp(`odd-names ${name} +OK`));
});

test('functions are named and programs given words as behind `cargo test`', () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "one"\nversion = "0.1.0"\nedition = "2021"\n',
    'src/lib.rs':
      '//! ```\n//! one::of_doc();\n//! ```\npub fn of_doc() {}\nmod tests {\n    #[test]\n    fn good() { println!("said by good"); }\n    #[test]\n    fn wrong() { panic!("told"); }\n    #[test]\n    #[ignore]\n    fn late() {}\n}\n',
    'tests/whole.rs':
      '#[test]\nfn whole_good() {}\n#[test]\nfn whole_wrong() { panic!("told"); }\n',
  });
  const ran = (...words: readonly string[]) => {
    const run = made.kaon(['test', ...words]);
    return { passed: run.status === 0, told: told(run) };
  };
  expect(ran().passed).toBe(false);
  const good = ran('good');
  expect(good.passed, good.told).toBe(true);
  expect(good.told).toMatch(/test whole +OK .*1 subtests passed/);
  expect(ran('wrong').passed).toBe(false);
  expect(ran('tests::good', '--lib').passed).toBe(true);
  expect(ran('--', '--skip', 'wrong').passed).toBe(true);
  expect(ran('--lib', '--', 'tests::late', '--exact', '--ignored').told).toContain(
    '1 subtests passed',
  );
  expect(ran('good').told).not.toContain('said by good');
  expect(ran('good', '--', '--nocapture').told).toContain('said by good');
  // A program of tests is still named by its own name.
  expect(ran('one test whole', '--', 'good').told).not.toContain('one doc');
});

test('examples of a package that has nothing else are compiled with the tests, not beside some of them', () => {
  const manifest = (name: string): string =>
    `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n`;
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["core", "shown"]\n',
    'core/Cargo.toml': manifest('core-part'),
    'core/src/lib.rs': '#[test]\nfn works() {}\n',
    'shown/Cargo.toml': manifest('shown'),
    'shown/examples/first.rs': 'fn main() { 1 }\n',
  });
  expect(made.kaon(['test', 'core-part lib']).status).toBe(0);
  expect(made.kaon(['test', '--lib']).status).toBe(0);
  const whole = made.kaon(['test']);
  expect([whole.status, told(whole)]).toEqual([125, expect.stringContaining('mismatched types')]);
  expect(made.kaon(['test', '-p', 'shown']).status).toBe(125);
  made.write('shown/examples/first.rs', 'fn main() {}\n');
  const alone = made.kaon(['test', '-p', 'shown']);
  expect([alone.status, told(alone)]).toEqual([0, expect.stringContaining('example first')]);
  expect(told(alone)).toContain('No tests defined.');
});

test('a test that looks beside itself finds programs and examples that are built as it is', () => {
  const says = 'fn main() { print!("{}", cfg!(debug_assertions)); }\n';
  const looks = (name: string) =>
    `#[test]\nfn ${name}() {\n    let own = std::env::current_exe().unwrap();\n    let place = own.parent().unwrap().parent().unwrap();\n    for one in ["tool", "examples/shown"] {\n        let run = std::process::Command::new(place.join(one)).output().unwrap();\n        assert_eq!(run.stdout, b"false");\n    }\n}\n`;
  const made = project({
    'Cargo.toml':
      '[package]\nname = "tool"\nversion = "0.1.0"\nedition = "2021"\n[profile.test]\ndebug-assertions = false\n',
    'src/main.rs': `${says}${looks('unit')}`,
    'examples/shown.rs': says,
    'tests/whole.rs': looks('whole'),
  });
  const tested = made.kaon(['test']);
  expect(tested.status, told(tested)).toBe(0);
  const program = (name: string) => made.kaon(['run', '-q', ...name.split(' ')]).stdout;
  expect([program('tool'), program('--example shown')]).toEqual(['true', 'true']);
});
