import { expect, test } from 'vitest';
import type { UnitRequest } from '../../../src/cargo/units/unit-graph.ts';
import { graphOf, linux, locked, manifest, shared, unitsOf } from './graph-of.ts';

test('a release build leaves tools unoptimised; profiles of packages are heeded', () => {
  const files = {
    ...shared,
    'Cargo.toml': `${shared['Cargo.toml']}[profile.release]\ndebug = 1\n[profile.release.package.m]\nopt-level = 2\n[profile.release.package."*"]\nopt-level = "s"\n`,
  };
  expect(
    unitsOf(files, { profile: 'release' })
      .filter((unit) => !unit.includes('script'))
      .sort(),
  ).toEqual([
    'm lib build opt=2 debug=0 []',
    'top bin build opt=3 debug=1 []',
    'top lib build opt=3 debug=1 []',
    'x lib build opt=s debug=0 [a]',
    'x lib build opt=s debug=1 [b]',
  ]);
});

test('a macro that is built for itself keeps its debug information where others need it too', () => {
  const files = {
    'Cargo.toml': '[workspace]\nmembers = ["macros", "user"]\nresolver = "2"\n',
    'Cargo.lock': `version = 4\n${locked('macros', [], '')}${locked('user', ['macros'], '')}`,
    'macros/Cargo.toml': manifest('macros', '[lib]\nproc-macro = true\n'),
    'macros/src/lib.rs': '',
    'user/Cargo.toml': manifest('user', '[dependencies]\nmacros = { path = "../macros" }\n'),
    'user/src/lib.rs': '',
  };
  expect(unitsOf(files)).toEqual([
    'macros lib build opt=0 debug=2 []',
    'user lib build opt=0 debug=2 []',
  ]);
  expect(unitsOf(files, { packages: ['user'] })).toEqual([
    'macros lib build opt=0 debug=0 []',
    'user lib build opt=0 debug=2 []',
  ]);
});

test('the run of a script for a tool is told of no debug information, whatever others have', () => {
  const scripted = 'build = "build.rs"\n[features]\na = []\nb = []\n';
  const files = {
    ...shared,
    'Cargo.toml': `${shared['Cargo.toml']}[profile.release]\ndebug = 2\n`,
    'crates/x-1.0.0/Cargo.toml': manifest('x', scripted),
    'crates/x-1.0.0/build.rs': '',
    'crates/m-1.0.0/Cargo.toml': shared['crates/m-1.0.0/Cargo.toml'].replace('"a"', '"b"'),
  };
  expect(
    unitsOf(files, { profile: 'release' })
      .filter((unit) => unit.startsWith('x build-script run'))
      .sort(),
  ).toEqual([
    'x build-script run-script opt=0 debug=0 [b]',
    'x build-script run-script opt=3 debug=2 [b]',
  ]);
});

test('who comes first by name decides what the script of a tested macro is told of debug information', () => {
  const files = (user: string) => ({
    'Cargo.toml': `[workspace]\nresolver = "2"\nmembers = ["m", "${user}"]\n`,
    'Cargo.lock': `version = 4\n${locked('m', [], '')}${locked(user, ['m'], '')}`,
    'm/Cargo.toml': manifest('m', '[lib]\nproc-macro = true\n'),
    'm/src/lib.rs': '',
    'm/build.rs': '',
    [`${user}/Cargo.toml`]: manifest(user, '[dependencies]\nm = { path = "../m" }\n'),
    [`${user}/src/lib.rs`]: '',
  });
  const runs = (user: string) =>
    unitsOf(files(user), { purpose: 'test' }).filter((unit) => unit.includes('run-script'));
  expect(runs('a')).toEqual(['m build-script run-script opt=0 debug=0 []']);
  expect(runs('z')).toEqual(['m build-script run-script opt=0 debug=2 []']);
});

