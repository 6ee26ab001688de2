import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { ProjectTexts } from './check-text.ts';

/** Projects whose build files are changed: every folder of Meson's own tests, below `test cases` of its sources. */
export function corpusProjects(corpus: string): readonly ProjectTexts[] {
  const root = join(corpus, 'test cases');
  return readdirSync(root).flatMap((category) => {
    const folder = join(root, category);
    if (!statSync(folder).isDirectory()) return [];
    return readdirSync(folder).flatMap((name) => readProject(join(folder, name)));
  });
}

/** Build files with their texts, all other files with a little of theirs. */
function readProject(folder: string): readonly ProjectTexts[] {
  if (!statSync(folder).isDirectory()) return [];
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    texts[relative(folder, path)] = isBuildFile(path) ? text : text.slice(0, 200);
  }
  return texts['meson.build'] === undefined ? [] : [texts];
}

export function isBuildFile(path: string): boolean {
  return /^meson(\.build|\.options|_options\.txt)$/.test(basename(path));
}

/** A few of ours, for a quick look without Meson's sources. */
export const ownProjects: readonly ProjectTexts[] = [
  {
    'meson.build': `project('all', 'c', version: '1.0', default_options: ['warning_level=2'])
# What it is built with.
cc = meson.get_compiler('c')
conf = configuration_data()
foreach name, check : {'HAVE_A': cc.has_header('a.h'), 'HAVE_B': cc.has_function('b')}
  conf.set10(name, check)
endforeach
configure_file(output: 'config.h', configuration: conf)
sources = files('a.c', 'b.c')
if get_option('extra').allowed() and host_machine.system() == 'linux'
  sources += files(['c.c'])
elif not (get_option('level') > 2)
  warning(f'level @level@'.strip())
else
  message('none', get_option('names'))
endif
subdir('lib')
exe = executable('prog', sources, link_with: lib, dependencies: [dep],
  c_args: ['-DX="@0@"'.format(meson.project_version())], install: true)
gen = custom_target(input: 'a.in', output: '@BASENAME@.txt', command: [exe, '@INPUT@', '@OUTPUT@'])
test('runs', exe, args: ['--all', gen], timeout: 3 * 10, env: {'A': 'b'})
x = [1, 2, [3]] + [4]
y = x.length() == 4 ? x[0] : x[-1] % 2
assert('a' in ['a'] and 'b' not in {'a': y}, '''long
text''')
fs = import('fs')
message(fs.stem('x/y.z') / 'w', fs.exists('a.c'))
summary({'x': true, 'y': 'no'}, section: 'Part', bool_yn: true)
`,
    'lib/meson.build': `lib = static_library('l', 'l.c', c_args: '-O2')
dep = declare_dependency(link_with: lib, include_directories: include_directories('.'))
foreach i : range(3)
  if i == 1
    continue
  endif
  break
endforeach
if false
  subdir_done()
endif
set_variable('level', get_option('level'))
`,
    'meson.options': `option('extra', type: 'feature', value: 'auto', description: 'More.')
option('level', type: 'integer', min: 0, max: 9, value: 3)
option('names', type: 'array', choices: ['a', 'b'], value: ['a'])
option('which', type: 'combo', choices: ['x', 'y'])
`,
    'a.c': '',
    'b.c': '',
    'c.c': '',
    'a.in': '',
    'lib/l.c': '',
  },
];
