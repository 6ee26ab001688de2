import { expect, test } from 'vitest';
import { Rows } from '../../../src/base/rows.ts';
import type {
  CrateBuild,
  CrateMachineTools,
  CratePackage,
  CratePackageId,
  CrateUnit,
  CrateUnitId,
  UnitTarget,
} from '../../../src/model/crate-graph.ts';
import { crateArtifacts } from '../../../src/plan/languages/rust/units/crate-artifacts.ts';
import { plainLibrary } from '../../../src/plan/languages/rust/units/plain-library.ts';
import {
  plainProgram,
  testedExamples,
  testedPrograms,
} from '../../../src/plan/languages/rust/units/program-places.ts';
import { pastShell } from '../../../src/plan/languages/rust/units/through-shell.ts';
import {
  doctestPlace,
  linkArguments,
  tellsBreakage,
  unitArguments,
} from '../../../src/plan/languages/rust/units/unit-arguments.ts';
import {
  compileEnvironment,
  programEnvironment,
} from '../../../src/plan/languages/rust/units/unit-environment.ts';
import { linkedRuns, unitFiles } from '../../../src/plan/languages/rust/units/unit-files.ts';

const machine: CrateMachineTools = {
  triple: 'x86_64-unknown-linux-gnu',
  ...{ isNamed: false, sysroot: '/rust', linker: undefined, rustflags: [], rustdocflags: [] },
  ...{ runner: [], scriptOutputs: {}, cfgs: {} },
};

const paths = { sourceRoot: '/w', buildRoot: '/w/build', toSource: '..' };

/** Units, each `package kind name` with the external names of those it needs by their place. */
function built(
  lines: readonly (readonly [string, UnitTarget['kind'], Readonly<Record<string, number>>?])[],
): { readonly build: CrateBuild; readonly unit: (at: number) => CrateUnit } {
  const packages = new Rows<CratePackageId, CratePackage>();
  const units = new Rows<CrateUnitId, CrateUnit>();
  for (const [at, [name, kind, needs = {}]] of lines.entries()) {
    const of = packages.add({
      ...{ name, version: '1.0.0', source: { kind: 'path' }, folder: `/w/${name}`, isMember: true },
      ...{ links: undefined, environment: {}, lints: [], declaredFeatures: [], checkCfg: [] },
      programs: [`${name}-tool`],
      linkedTargets: [`bin=${name}-tool`],
      scriptConsumers: ['lib', `bin=${name}-tool`],
    });
    const target: UnitTarget = {
      ...{ kind, name, crateTypes: [kind === 'lib' ? 'lib' : 'bin'], path: `/w/${name}/x.rs` },
      ...{ edition: '2021', harness: true, doctest: false, doc: true, test: true, bench: false },
      requiredFeatures: [],
    };
    units.add({
      ...{ package: of, target, mode: 'build', side: 'host', features: [], lto: [] },
      profile: {
        ...{ name: 'dev', optLevel: '0', lto: 'false', codegenUnits: undefined, debuginfo: '2' },
        ...{ splitDebuginfo: undefined, debugAssertions: true, overflowChecks: true, rpath: false },
        ...{ incremental: false, panic: 'unwind', strip: 'none' },
      },
      dependencies: Object.entries(needs).map(([externName, unit]) => ({
        unit: unit as CrateUnitId, // counted from the lines
        externName,
        isDev: false,
      })),
      hash: `h${at}`,
      isSelected: false,
    });
  }
  const graph = { root: '/w', packages, units, roots: [] };
  const tools = {
    ...{ rustc: ['rustc'], wrapper: undefined, workspaceWrapper: undefined, rustdoc: ['rustdoc'] },
    ...{ cargo: 'cargo', scriptRunner: [], environment: {} },
    takes: { checkCfg: true, testRunDirectory: true, futureIncompat: false },
    rustup: { toolchain: 'stable', libraries: '/rust/lib' },
    sides: { build: machine, host: machine },
  };
  const build = { graph, folder: 'target', tools };
  return { build, unit: (at) => units.get(at as CrateUnitId) }; // counted from the lines
}

