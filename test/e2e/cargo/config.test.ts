import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../support/project.ts';

/** A program that prints what it was built with; its library stands for a native one. */
const printing = {
  'Cargo.toml': '[workspace]\nmembers = ["tool", "nat", "plain"]\nresolver = "2"\n',
  'nat/Cargo.toml':
    '[package]\nname = "nat"\nversion = "0.1.0"\nedition = "2021"\nlinks = "nat"\n[dependencies]\nplain = { path = "../plain" }\n',
  'nat/build.rs': 'fn main() {\n    println!("cargo::metadata=answer=script");\n}\n',
  'nat/src/lib.rs':
    'pub fn said() -> String {\n    format!("{} {:?}", cfg!(nat_by_config), option_env!("NAT"))\n}\n',
  'plain/Cargo.toml': '[package]\nname = "plain"\nversion = "0.1.0"\nedition = "2021"\n',
  'plain/src/lib.rs': 'pub fn plain() {}\n',
  'tool/Cargo.toml':
    '[package]\nname = "tool"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nnat = { path = "../nat" }\n',
  'tool/build.rs': [
    'use std::env::var;',
    'fn main() {',
    '    let seen: Vec<String> = ["OPT_LEVEL", "DEBUG", "DEP_NAT_ANSWER", "TOOL_ENV", "CARGO_ENCODED_RUSTFLAGS", "CARGO_CFG_TARGET_FEATURE", "RUSTC_WRAPPER"]',
    '        .iter()',
    '        .map(|name| format!("{name}={}", var(name).unwrap_or("-".into()).replace(\'\\u{1f}\', "|")))',
    '        .collect();',
    '    println!("cargo::rustc-env=SEEN={} script_cfg={}", seen.join(" "), cfg!(by_flag));',
    '    println!("cargo::rerun-if-changed=build.rs");',
    '}',
    '',
  ].join('\n'),
  'tool/src/main.rs': [
    'fn main() {',
    '    println!("{}", env!("SEEN"));',
    '    println!("{} {} {:?}", cfg!(by_flag), cfg!(debug_assertions), option_env!("TOOL_ENV"));',
    '    println!("{}", nat::said());',
    '}',
    '#[test]',
    'fn runs_by_the_runner() {',
    '    assert_eq!(std::env::var("RAN_BY").as_deref(), Ok("runner"));',
    '}',
    '',
  ].join('\n'),
  'runner.sh': '#!/bin/sh\nRAN_BY=runner exec "$@"\n',
  'wrap.sh': '#!/bin/sh\nexec "$@"\n',
};

const triple = execFileSync('rustc', ['-vV'], { encoding: 'utf8' }).match(/^host: (.*)$/m)?.[1];

const configuration = [
  '[build]',
  'rustflags = ["--cfg", "by_flag", "-C", "target-feature=+sse4.1"]',
  'rustc-wrapper = "./wrap.sh"',
  '[env]',
  'TOOL_ENV = { value = "sub/folder", relative = true }',
  '[profile.dev]',
  'opt-level = 1',
  'debug-assertions = false',
  "[target.'cfg(unix)']",
  'runner = "./runner.sh"',
  `[target.${triple}.nat]`,
  'rustc-cfg = ["nat_by_config"]',
  'rustc-env = { NAT = "by config" }',
  'answer = "config"',
  '',
].join('\n');

function configured(text: string): Project {
  const made = project({ ...printing, '.cargo/config.toml': text });
  execFileSync('chmod', ['+x', 'runner.sh', 'wrap.sh'], { cwd: made.folder });
  return made;
}

