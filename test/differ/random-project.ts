import { stringLiteral } from '../../src/lang/string-literal.ts';
import { Random } from '../fuzz/random.ts';
import { dependencyLines, nameOfDependency } from './random-dependencies.ts';
import { rustTarget } from './random-rust.ts';
import { buildTarget, customTarget, generatorLine } from './random-targets.ts';

/** A project that nobody wrote, and how it is set up. */
export interface RandomProject {
  readonly files: ReadonlyMap<string, string>;
  readonly setupOptions: readonly string[];
}

/** What build files that are written one after the other have declared so far. */
export interface Draft {
  readonly random: Random;
  readonly files: Map<string, string>;
  readonly languages: readonly ('c' | 'cpp')[];
  readonly hasRust: boolean;
  /** Libraries that only Rust links. */
  readonly crates: string[];
  readonly targets: DraftTarget[];
  /** Variables that hold dependencies, custom targets, generators and include folders. */
  readonly dependencies: string[];
  readonly customTargets: string[];
  readonly generators: string[];
  readonly includes: string[];
  count: number;
}

export interface DraftTarget {
  readonly variable: string;
  readonly kind: 'executable' | 'static_library' | 'shared_library' | 'library' | 'both_libraries';
}

/** A C or C++ project of a seed: the same on every machine. It needs zlib and threads at most. */
export function randomProject(seed: number): RandomProject {
  const random = new Random(seed);
  const draft: Draft = {
    ...{ random, files: new Map(), targets: [], dependencies: [], customTargets: [] },
    ...{ generators: [], includes: [], crates: [], count: 0 },
    languages: random.oneIn(3) ? ['c', 'cpp'] : ['c'],
    hasRust: random.oneIn(3),
  };
  const all = [...draft.languages, ...(draft.hasRust ? ['rust'] : [])];
  const languages = all.map(stringLiteral).join(', ');
  const given = random.some(projectOptions, 8);
  const defaults =
    given.length > 0 ? `, default_options: [${given.map(stringLiteral).join(', ')}]` : '';
  const lines = [`project('random', ${languages}, version: '1.2.3'${defaults})`];
  lines.push(...random.some(projectArguments, 6));
  if (random.oneIn(3)) lines.push(...withSubproject(draft, languages));
  lines.push(...declarations(draft, '', 4 + random.below(8)));
  for (const folder of ['lib', 'app', 'app/deep']) {
    if (random.oneIn(2)) continue;
    const parent = folder.includes('/') ? `${folder.split('/')[0]}/meson.build` : undefined;
    if (parent !== undefined && !draft.files.has(parent)) continue;
    const text = declarations(draft, folder, 2 + random.below(6)).join('\n');
    draft.files.set(`${folder}/meson.build`, `${text}\n`);
    if (parent === undefined) lines.push(`subdir('${folder}')`);
    // Its declarations are known from here on, so what was declared before it stays in front.
    else draft.files.set(parent, `${draft.files.get(parent)}subdir('${folder.split('/')[1]}')\n`);
  }
  if (random.oneIn(2)) lines.push(...packageFile(draft));
  draft.files.set('meson.build', `${lines.join('\n')}\n`);
  return {
    files: draft.files,
    setupOptions: random
      .some(setupOptions, 14)
      .filter((option) => draft.languages.includes('cpp') || !option.includes('cpp_')),
  };
}

const projectOptions = [
  ...['buildtype=release', 'warning_level=3', 'c_std=gnu11', 'default_library=both', 'b_pie=true'],
  ...['b_ndebug=if-release', 'unity_size=2', 'b_staticpic=false', 'prefix=/opt/p', 'libdir=lib'],
  ...['default_library=static', 'b_asneeded=false', 'optimization=s', 'debug=false', 'b_lto=true'],
];

const setupOptions = [
  ...['-Dbuildtype=debugoptimized', '-Ddefault_library=static', '-Ddefault_library=both'],
  ...['-Db_lto=true', '-Db_coverage=true', '-Dwarning_level=0', '-Dwarning_level=everything'],
  ...['-Dunity=on', '-Dunity=subprojects', '-Dlayout=flat', '-Db_sanitize=address'],
  ...['-Db_pie=true', '-Db_staticpic=false', '-Dwerror=true', '-Doptimization=2', '-Dstrip=true'],
  ...['-Dc_args=-DCMD -O0', '-Dc_link_args=-Wl,-O1', '-Db_ndebug=true', '-Dprefer_static=true'],
  ...['-Dprefix=/usr', '-Db_lundef=false', '-Db_asneeded=false', '-Dc_std=c17', '-Ddebug=false'],
  ...['-Dinstall_umask=027', '--libdir=lib64', '-Db_colorout=never', '-Dcpp_std=c++17'],
  ...['-Dcpp_rtti=false', '-Dcpp_debugstl=true', '-Dsub:werror=false', '-Dsub:optimization=3'],
];

const projectArguments = [
  "add_project_arguments('-DPROJECT', language: 'c')",
  "add_global_arguments('-DALL', language: 'c')",
  "add_project_link_arguments('-Wl,-z,relro', language: 'c')",
  "add_project_dependencies(dependency('threads'), language: 'c')",
];