test('crates stand in the order of their packages, whatever name the source knows them by', () => {
  const { build, unit } = built([
    ['serde', 'lib'],
    ['serde_json', 'lib'],
    ['app', 'bin', { serde_json: 1, zerde: 0 }],
  ]);
  const externs = linkArguments(paths, build, unit(2)).filter((word) => word.includes('=/'));
  expect(externs).toEqual([
    'dependency=/w/build/target/debug/deps',
    'zerde=/w/build/target/debug/deps/libserde-h0.rlib',
    'serde_json=/w/build/target/debug/deps/libserde_json-h1.rlib',
  ]);
});

test('crates do not name a library that is for C alone', () => {
  const { build, unit } = built([
    ['for_c', 'lib'],
    ['app', 'bin', { for_c: 0 }],
  ]);
  const named = (crateTypes: readonly string[]) => {
    Object.assign(unit(0).target, { crateTypes });
    return linkArguments(paths, build, unit(1)).includes('--extern');
  };
  expect([named(['cdylib', 'staticlib']), named(['cdylib', 'rlib'])]).toEqual([false, true]);
});

test('a library that is a shared one, too, is named as both', () => {
  const { build, unit } = built([
    ['both', 'lib'],
    ['app', 'bin', { both: 0 }],
    ['user', 'lib', { both: 0 }],
  ]);
  Object.assign(unit(0).target, { crateTypes: ['lib', 'dylib', 'staticlib'] });
  const externs = (at: number) =>
    linkArguments(paths, build, unit(at)).filter((word) => word.startsWith('both='));
  const expected = ['rlib', 'so'].map((end) => `both=/w/build/target/debug/deps/libboth.${end}`);
  expect(externs(1)).toEqual(expected);
  expect(externs(2)).toEqual(expected);
});

test('the first program of a name has it for itself, those with other features a folder', () => {
  const { build, unit } = built([
    ['tool', 'bin'],
    ['tool', 'bin'],
    ['tool', 'example'],
  ]);
  expect([0, 1, 2].map((at) => plainProgram(build, unit(at)))).toEqual([
    'target/debug/tool',
    'target/debug/h1/tool',
    'target/debug/examples/tool',
  ]);
  expect(unitFiles(build, unit(1)).main).toBe('target/debug/deps/tool-h1');
});

test('a shared library of Rust lies beside programs under its own name; one that is wanted for itself first', () => {
  const { build, unit } = built([
    ['shared', 'lib'],
    ['shared', 'lib'],
    ['plain', 'lib'],
  ]);
  for (const at of [0, 1]) Object.assign(unit(at).target, { crateTypes: ['dylib'] });
  const paths = () => [0, 1, 2].map((at) => plainLibrary(build, unit(at))?.path);
  expect(paths()).toEqual(['target/debug/libshared.so', undefined, undefined]);
  expect(plainLibrary(build, unit(0))?.from).toBe('target/debug/deps/libshared.so');
  Object.assign(build.graph, { roots: [1] });
  expect(paths()).toEqual([undefined, 'target/debug/libshared.so', undefined]);
});

test('all programs of a test lie in one folder, that of their own where one is built otherwise', () => {
  const { build, unit } = built([
    ['tool', 'bin'],
    ['tool', 'bin'],
    ['other', 'bin'],
    ['usual', 'test', { tool: 0, other: 2 }],
    ['odd', 'test', { tool: 1, other: 2 }],
  ]);
  const places = (at: number) => testedPrograms(build, unit(at)).map(({ path }) => path);
  expect(places(3)).toEqual(['target/debug/tool', 'target/debug/other']);
  expect(places(4).map((path) => path.replace(/-[0-9a-f]{16}/, '-HASH'))).toEqual([
    'target/debug/programs-HASH/tool',
    'target/debug/programs-HASH/other',
  ]);
});

