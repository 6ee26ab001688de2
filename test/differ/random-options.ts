import { stringLiteral } from '../../src/lang/string-literal.ts';
import { Random } from '../fuzz/random.ts';
import type { Sequence, Step } from './sequence.ts';

/** A project's option as a line of `meson.options`, and what may be given to it. */
interface Option {
  readonly name: string;
  readonly line: string;
  readonly values: readonly string[];
}

/** With values, the last of which may be wrong; an empty one becomes `.` with Meson where directories are told. */
const builtins: readonly (readonly [name: string, values: readonly string[]])[] = [
  ['buildtype', ['plain', 'debug', 'debugoptimized', 'release', 'minsize', 'custom', 'nope']],
  ['optimization', ['0', 'g', '1', '2', '3', 's', 'plain', '9']],
  ['debug', ['true', 'false', 'maybe']],
  ['warning_level', ['0', '1', '2', '3', 'everything', '4']],
  ['werror', ['true', 'false', 'TRUE', '1']],
  ['default_library', ['shared', 'static', 'both', 'none']],
  ['default_both_libraries', ['shared', 'static', 'auto']],
  ['unity', ['on', 'off', 'subprojects']],
  ['unity_size', ['2', '8', '1', 'x']],
  ['strip', ['true', 'false']],
  ['wrap_mode', ['default', 'nofallback', 'nodownload', 'forcefallback', 'nopromote']],
  ['force_fallback_for', ['sub', 'sub,other']],
  ['auto_features', ['enabled', 'disabled', 'auto']],
  ['layout', ['mirror', 'flat']],
  ['prefix', ['/usr', '/opt/p', '/usr/', 'relative', '/']],
  ['libdir', ['lib', 'lib64', '/usr/lib/x', '/opt/p/lib', '../lib']],
  ['bindir', ['bin', 'programs', '/usr/bin']],
  ['sysconfdir', ['etc', '/etc']],
  ['localstatedir', ['var', '/var/x']],
  ['install_umask', ['022', '027', 'preserve', '0o22', '999', '18']],
  ['errorlogs', ['true', 'false']],
  ['stdsplit', ['true', 'false']],
  ['prefer_static', ['true', 'false']],
  ['pkg_config_path', ['/a', '/a,/b', "['/a', '/b']"]],
  ['build.pkg_config_path', ['/c']],
  ['cmake_prefix_path', ['/d,/e']],
  ['backend', ['ninja']],
  ['pkgconfig.relocatable', ['true', 'false']],
  ['python.install_env', ['auto', 'prefix', 'system']],
  ['c_args', ['-DA', '-DA,-DB', '-DA -DB', "['-DA', '-DB=1,2']", '']],
  ['c_link_args', ['-lm', '']],
  ['c_std', ['c99', 'gnu11', 'none', 'c17,c11', 'gnu17,c99', 'c33']],
  ['build.c_args', ['-DQ']],
  ['b_lto', ['true', 'false']],
  ['b_ndebug', ['true', 'false', 'if-release']],
  ['b_pie', ['true', 'false']],
  ['b_sanitize', ['none', 'address', 'address,undefined', 'undefined,address']],
  ['b_staticpic', ['true', 'false']],
  ['b_coverage', ['true', 'false']],
  ['cpp_std', ['c++17', 'c++20']],
  ['rust_std', ['2021']],
];

/** Meson itself cannot tell what `install_umask` is. */
const told = builtins.slice(0, 24).filter(([name]) => name !== 'install_umask');

/** A project with a subproject in a subproject, options in each, and commands that set them. */
export function randomOptions(seed: number): Sequence {
  const random = new Random(seed);
  const pool = Array.from({ length: 3 + random.below(5) }, (_, at) => `o${at}`);
  const projects = ['', 'sub', ...(random.oneIn(2) ? ['deep'] : [])];
  const options = new Map(projects.map((name) => [name, someOptions(random, pool)]));
  const language = random.oneIn(4) ? ", 'c'" : '';
  const files = new Map<string, string>();
  for (const [at, name] of projects.entries()) {
    const own = options.get(name) ?? [];
    const next = projects[at + 1];
    const folder = name === '' ? '' : `subprojects/${name}/`;
    const given = random.oneIn(2) ? defaults(random, own, next) : '';
    const lines = [
      `project('${name || 'main'}'${at === 2 ? '' : language}, meson_version: '>=1.1'${given})`,
      ...own.map((option) => `message('${option.name}', get_option('${option.name}'))`),
      ...random.some(told, 5).map(([builtin]) => `message('${builtin}', get_option('${builtin}'))`),
    ];
    if (next !== undefined) {
      const wanted = random.oneIn(2) ? defaults(random, options.get(next) ?? [], undefined) : '';
      const required = random.oneIn(4) ? ', required: false' : '';
      lines.push(`subproject('${next}'${wanted}${required})`);
    }
    files.set(`${folder}meson.build`, `${lines.join('\n')}\n`);
    files.set(`${folder}meson.options`, optionsText(own));
  }
  files.set('native.ini', machineFile(random, options));
  return { files, steps: randomSteps(random, pool, options), facts: ['buildoptions'] };
}