function withSubproject(
  { random, files, dependencies }: Draft,
  languages: string,
): readonly string[] {
  const own = random.oneIn(2) ? ", default_options: ['warning_level=1', 'optimization=3']" : '';
  files.set(
    'subprojects/sub/meson.build',
    [
      `project('sub', ${languages}, version: '0.3'${own})`,
      "add_project_arguments('-DSUB', language: 'c')",
      "install_headers('sub.h')",
      `sub_library = library('sub', 'sub.c', install: ${random.oneIn(2)}, version: '3.2.1')`,
      "sub_dependency = declare_dependency(link_with: sub_library, include_directories: '.')",
      "test('sub', executable('sub_program', 'main.c', dependencies: sub_dependency))",
      '',
    ].join('\n'),
  );
  files.set('subprojects/sub/sub.h', 'int sub(void);\n');
  files.set('subprojects/sub/sub.c', 'int sub(void);\nint sub(void) { return 1; }\n');
  files.set('subprojects/sub/main.c', 'int main(void) { return 0; }\n');
  dependencies.push('sub_dependency');
  const defaults = random.oneIn(2) ? ", default_options: ['default_library=static']" : '';
  return [
    `sub = subproject('sub'${defaults})`,
    "sub_dependency = sub.get_variable('sub_dependency')",
  ];
}

/** Lines of a folder's build file, and the files that they name. */
function declarations(draft: Draft, folder: string, count: number): readonly string[] {
  const { random, files } = draft;
  const place = folder === '' ? '' : `${folder}/`;
  files.set(`${place}data.txt`, 'data\n');
  files.set(`${place}config.h.in`, '#mesondefine A\n#define B @B@\n');
  return Array.from({ length: count }, () => {
    const kind = random.below(100);
    if (kind < 48)
      return draft.hasRust && random.oneIn(3)
        ? rustTarget(draft, place)
        : buildTarget(draft, place);
    if (kind < 54) return includeFolder(draft, place);
    if (kind < 68) return dependencyLines(draft);
    if (kind < 78) return customTarget(draft);
    if (kind < 82) return generatorLine(draft);
    if (kind < 86)
      return `configure_file(input: 'config.h.in', output: '${next(draft, 'config')}.h', configuration: {'A': true, 'B': 2})`;
    if (kind < 93) return testLine(draft);
    return installLine(draft);
  });
}

function includeFolder(draft: Draft, place: string): string {
  const variable = next(draft, 'include');
  draft.files.set(`${place}${variable}/header.h`, '\n');
  draft.includes.push(variable);
  const system = draft.random.oneIn(3) ? ', is_system: true' : '';
  return `${variable} = include_directories('${variable}'${system})`;
}

function testLine(draft: Draft): string {
  const { random, targets } = draft;
  const program = random.of(targets.filter(({ kind }) => kind === 'executable'));
  if (program === undefined) return "message('no program yet')";
  const other = random.of(targets.filter(({ kind }) => kind !== 'both_libraries'));
  const keywords = random.some(
    [
      `args: ['a', '--b=c', ${other?.variable ?? "'d'"}]`,
      "env: {'A': 'b'}",
      "suite: ['one', 'two']",
      'timeout: 50',
      `depends: ${program.variable}`,
      "workdir: '/tmp'",
      'priority: 3',
    ],
    4,
  );
  const call = random.oneIn(4) ? 'benchmark' : 'test';
  return `${call}(${[`'${next(draft, 'test')}'`, program.variable, ...keywords].join(', ')})`;
}

function installLine(draft: Draft): string {
  const { random } = draft;
  const lines = [
    `install_headers('data.txt', subdir: '${next(draft, 'headers')}')`,
    `install_data('data.txt', install_dir: 'share/${next(draft, 'data')}', install_tag: 'own')`,
    `install_data('data.txt', rename: '${next(draft, 'renamed')}')`,
    `install_emptydir('share/${next(draft, 'empty')}')`,
    `install_symlink('${next(draft, 'link')}', pointing_to: '../x', install_dir: 'share')`,
    "meson.add_install_script('sh', '-c', 'true')",
  ];
  return random.of(lines) ?? '';
}

function packageFile(draft: Draft): readonly string[] {
  const { random, targets, dependencies } = draft;
  const library = random.of(targets.filter(({ kind }) => kind !== 'executable'));
  if (library === undefined) return [];
  const keywords = random.some(
    [
      "name: 'Another'",
      "filebase: 'another'",
      "version: '9.8'",
      "subdirs: ['.', 'more']",
      "requires: ['zlib', 'gio-2.0 >= 2']",
      "requires_private: 'zlib >= 1.0'",
      `libraries: [${[library.variable, nameOfDependency(random, dependencies)].filter(Boolean).join(', ')}]`,
      "libraries_private: '-lm'",
      "extra_cflags: ['-DX=1', '-I${includedir}/more']",
      "variables: {'a': 'b c', 'p': '${prefix}/x'}",
      "uninstalled_variables: {'u': 'w'}",
      "url: 'https://example.org'",
      "license: 'MIT'",
    ],
    3,
  );
  const all = ["description: 'Told'", ...keywords].join(', ');
  return [`import('pkgconfig').generate(${library.variable}, ${all})`];
}

/** A name that no other thing of the project has. */
export function next(draft: Draft, kind: string): string {
  draft.count++;
  return `${kind}${draft.count}`;
}