/** What the program says as Cargo builds it. */
function byCargo({ folder }: Project, env: Readonly<Record<string, string>>): string {
  const words = [
    'run',
    '--quiet',
    '--offline',
    '-p',
    'tool',
    '--target-dir',
    join(folder, 'cargo'),
  ];
  return execFileSync('cargo', words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

test.skipIf(triple?.startsWith('x86_64-unknown-linux') !== true).each([
  ['in files', configuration, {}, 'debug'],
  [
    'for a machine by name',
    configuration.replace('[build]', `[build]\ntarget = "${triple}"`),
    {},
    `${triple}/debug`,
  ],
  [
    'by variables',
    configuration,
    {
      RUSTFLAGS: '--cfg other',
      CARGO_PROFILE_DEV_OPT_LEVEL: '2',
      TOOL_ENV: 'mine',
      RUSTC_WRAPPER: '',
    },
    'debug',
  ],
])('configuration counts as it does for Cargo: %s', (_where, text, env, folder) => {
  const made = configured(text);
  const build = made.kaon(['--workspace'], { env });
  expect(build.status, told(build)).toBe(0);
  const tested = made.kaon(['test'], { env });
  expect(tested.status, told(tested)).toBe(0);
  const ours = execFileSync(join(made.folder, `build/target/${folder}/tool`), { encoding: 'utf8' });
  expect(ours).toContain('DEP_NAT_ANSWER=config');
  expect(ours).toBe(byCargo(made, env));
});

test('a change of the configuration is seen by the next build', () => {
  const made = configured('[env]\nTOOL_ENV = "one"\n');
  expect(made.kaon([]).status).toBe(0);
  made.write('.cargo/config.toml', '[env]\nTOOL_ENV = "two"\n');
  expect(made.kaon([]).status).toBe(0);
  const ours = execFileSync(join(made.folder, 'build/target/debug/tool'), { encoding: 'utf8' });
  expect(ours).toContain('TOOL_ENV=two');
  execFileSync('rm', ['-r', '.cargo'], { cwd: made.folder });
  expect(made.kaon([]).status).toBe(0);
  const without = execFileSync(join(made.folder, 'build/target/debug/tool'), { encoding: 'utf8' });
  expect(without).toContain('TOOL_ENV=-');
  made.write('.cargo/config.toml', '[env\n');
  const broken = made.kaon([]);
  expect(broken.status).toBe(2);
  expect(told(broken)).toContain('.cargo/config.toml:1');
});

test('a variable of the configuration, or a description, compiles only what reads it', () => {
  const manifest = (name: string, more: string) =>
    `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;
  const made = project({
    'Cargo.toml': `${manifest('app', 'description = "one"\n')}[dependencies]\nreads = { path = "reads" }\nplain = { path = "plain" }\n`,
    'src/main.rs': 'fn main() { plain::f(); println!("{:?}", reads::READ); }\n',
    'reads/Cargo.toml': manifest('reads', ''),
    'reads/src/lib.rs': 'pub const READ: Option<&str> = option_env!("CHOICE");\n',
    'plain/Cargo.toml': manifest('plain', ''),
    'plain/src/lib.rs': 'pub fn f() {}\n',
    '.cargo/config.toml': '[env]\nCHOICE = "one"\n',
  });
  const compiled = () =>
    [...told(made.kaon(['-v'])).matchAll(/ --crate-name (\w+)/g)].map(([, name]) => name).sort();
  expect(compiled()).toEqual(['app', 'plain', 'reads']);
  made.write('.cargo/config.toml', '[env]\nCHOICE = "two"\n');
  expect(compiled()).toEqual(['app', 'reads']);
  made.write('Cargo.toml', made.read('Cargo.toml').replace('"one"', '"two"'));
  expect(compiled()).toEqual([]);
});

test('variables that Cargo heeds count each time, also where nothing else changed', () => {
  const made = configured('');
  const said = (env: Readonly<Record<string, string>>) => {
    const build = made.kaon([], { env });
    expect(build.status, told(build)).toBe(0);
    const program = join(made.folder, 'build/target/debug/tool');
    return execFileSync(program, { encoding: 'utf8' }).split('\n')[1];
  };
  const release = { CARGO_PROFILE_DEV_DEBUG_ASSERTIONS: 'false' };
  expect(said({})).toBe('false true None');
  expect(said({ RUSTFLAGS: '--cfg by_flag' })).toBe('true true None');
  expect(said(release)).toBe('false false None');
  expect(said({})).toBe('false true None');
  // What is known to be up to date knows it of such variables, too.
  expect(said({})).toBe('false true None');
  expect(said(release)).toBe('false false None');
});

test('what [env] says gives way to a variable that is set, in this build and not in that', () => {
  const made = project({
    'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
    'src/main.rs': 'fn main() { println!("{}", std::env::var("CHOICE").unwrap()); }\n',
    '.cargo/config.toml': '[env]\nCHOICE = "configured"\n',
  });
  const run = (env: Readonly<Record<string, string>>) =>
    made.kaon(['run', '-q'], { env }).stdout.trim();
  expect(run({})).toBe('configured');
  expect(run({ CHOICE: 'mine' })).toBe('mine');
  expect(run({})).toBe('configured');
});

test('a build script may make the source that its package is compiled from', () => {
  const made = project({
    'Cargo.toml':
      '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[[bin]]\nname = "app"\npath = "src/made.rs"\n',
    'src/made.rs.in': 'fn main() {}\n',
    'build.rs':
      'fn main() { println!("cargo::rerun-if-changed=src/made.rs.in"); std::fs::copy("src/made.rs.in", "src/made.rs").unwrap(); }\n',
  });
  const first = made.kaon([]);
  expect(first.status, told(first)).toBe(0);
  // It came while the build ran.
  made.kaon([]);
  expect(told(made.kaon([]))).toContain('up to date');
});
