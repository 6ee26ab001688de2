import { stringLiteral } from '../../src/lang/string-literal.ts';
import { type Draft, type DraftTarget, next } from './random-project.ts';

const kinds: readonly DraftTarget['kind'][] = [
  ...(['executable', 'executable', 'executable', 'static_library', 'static_library'] as const),
  ...(['shared_library', 'library', 'library', 'both_libraries'] as const),
];

/** A program or a library, with sources of its own. */
export function buildTarget(draft: Draft, place: string): string {
  const { random, targets } = draft;
  const kind = random.of(kinds) ?? 'executable';
  const variable = next(draft, 'target');
  const sources = Array.from({ length: 1 + random.below(3) }, (_, at) =>
    stringLiteral(source(draft, place, at === 0 && kind === 'executable')),
  );
  const generated = random.some(draft.customTargets, 4);
  const processed = random.oneIn(5) ? random.of(draft.generators) : undefined;
  const all = [
    stringLiteral(variable),
    ...sources,
    ...generated,
    ...(processed === undefined ? [] : [`${processed}.process('data.txt')`]),
    ...linked(draft, kind),
    ...random.some(draft.dependencies, 4).slice(0, 2).map(asKeyword('dependencies')),
    ...keywords(draft, kind),
  ];
  targets.push({ variable, kind });
  return `${variable} = ${kind}(${merged(all).join(', ')})`;
}

/** What may stand behind a keyword once stands there as one list. */
function merged(words: readonly string[]): readonly string[] {
  const lists = new Map<string, string[]>();
  const plain: string[] = [];
  for (const word of words) {
    const [, key, value] =
      /^(dependencies|link_with|link_whole|include_directories): (.*)$/.exec(word) ?? [];
    if (key === undefined || value === undefined) plain.push(word);
    else lists.set(key, [...(lists.get(key) ?? []), value]);
  }
  return [...plain, ...[...lists].map(([key, values]) => `${key}: [${values.join(', ')}]`)];
}

function asKeyword(key: string): (value: string) => string {
  return (value) => `${key}: ${value}`;
}

function linked(
  { random, targets, includes }: Draft,
  kind: DraftTarget['kind'],
): readonly string[] {
  const libraries = targets.filter((one) => one.kind !== 'executable');
  const archives = targets.filter((one) => one.kind === 'static_library');
  return [
    ...random
      .some(libraries, 4)
      .slice(0, 3)
      .map(({ variable }) => `link_with: ${variable}`),
    ...(random.oneIn(8) && kind !== 'static_library'
      ? archives.slice(0, 1).map(({ variable }) => `link_whole: ${variable}`)
      : []),
    ...random.some(includes, 4).map(asKeyword('include_directories')),
  ];
}

function keywords({ random }: Draft, kind: DraftTarget['kind']): readonly string[] {
  const isLibrary = kind !== 'executable';
  const isShared = kind === 'shared_library';
  return random.some(
    [
      'install: true',
      "c_args: ['-DOWN=1', '-UOTHER']",
      "link_args: ['-Wl,--no-undefined']",
      "install_rpath: '/opt/r'",
      "build_rpath: '/opt/b'",
      "override_options: ['optimization=2', 'werror=false']",
      "gnu_symbol_visibility: 'hidden'",
      'implicit_include_directories: false',
      'build_by_default: false',
      "extra_files: 'data.txt'",
      "link_depends: 'data.txt'",
      "install_tag: 'own'",
      ...(isLibrary
        ? ["name_prefix: ''"]
        : ["name_suffix: 'run'", 'export_dynamic: true', 'pie: true']),
      ...(isShared ? ["soversion: '4'", "version: '4.5.6'"] : []),
      ...(kind === 'static_library' ? ['pic: true', 'prelink: true'] : []),
    ],
    9,
  );
}

function source(
  { random, files, languages, count }: Draft,
  place: string,
  isMain: boolean,
): string {
  const language = random.of(languages) ?? 'c';
  const name = `source${count}_${files.size}.${language}`;
  const symbol = name.replace('.', '_');
  const body = isMain ? 'int main(void) { return 0; }' : `int ${symbol}(void) { return 1; }`;
  const declaration = isMain ? '' : `int ${symbol}(void);\n`;
  files.set(`${place}${name}`, `${declaration}${body}\n`);
  return name;
}

export function customTarget(draft: Draft): string {
  const { random, targets, customTargets } = draft;
  const variable = next(draft, 'custom');
  const outputs =
    random.of([[`${variable}.c`], [`${variable}.h`], [`${variable}.c`, `${variable}.h`]]) ?? [];
  const program = random.of(targets.filter(({ kind }) => kind === 'executable'));
  const script = 'for f in "$@"; do echo "/* made */" > "$f"; done';
  const after = random.some(
    [
      "input: 'data.txt'",
      `install: true, install_dir: [${outputs.map((_one, at) => (at === 0 ? "'share/made'" : 'false')).join(', ')}]`,
      'build_by_default: true',
      "depend_files: 'data.txt'",
      "env: {'A': 'b'}",
      'build_always_stale: true',
      ...(program === undefined ? [] : [`depends: ${program.variable}`]),
      'console: true',
    ],
    5,
  );
  customTargets.push(random.oneIn(5) ? `${variable}[0]` : variable);
  const words = [
    stringLiteral(variable),
    `output: [${outputs.map(stringLiteral).join(', ')}]`,
    `command: ['sh', '-c', '${script}', 'sh', '@OUTPUT@']`,
    ...after,
  ];
  return `${variable} = custom_target(${words.join(', ')})`;
}

/** It copies what it is given, a comment, to a source. */
export function generatorLine(draft: Draft): string {
  const variable = next(draft, 'generator');
  draft.generators.push(variable);
  const script = 'echo "/* made */" > "$1"';
  const depfile = draft.random.oneIn(5) ? ", depfile: '@BASENAME@.d'" : '';
  return `${variable} = generator(find_program('sh'), output: '@BASENAME@_${variable}.${draft.random.of(['c', 'h'])}', arguments: ['-c', '${script}', 'sh', '@OUTPUT@', '@INPUT@']${depfile})`;
}