function randomSteps(
  random: Random,
  pool: readonly string[],
  options: ReadonlyMap<string, readonly Option[]>,
): readonly Step[] {
  const file = random.oneIn(3) ? ['--native-file', 'native.ini'] : [];
  const steps: Step[] = [
    { words: ['setup', 'build', '.', ...file, ...assignments(random, options)] },
  ];
  const count = 2 + random.below(5);
  for (let at = 0; at < count; at++) {
    const words = assignments(random, options);
    const kind = random.below(12);
    if (kind < 6) steps.push({ words: ['configure', 'build', ...changes(random, options)] });
    else if (kind < 8) steps.push({ words: ['setup', '--reconfigure', 'build', ...words] });
    else if (kind < 9) steps.push({ words: ['setup', '--wipe', 'build', ...words] });
    else if (kind < 10) steps.push({ words: ['setup', '--reconfigure', '--clearcache', 'build'] });
    else {
      const name = random.of([...options.keys()]) ?? '';
      const folder = name === '' ? '' : `subprojects/${name}/`;
      const kept = (options.get(name) ?? []).filter(() => !random.oneIn(3));
      const fresh = someOptions(random, pool);
      const names = new Set(fresh.map((option) => option.name));
      const all = [...fresh, ...kept.filter((option) => !names.has(option.name))];
      steps.push(
        { path: `${folder}meson.options`, text: optionsText(all) },
        // A build directory that is kept has the old defaults with Meson, the new ones with kaon.
        { words: ['setup', '--wipe', 'build', ...words] },
      );
    }
  }
  return steps;
}

function someOptions(random: Random, pool: readonly string[]): readonly Option[] {
  return pool.filter(() => !random.oneIn(3)).map((name) => randomOption(random, name));
}

function randomOption(random: Random, name: string): Option {
  const { type, fields, values } = random.of(kinds)?.(random) ?? {
    type: 'string',
    fields: [],
    values: [],
  };
  const others = [
    ...(random.oneIn(3) ? ['yield: true'] : []),
    ...(random.oneIn(3) ? ["description: 'About it'"] : []),
    ...(random.oneIn(7) ? [deprecation(random, values)] : []),
  ];
  const line = `option('${name}', type: '${type}'${[...fields, ...others].map((field) => `, ${field}`).join('')})`;
  return { name, line, values };
}

/** Types of options: what each declares, and values of which the last are wrong. */
const kinds: readonly ((random: Random) => {
  readonly type: string;
  readonly fields: readonly string[];
  readonly values: readonly string[];
})[] = [
  (random) => ({
    type: 'string',
    fields: random.oneIn(3) ? [] : [`value: '${random.of(['x', '', 'a b', 'ä', 'true'])}'`],
    values: ['x', '', 'a b', 'a,b', "it's", 'true', '1'],
  }),
  (random) => ({
    type: 'boolean',
    fields: random.oneIn(3) ? [] : [`value: ${random.of(['true', 'false', "'true'"])}`],
    values: ['true', 'false', 'True', 'yes', '1'],
  }),
  (random) => ({
    type: 'combo',
    fields: [
      "choices: ['one', 'two', 'three']",
      ...(random.oneIn(3) ? [] : [`value: '${random.of(['one', 'two', 'three'])}'`]),
    ],
    values: ['one', 'two', 'three', 'four', ''],
  }),
  (random) => ({
    type: 'integer',
    fields: [
      `value: ${random.of(['3', '5', "'4'", '0'])}`,
      ...(random.oneIn(2) ? ['min: 0'] : []),
      ...(random.oneIn(2) ? ['max: 10'] : []),
    ],
    values: ['0', '7', '-1', '11', '0x5', 'x', ' 3'],
  }),
  (random) => ({
    type: 'array',
    fields:
      random.of([
        ["value: ['a', 'b']"],
        ["choices: ['a', 'b', 'c']"],
        ["choices: ['a', 'b', 'c']", "value: ['b']"],
        ['value: []'],
      ]) ?? [],
    values: ['a', 'a,b', "['a', 'b']", '', '[]', 'b,a,b', 'c,d', "['a', 1]", '[a'],
  }),
  (random) => ({
    type: 'feature',
    fields: random.oneIn(3) ? [] : [`value: '${random.of(['enabled', 'disabled', 'auto'])}'`],
    values: ['enabled', 'disabled', 'auto', 'true', 'on'],
  }),
];

