import { Random } from '../fuzz/random.ts';
import type { Sequence } from './sequence.ts';

const names = ['one', 'two', 'Three', 'four_4', 'with space', 'd-ash', 'six.dot'] as const;

/** A project that tells what machine files say, which are written in many ways, some of them wrong. */
export function randomMachineFiles(seed: number): Sequence {
  const random = new Random(seed);
  const isCross = random.oneIn(2);
  const files = new Map<string, string>();
  const words: string[] = [];
  for (const kind of isCross ? ['cross', 'native'] : ['native']) {
    const count = 1 + random.below(2);
    for (let at = 0; at < count; at++) {
      const path = `${kind}${at}.ini`;
      words.push(`--${kind}-file`, path);
      const machine = kind === 'cross' && at === 0 ? hostMachine(random) : '';
      files.set(path, `${machine}${machineFile(random)}`);
    }
  }
  const lines = [
    "project('random')",
    ...names.flatMap((name) => [
      `message('${name}', meson.get_external_property('${name}', 'none'))`,
      `message('${name}', meson.get_external_property('${name}', 'none', native: true))`,
    ]),
    "message(find_program('tool', required: false).found())",
    ...['prefix', 'buildtype', 'bindir', 'own'].map((name) => `message(get_option('${name}'))`),
    'message(host_machine.system(), host_machine.cpu_family(), build_machine.endian())',
    'message(meson.is_cross_build(), meson.has_exe_wrapper())',
  ];
  files.set('meson.build', `${lines.join('\n')}\n`);
  files.set('meson.options', "option('own', type: 'array', value: ['d'])\n");
  return { files, steps: [{ words: ['setup', 'build', '.', ...words] }], facts: ['buildoptions'] };
}

function machineFile(random: Random): string {
  const titled = [...new Set(random.some(titles, 3))];
  const sections = titled.map((title) => {
    const keys = random.some(keysOf[title] ?? names, 3);
    const entries = keys.map((key) => `${key}${setting(random)}`);
    return [random.oneIn(60) ? title : `[${title}]`, ...entries].join('\n');
  });
  const constants = !titled.includes('constants')
    ? ["[constants]\nbase = '/base'\nflags = ['-a', '-b']"]
    : [];
  return `${[...constants, ...sections].join(random.of(['\n', '\n\n', '\n# comment\n', '\n; comment\n']))}\n`;
}

const titles = [
  ...['properties', 'properties', 'properties', 'binaries', 'built-in options', 'project options'],
  ...['constants', 'cmake', 'sub:project options', 'Properties', 'paths', 'unknown'],
];

const keysOf: Readonly<Record<string, readonly string[]>> = {
  binaries: ['tool', 'c', 'strip', 'exe_wrapper', 'pkg-config'],
  'built-in options': ['prefix', 'buildtype', 'bindir', 'nope', 'c_args'],
  'project options': ['own', 'other'],
  constants: ['more', 'base'],
  paths: ['prefix', 'bindir'],
};

function setting(random: Random): string {
  const separator = random.of([' = ', ' = ', '=', ' =\n  ', '  =  ']) ?? '';
  const more = random.oneIn(25) ? random.of([' # note', ' ; note', ',', "'", ' = x']) : '';
  return `${separator}${expression(random, 0)}${more}`;
}

function expression(random: Random, depth: number): string {
  const kind = random.below(depth > 2 ? 8 : 14);
  if (kind < 8) return random.of(random.oneIn(40) ? odd : simple) ?? '';
  if (kind < 10) {
    const operator = random.of([' + ', ' / ', '+']) ?? '';
    return `${expression(random, depth + 1)}${operator}${expression(random, depth + 1)}`;
  }
  if (kind === 10) return `(${expression(random, depth + 1)})`;
  const items = Array.from({ length: random.below(4) }, () => expression(random, depth + 1));
  const between = random.of([', ', ',', ',\n  ', ' ,\n\n  ']) ?? '';
  return `[${items.join(between)}${random.oneIn(5) ? ',' : ''}]`;
}

const simple = [
  ...["'text'", "'with space'", "'it\\'s'", "'''three'''", "''", "'/usr'", "'a\\\\b'", "'a=b:c'"],
  ...["'@GLOBAL_SOURCE_ROOT@/x'", "'@DIRNAME@'", "'release'", "'%d'", "'ü'", 'base', 'flags'],
  ...['true', 'false', '12', '-3', 'base'],
];

const odd = ['"double"', 'True', '0x10', '1.5', 'undefined', 'none', "'open", '{}', "f'x'", '1 2'];

function hostMachine(random: Random): string {
  const values: readonly (readonly [key: string, values: readonly string[]])[] = [
    ['system', ["'linux'", "'windows'", "'none'", "'strange'"]],
    ['cpu_family', ["'aarch64'", "'x86_64'", "'riscv'"]],
    ['cpu', ["'aarch64'", "'x'"]],
    ['endian', ["'little'", "'big'", "'middle'"]],
    ['kernel', ["'linux'"]],
  ];
  const kept = values.filter(() => !random.oneIn(20));
  return `[host_machine]\n${kept.map(([key, all]) => `${key} = ${all[Math.min(random.below(all.length), random.below(all.length))]}\n`).join('')}`;
}