test('what a profile strips does not count where one of its overrides does, unless that says it, too', () => {
  const stripped = (more: string) => {
    const { units, packages } = graphOf({
      'Cargo.toml': manifest(
        'own',
        `build = "build.rs"\n[dependencies]\nd = { path = "d" }\n[profile.dev]\nstrip = "symbols"\n${more}`,
      ),
      'src/main.rs': '',
      'build.rs': '',
      'd/Cargo.toml': manifest('d'),
      'd/src/lib.rs': '',
    });
    return Object.fromEntries(
      [...units.values()]
        .filter(({ mode }) => mode === 'build')
        .map(({ target, package: of, profile }) => [
          target.kind === 'build-script' ? 'script' : packages.get(of).name,
          profile.strip,
        ]),
    );
  };
  const all = { own: 'symbols', d: 'symbols', script: 'symbols' };
  expect(stripped('')).toEqual(all);
  expect(stripped('[profile.dev.package.d]\nopt-level = 1\n')).toEqual({ ...all, d: 'none' });
  expect(stripped('[profile.dev.package.d]\nstrip = "debuginfo"\n')).toEqual({
    ...all,
    d: 'debuginfo',
  });
  const override = '[profile.dev.build-override]\nopt-level = 1\n';
  expect(stripped(override)).toEqual({ ...all, script: 'none' });
});

test('a profile that somebody names is that of tests and benchmarks, too', () => {
  const files = {
    'Cargo.toml': `${manifest('a')}[profile.test]\nopt-level = 1\n[profile.bench]\nopt-level = 2\n`,
    'src/lib.rs': '',
  };
  const levels = (change: Partial<UnitRequest>) =>
    [...graphOf(files, change).units.values()].map(({ profile }) => profile.optLevel);
  expect(levels({ purpose: 'test', profile: 'dev' })).toContain('1');
  expect(levels({ purpose: 'test', profile: 'dev', isProfileNamed: true })).not.toContain('1');
  expect(levels({ purpose: 'bench', profile: 'release' })).toContain('2');
  expect(levels({ purpose: 'bench', profile: 'release', isProfileNamed: true })).not.toContain('2');
});

test("debug information lies beside objects where Apple's machines are built for", () => {
  const split = (more: string, change: Partial<UnitRequest> = {}) => {
    const files = { ...shared, 'Cargo.toml': `${shared['Cargo.toml']}${more}` };
    const platform = (side: string) => ({
      cfgs: linux,
      triple: side === 'host' ? 'aarch64-apple-darwin' : 'x86_64-unknown-linux-gnu',
    });
    const { units } = graphOf(files, { isCross: true, platform, ...change });
    const found = [...units.values()].map(({ side, profile }) => [side, profile.splitDebuginfo]);
    return new Set(found.map((one) => one.join(' ')));
  };
  expect(split('')).toContain('host unpacked');
  expect(split('')).not.toContain('build unpacked');
  expect(split('[profile.dev]\nsplit-debuginfo = "packed"\n')).toContain('host packed');
  expect(split('', { profile: 'release' })).not.toContain('host unpacked');
});

test('what is compiled for the machine that builds has the same names whichever machine the rest is for', () => {
  const names = (triple: string | undefined) => {
    const { units } = graphOf(shared, {
      profile: 'release',
      isCross: triple !== undefined,
      compiler: (side) => (side === 'host' ? `rustc 1 ${triple ?? ''}` : 'rustc 1 '),
    });
    const found = [...units.values()].filter(({ mode }) => mode === 'build');
    return {
      tools: found.filter(({ side }) => side === 'build').map(({ hash }) => hash),
      all: new Set(found.map(({ hash }) => hash)),
    };
  };
  const [first, second, plain] = [names('one'), names('other'), names(undefined)];
  expect(first.tools).toHaveLength(3);
  expect(second.tools).toEqual(first.tools);
  expect(first.tools.filter((hash) => plain.all.has(hash))).toEqual(first.tools);
  expect([...first.all].filter((hash) => second.all.has(hash))).toEqual(first.tools);
});
