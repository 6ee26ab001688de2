import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from './support/project.ts';

const has = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0;

/** A crate of a workspace whose manifest denies a lint, a program that uses it, and a subproject. */
function workspace(): Project {
  return project({
    'meson.build': [
      "project('p', 'rust', default_options: 'rust_std=2021')",
      "subproject('other')",
      "parts = static_library('parts', 'parts/src/lib.rs', rust_abi: 'rust')",
      "executable('p', 'main.rs', link_with: parts)",
      '',
    ].join('\n'),
    'Cargo.toml': [
      '[workspace]',
      'resolver = "2"',
      'members = ["parts"]',
      '[workspace.lints.clippy]',
      'needless_return = "deny"',
      '',
    ].join('\n'),
    'parts/Cargo.toml':
      '[package]\nname = "parts"\nversion = "0.1.0"\nedition = "2021"\n[lints]\nworkspace = true\n',
    'parts/src/lib.rs': '//! Parts.\n/// One.\npub fn one()->i32 { 1 }\n',
    'main.rs': 'fn main() {\n    assert_eq!(parts::one(), 1);\n}\n',
    'subprojects/other/meson.build': [
      "project('other', 'rust', default_options: 'rust_std=2021')",
      "static_library('other', 'lib.rs', rust_abi: 'rust')",
      '',
    ].join('\n'),
    'subprojects/other/lib.rs': 'pub fn two()->i32 { return 2; }\n',
  });
}

test.skipIf(!has('clippy-driver'))(
  'clippy has the lints of Cargo.toml, and looks at our crates alone',
  () => {
    const made = workspace();
    made.kaon(['setup', 'build']);
    const good = made.kaon(['compile', '-C', 'build', 'clippy']);
    expect(good.status, told(good)).toBe(0);
    expect(good.stdout).toMatch(/^clippy has nothing to say\.\n$/m);
    made.write('parts/src/lib.rs', 'pub fn one() -> i32 { return 1; }\n');
    const bad = made.kaon(['compile', '-C', 'build', 'clippy']);
    expect(bad.status).toBe(1);
    expect(told(bad)).toContain('clippy::needless-return');
    expect(told(bad)).not.toContain('subprojects/other');
    const json = made.kaon(['compile', '-C', 'build', 'clippy-json']);
    const lines = json.stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).$message_type)).toContain('diagnostic');
  },
);

test.skipIf(!has('clippy-driver'))(
  'clippy builds what crates of a meson.build are read from, and nothing that they are linked with',
  () => {
    const made = project({
      'meson.build': [
        "project('p', 'c', 'rust', default_options: 'rust_std=2021')",
        "c = static_library('c', 'c.c')",
        "word = custom_target(output: 'word.rs', command: ['cp', files('word.txt'), '@OUTPUT@'])",
        "parts = static_library('parts', structured_sources(['parts.rs', word]), rust_abi: 'rust')",
        "executable('p', 'main.rs', link_with: [parts, c])",
        '',
      ].join('\n'),
      'c.c': '#error not compiled\n',
      'word.txt': 'pub const WORD: u8 = 1;\n',
      'parts.rs': 'pub mod word;\n',
      'main.rs': 'fn main() {\n    assert_eq!(parts::word::WORD, 1);\n}\n',
    });
    made.kaon(['setup', 'build']);
    const done = made.kaon(['compile', '-C', 'build', 'clippy']);
    expect(done.status, told(done)).toBe(0);
    expect(told(done)).toContain('clippy has nothing to say.');
    expect(existsSync(join(made.folder, 'build/p'))).toBe(false);
  },
);

test.skipIf(!has('clippy-driver'))(
  'clippy finds clippy.toml beside the sources, wherever the build directory is',
  () => {
    const made = project({
      'src/meson.build':
        "project('p', 'rust', default_options: 'rust_std=2021')\nstatic_library('parts', 'parts.rs', rust_abi: 'rust')\n",
      'src/parts.rs': 'pub fn one() -> i32 {\n    let forbidden = 1;\n    forbidden + 1\n}\n',
      'src/clippy.toml': 'disallowed-names = ["forbidden"]\n',
    });
    made.kaon(['setup', 'build', 'src']);
    expect(told(made.kaon(['compile', '-C', 'build', 'clippy']))).toContain('disallowed');
  },
);