test('tests lie in a folder laid out as Cargo’s: where programs or examples are built otherwise for them, in its', () => {
  const { build, unit } = built([
    ['tool', 'bin'],
    ['shown', 'example'],
    ['usual', 'test', { tool: 0 }],
    ['tool', 'bin'],
    ['shown', 'example'],
    ['odd', 'test', { tool: 3 }],
    ['tool', 'bin'],
    ['shown', 'example'],
    ['alone', 'lib'],
  ]);
  for (let at = 0; at < 8; at++) {
    const { package: of } = unit(0);
    const mode = [2, 5, 6, 7].includes(at) ? 'test' : 'build';
    const profile = { ...unit(at).profile, ...(at > 2 && { name: 'test', optLevel: '1' }) };
    Object.assign(unit(at), { package: of, mode, profile });
  }
  Object.assign(unit(8), { mode: 'test', profile: { ...unit(8).profile, optLevel: '1' } });
  const lies = (at: number) => unitFiles(build, unit(at)).main.replace(/-[0-9a-f]{16}/, '-HASH');
  const odd = 'target/debug/programs-HASH';
  expect([2, 5, 6, 7, 8].map(lies)).toEqual([
    'target/debug/deps/usual-h2',
    `${odd}/deps/odd-h5`,
    `${odd}/deps/tool-h6`,
    `${odd}/examples/shown-h7`,
    'target/debug/deps/alone-h8',
  ]);
  const examples = (at: number) =>
    testedExamples(build, unit(at)).map(({ path }) => path.replace(/-[0-9a-f]{16}/, '-HASH'));
  expect([2, 6].map(examples)).toEqual([
    ['target/debug/examples/shown'],
    [`${odd}/examples/shown`],
  ]);
});

test('a shared crate of Rust takes the standard library along only where it was asked for', () => {
  const { build, unit } = built([['shared', 'lib']]);
  const target = { ...unit(0).target, crateTypes: ['dylib'] };
  const words = (isSelected: boolean) =>
    unitArguments(paths, build, { ...unit(0), target, isSelected });
  expect(words(true)).not.toContain('prefer-dynamic');
  expect(words(false)).toContain('prefer-dynamic');
});

test('debug information is split only where there is any', () => {
  const { build, unit } = built([['app', 'lib']]);
  const split = (debuginfo: string) => {
    const profile = { ...unit(0).profile, debuginfo, splitDebuginfo: 'unpacked' };
    const words = unitArguments(paths, build, { ...unit(0), profile });
    return words.filter((word) => word.includes('debuginfo'));
  };
  expect(split('0')).toEqual([]);
  expect(split('1')).toEqual(['debuginfo=1', 'split-debuginfo=unpacked']);
});

test('an example that is a library has no name of a program', () => {
  const { build, unit } = built([['shown', 'example']]);
  const named = (crateTypes: readonly string[]) =>
    compileEnvironment(paths, build, {
      ...unit(0),
      target: { ...unit(0).target, crateTypes },
    }).some(({ name }) => name === 'CARGO_BIN_NAME');
  expect([named(['bin']), named(['staticlib'])]).toEqual([true, false]);
});

test('tests are told of programs that lack a feature, and examples are tested where they lie', () => {
  const { build, unit } = built([
    ['shown', 'test'],
    ['shown', 'example'],
  ]);
  expect(compileEnvironment(paths, build, { ...unit(0), mode: 'test' })).toContainEqual({
    kind: 'set',
    name: 'CARGO_BIN_EXE_shown-tool',
    value: '/w/build/target/debug/shown-tool',
  });
  expect(unitFiles(build, { ...unit(1), mode: 'test' }).folder).toBe('target/debug/examples');
});