function deprecation(random: Random, values: readonly string[]): string {
  const [first = 'x', second = 'y'] = values.map((value) => value.replace(/['[\]]/g, ''));
  return (
    random.of([
      'deprecated: true',
      `deprecated: ['${first}']`,
      `deprecated: {'old': '${first}', '${second}': '${first}'}`,
      "deprecated: 'o0'",
    ]) ?? ''
  );
}

function optionsText(options: readonly Option[]): string {
  return options.map(({ line }) => `${line}\n`).join('');
}

/** `default_options` of a project, some of them for the project below it. */
function defaults(random: Random, own: readonly Option[], below: string | undefined): string {
  const entries = random
    .some([...own.map(toPair), ...builtins], 6)
    .map(
      ([name, values]) =>
        [
          below !== undefined && random.oneIn(4) ? `${below}:${name}` : name,
          oneOf(random, values),
        ] as const,
    );
  if (entries.length === 0) return '';
  return random.oneIn(3)
    ? `, default_options: {${entries.map(([name, value]) => `${stringLiteral(name)}: ${stringLiteral(value)}`).join(', ')}}`
    : `, default_options: [${entries.map(([name, value]) => stringLiteral(`${name}=${value}`)).join(', ')}]`;
}

/** `-D` words, mostly of options that are there. */
function assignments(
  random: Random,
  options: ReadonlyMap<string, readonly Option[]>,
): readonly string[] {
  return Array.from({ length: random.below(4) }, () => {
    const [name, values] = someName(random, options);
    const value = oneOf(random, values);
    if (random.oneIn(12) && /^(prefix|libdir|buildtype|warning_level)$/.test(name))
      return `--${name.replace('_', '').replace('warninglevel', 'warnlevel')}=${value}`;
    return `-D${name}=${value}`;
  });
}

/** Without a word `configure` prints all options, which kaon does in its own manner; what `-U` takes back differs by design. */
function changes(
  random: Random,
  options: ReadonlyMap<string, readonly Option[]>,
): readonly string[] {
  const words = assignments(random, options);
  return words.length > 0 ? words : ['-Ddebug=true'];
}

function someName(
  random: Random,
  options: ReadonlyMap<string, readonly Option[]>,
): readonly [name: string, values: readonly string[]] {
  if (random.oneIn(25))
    return [random.of(['nope', 'sub:nope', 'nosub:werror', ':o0']) ?? '', ['1']];
  const project = random.of([...options.keys()]) ?? '';
  const own = (options.get(project) ?? []).map(toPair);
  const [name, values] =
    random.of(random.oneIn(2) && own.length > 0 ? own : builtins) ?? (['debug', ['true']] as const);
  return [project === '' ? name : `${project}:${name}`, values];
}

function machineFile(random: Random, options: ReadonlyMap<string, readonly Option[]>): string {
  const sections = [...options].flatMap(([project, own]) => {
    const prefix = project === '' ? '' : `${project}:`;
    const of = (title: string, pairs: readonly Pair[]): string =>
      `[${prefix}${title}]\n${random
        .some(pairs, 5)
        .map(([name, values]) => `${name} = ${stringLiteral(oneOf(random, values))}\n`)
        .join('')}`;
    return [of('built-in options', builtins), of('project options', own.map(toPair))];
  });
  return sections.join('');
}

type Pair = readonly [name: string, values: readonly string[]];

function toPair({ name, values }: Option): Pair {
  return [name, values];
}

/** One of some values, the first more often than the last. */
function oneOf(random: Random, values: readonly string[]): string {
  return values[Math.min(random.below(values.length), random.below(values.length))] ?? '';
}