test.skipIf(!has('rustfmt'))('rustfmt and rustdoc work on our crates', () => {
  const made = workspace();
  made.kaon(['setup', 'build']);
  const formatted = made.kaon(['compile', '-C', 'build', 'rustfmt']);
  expect(formatted.status, told(formatted)).toBe(0);
  expect(made.read('parts/src/lib.rs')).toContain('pub fn one() -> i32 {\n    1\n}\n');
  expect(made.read('subprojects/other/lib.rs')).toContain('two()->i32');
  const documented = made.kaon(['compile', '-C', 'build', 'rustdoc']);
  expect(documented.status, told(documented)).toBe(0);
  expect(existsSync(join(made.folder, 'build/doc/parts/fn.one.html'))).toBe(true);
});

/** A crate that includes what the build makes. */
function generated(): Project {
  return project({
    'meson.build': [
      "project('p', 'rust', default_options: 'rust_std=2021')",
      "made = custom_target('made', output: 'made.rs', command: ['echo', 'pub const MADE: u32 = 7;'], capture: true, build_by_default: true)",
      "executable('p', structured_sources(['main.rs', made]))",
      '',
    ].join('\n'),
    'main.rs': 'mod made;\nfn main() {\n    assert_eq!(made::MADE, 7);\n}\n',
    'crate/Cargo.toml':
      '[package]\nname = "own"\nversion = "0.1.0"\nedition = "2021"\n[workspace]\n',
    'crate/src/lib.rs': [
      '//! Own.',
      'include!(concat!(env!("OUT_DIR"), "/made.rs"));',
      '#[test]',
      'fn made_is_seven() {',
      '    assert_eq!(MADE, 7);',
      '    assert!(env!("OUT_DIR").starts_with(env!("MESON_BUILD_ROOT")));',
      '}',
      '',
    ].join('\n'),
  });
}

test.skipIf(!has('clippy-driver'))(
  'in kaon devenv Cargo lints, documents, formats and tests sources that the build made',
  () => {
    const made = generated();
    made.kaon(['compile', '-C', 'build']);
    made.kaon(['setup', 'build']);
    made.kaon(['compile', '-C', 'build']);
    const cargo = (...words: readonly string[]) => {
      const env = { CARGO_TARGET_DIR: join(made.folder, 'target') };
      const run = made.kaon(['devenv', '-C', 'build', '-w', 'crate', 'cargo', ...words], { env });
      expect(run.status, told(run)).toBe(0);
    };
    cargo('clippy', '--tests', '--offline', '--', '--deny', 'warnings');
    cargo('doc', '--no-deps', '--offline');
    cargo('fmt', '--check');
    cargo('test', '--offline', '--quiet');
  },
);

test('rust-project.json tells editors how to build, run, test and check a crate', () => {
  const made = generated();
  made.kaon(['setup', 'build']);
  const { crates, runnables } = JSON.parse(made.read('build/rust-project.json'));
  const [crate] = crates;
  expect(crate).toMatchObject({
    env: { MESON_BUILD_ROOT: join(made.folder, 'build') },
    build: {
      label: 'p:executable',
      build_file: join(made.folder, 'meson.build'),
      target_kind: 'bin',
    },
    is_workspace_member: true,
  });
  for (const kind of ['check', 'run']) {
    const found = runnables.find((each: { kind: string }) => each.kind === kind);
    const args: readonly string[] = found.args.map((word: string) =>
      word.replace('{label}', crate.build.label),
    );
    const run = made.kaon(args);
    expect(run.status, told(run)).toBe(0);
  }
});

test.skipIf(existsSync('/usr/bin/clippy-driver'))(
  'clippy that is missing is told once, with what brings it',
  () => {
    const made = workspace();
    made.kaon(['setup', 'build']);
    const tools = join(made.folder, 'tools');
    mkdirSync(tools);
    const sysroot = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(join(sysroot, 'bin/rustc'), join(tools, 'rustc'));
    const env = { PATH: `${tools}:${dirname(process.execPath)}:/usr/bin:/bin` };
    const missing = made.kaon(['compile', '-C', 'build', 'clippy'], { env });
    expect(missing.status).toBe(2);
    expect(told(missing).match(/clippy-driver/g)).toHaveLength(1);
    expect(told(missing)).toContain('rustup component add clippy');
  },
);

test('a target of the project that is called clippy is that target', () => {
  const made = project({
    'meson.build': "project('p')\nrun_target('clippy', command: ['echo', 'mine'])\n",
  });
  made.kaon(['setup', 'build']);
  expect(told(made.kaon(['compile', '-C', 'build', 'clippy']))).toContain('mine');
});