test('variables that a shell would lose are set behind it', () => {
  const set = (name: string) => ({ kind: 'set', name, value: '/x' }) as const;
  expect(pastShell([set('CARGO_BIN_EXE_tool')], ['/t'])).toEqual(['/t']);
  const odd = [set('A'), set('CARGO_BIN_EXE_my-tool')];
  expect(pastShell(odd, ['/t', 'a=b']).join(' ')).toBe('env CARGO_BIN_EXE_my-tool=/x /t a=b');
  // `env` would take it for one more variable, and run nothing.
  expect(pastShell(odd, ['/w=w/t']).join(' ')).toBe(
    'env CARGO_BIN_EXE_my-tool=/x nice -n 0 /w=w/t',
  );
});

test('rustc is told a source as the manifest spells it, and runs beside libraries of the build machine', () => {
  const { build, unit } = built([['own', 'lib']]);
  const cross = {
    ...build,
    tools: { ...build.tools, sides: { build: machine, host: { ...machine, isNamed: true } } },
  };
  const target = { ...unit(0).target, path: '/w/x.rs', spelled: '/w/own/../x.rs' };
  expect(unitArguments(paths, build, { ...unit(0), target })).toContain('own/../x.rs');
  const libraries = (mode: CrateUnit['mode'], of: typeof compileEnvironment) =>
    of(paths, cross, { ...unit(0), mode }).flatMap((change) =>
      change.kind === 'prepend' ? change.value.split(':')[0] : [],
    );
  const own = '/w/build/target/debug';
  expect(libraries('build', compileEnvironment)).toEqual([`${own}/deps`]);
  expect(libraries('run-script', programEnvironment)).toEqual([own]);
  const named = '/w/build/target/x86_64-unknown-linux-gnu/debug';
  expect(libraries('test', programEnvironment)).toEqual([named]);
});

test('folders of native libraries are looked through in the order in which Cargo comes to their crates', () => {
  const { build } = built([
    ['z-sys', 'lib', { run: 5 }],
    ['b-sys', 'lib', { run: 6 }],
    ['m', 'lib', { run: 7, z: 0 }],
    ['a', 'lib', { z: 0, b: 1 }],
    ['top', 'bin', { run: 8, m: 2, z: 0, a: 3 }],
    ...(['z-sys', 'b-sys', 'm', 'top'] as const).map((name) => [name, 'build-script'] as const),
  ]);
  // Those behind the first five are runs of these packages' scripts.
  const all = [...build.graph.units.values()];
  const owners = [0, 1, 2, 4].map((at) => all[at]);
  const units = new Rows<CrateUnitId, CrateUnit>(
    all.map((unit, at) =>
      at < 5
        ? unit
        : { ...unit, mode: 'run-script', package: owners[at - 5]?.package ?? unit.package },
    ),
  );
  const whole = { ...build, graph: { ...build.graph, units } };
  const names = linkedRuns(whole, units.get(4 as CrateUnitId)).map(
    (id) => build.graph.packages.get(units.get(id).package).name,
  );
  expect(names).toEqual(['top', 'b-sys', 'z-sys', 'm']);
});

test('the folder of tests for a machine that was named lies beside what is built for it', () => {
  const { build, unit } = built([['it', 'test']]);
  const named = { ...build.tools.sides.host, isNamed: true };
  const sides = { ...build.tools.sides, host: named };
  const folder = (one: CrateBuild) =>
    compileEnvironment(paths, one, unit(0)).flatMap((change) =>
      change.kind === 'set' && change.name === 'CARGO_TARGET_TMPDIR' ? [change.value] : [],
    );
  expect(folder(build)).toEqual(['/w/build/target/tmp']);
  expect(folder({ ...build, tools: { ...build.tools, sides } })).toEqual([
    '/w/build/target/x86_64-unknown-linux-gnu/tmp',
  ]);
});

test('rustc is asked what a later one will refuse of crates from elsewhere alone, where it knows that', () => {
  const { build, unit } = built([['own', 'lib']]);
  const from = (source: CratePackage['source'], futureIncompat: boolean): boolean => {
    const packages = new Rows<CratePackageId, CratePackage>();
    packages.add({ ...build.graph.packages.get(unit(0).package), source });
    const takes = { ...build.tools.takes, futureIncompat };
    const one = { ...unit(0), package: 0 as CratePackageId };
    return tellsBreakage(
      { ...build, graph: { ...build.graph, packages }, tools: { ...build.tools, takes } },
      one,
    );
  };
  expect(from({ kind: 'path' }, true)).toBe(false);
  expect(from({ kind: 'registry', text: '' }, true)).toBe(true);
  expect(from({ kind: 'registry', text: '' }, false)).toBe(false);
});

test('an older rustc is told nothing that it does not know', () => {
  const { build, unit } = built([['own', 'lib']]);
  const takes = { checkCfg: false, testRunDirectory: false, futureIncompat: false };
  const old = { ...build, tools: { ...build.tools, takes } };
  const target = { ...unit(0).target, path: '/w/own/x.rs' };
  expect(unitArguments(paths, build, unit(0))).toContain('--check-cfg');
  expect(unitArguments(paths, old, unit(0))).not.toContain('--check-cfg');
  expect(doctestPlace(build, { ...unit(0), target })).toEqual({
    ...{ cwd: '/w', source: 'own/x.rs' },
    args: ['--test-run-directory', '/w/own'],
  });
  expect(doctestPlace(old, { ...unit(0), target })).toEqual({
    ...{ cwd: '/w/own', source: '/w/own/x.rs' },
    args: [],
  });
});

test('nobody hears of libraries that [env] names: the build names its own', () => {
  const { build, unit } = built([['own', 'lib']]);
  const environment = { LD_LIBRARY_PATH: '/theirs', OTHER: '1' };
  const own = { ...build, tools: { ...build.tools, environment } };
  const changes = compileEnvironment(paths, own, unit(0));
  const of = (wanted: string) =>
    changes.filter(({ name }) => name === wanted).map(({ kind }) => kind);
  expect(of('LD_LIBRARY_PATH')).toEqual(['prepend']);
  expect(of('OTHER')).toEqual(['set']);
});

test('rustc is told of a package that was asked for, rustdoc is not', () => {
  const { build, unit } = built([['own', 'lib']]);
  const names = (mode: CrateUnit['mode']) =>
    compileEnvironment(paths, build, { ...unit(0), mode, isSelected: true }).map(
      ({ name }) => name,
    );
  expect(names('build')).toContain('CARGO_PRIMARY_PACKAGE');
  expect(names('doctest')).not.toContain('CARGO_PRIMARY_PACKAGE');
});

test.each([
  [{ kind: 'path' }, 'x', 'path+file:///w/x#1.0.0'],
  [{ kind: 'path' }, 'a b%', 'path+file:///w/a%20b%25#x@1.0.0'],
  [
    { kind: 'git', text: 'git+https://h/x?branch=a%2Fb#0123' },
    'x-0123',
    'git+https://h/x?branch=a%2Fb#1.0.0',
  ],
  [{ kind: 'git', text: 'git+https://h/x.git#0123' }, 'x', 'git+https://h/x.git#x@1.0.0'],
  [{ kind: 'registry', text: 'sparse+https://h/index/' }, 'x', 'sparse+https://h/index/#x@1.0.0'],
] as const)('a package of %j in the folder %s is %s for Cargo', (source, folder, packageId) => {
  const { build, unit } = built([['x', 'lib']]);
  const of = build.graph.packages.get(unit(0).package);
  Object.assign(of, { source, folder: `/w/${folder}` });
  Object.assign(unit(0).target, { requiredFeatures: ['f'] });
  expect(crateArtifacts({ model: { crates: [build] }, paths })).toMatchObject([
    { packageId, manifest: `/w/${folder}/Cargo.toml`, target: { requiredFeatures: ['f'] } },
  ]);
});
