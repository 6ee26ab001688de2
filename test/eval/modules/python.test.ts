import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { installGcc } from '../../support/stand-in-compilers.ts';

/** What a Python tells of itself. */
const facts = {
  version: '3.11',
  platform: 'linux-x86_64',
  suffix: '.cpython-311-x86_64-linux-gnu.so',
  limitedApiSuffix: '.abi3.so',
  isPypy: false,
  isVenv: false,
  linksLibrary: false,
  variables: { prefix: '/usr', LDVERSION: '3.11', LIBDIR: '/usr/lib' },
  paths: { include: '/usr/include/python3.11' },
  installPaths: { purelib: '/lib/python3/site', platlib: '/lib/python3/site64' },
  sysconfigPaths: {},
  bareSysconfigPaths: { purelib: '/lib/python3.11/site-packages' },
};

function withPython(
  text: string,
  languages = '',
  more: Readonly<Record<string, string>> = {},
  options: readonly (readonly [string, string])[] = [],
) {
  const host = new MemoryHost({
    ...more,
    'a.py': '',
    'm.c': '',
    '/usr/include/python3.11/Python.h': '',
  });
  host.program('python3', ({ argv }) => {
    const [, , code = ''] = argv;
    return code.startsWith('import missing') ? 1 : JSON.stringify(facts);
  });
  installGcc(host);
  return evaluateText(
    `project('p', ${languages}version: '1', meson_version: '>=0.60')\npy = import('python').find_installation()\n${text}`,
    { host, commandLineOptions: options },
  );
}

test('modules are installed below the prefix, and compiled there once', () => {
  const { error, model } = withPython(
    "py.install_sources('a.py', subdir: 'x')\npy.install_sources('a.py', pure: false)",
  );
  expect(error).toBeUndefined();
  const data = model?.installs.flatMap((one) => (one.kind === 'data' ? [one] : []));
  expect(data?.map(({ destinations }) => destinations)).toEqual([
    ['/usr/local/lib/python3/site/x/a.py'],
    ['/usr/local/lib/python3/site64/a.py'],
  ]);
  expect(data?.map(({ placeholders }) => placeholders)).toEqual([
    ['{py_purelib}/x/a.py'],
    ['{py_platlib}/a.py'],
  ]);
  expect(model?.installs.filter(({ kind }) => kind === 'script')).toHaveLength(1);
});

test('modules keep the folders that they were named with, and are installed folder by folder', () => {
  const { model } = withPython(
    "subdir('s')\npy.install_sources('p/a.py', 'b.py', f, 'p/c.py', preserve_path: true)",
    '',
    {
      's/meson.build': "f = files('p/x.py')",
      's/p/x.py': '',
      'p/a.py': '',
      'b.py': '',
      'p/c.py': '',
    },
  );
  const data = model?.installs.flatMap((one) => (one.kind === 'data' ? [one] : []));
  expect(data?.flatMap(({ placeholders }) => placeholders)).toEqual(
    ['p/a.py', 'p/x.py', 'p/c.py', 'b.py'].map((name) => `{py_purelib}/${name}`),
  );
});

test('where an extension goes is told by what its build file asked, not by another folder of that path', () => {
  const { model } = withPython(
    `py.extension_module('m', 'm.c', install: true)
py.install_sources('a.py', pure: true)`,
    "'c', ",
    {},
    [
      ['python.platlibdir', '/site'],
      ['python.purelibdir', '/site'],
    ],
  );
  const [row] = [...(model?.targets.values() ?? [])];
  expect(row).toMatchObject({
    install: { directories: ['/site/'], placeholders: ['{py_platlib}/'] },
  });
});

test('paths and variables may have something that counts instead', () => {
  const { messages } = withPython(
    "message(py.language_version(), py.get_path('nowhere', 'x'), py.has_variable('LIBDIR'))",
  );
  expect(messages).toEqual(['3.11 x true']);
});

test('a dependency of another version is none', () => {
  const { messages } = withPython(
    [
      "message(py.dependency(version: '>=9', required: false).found())",
      "d = py.dependency(version: '>=3')",
      'message(d.version(), d.type_name())',
    ].join('\n'),
  );
  expect(messages).toEqual(['false', '3.11 system']);
});

test.each([
  ["py.get_path('nowhere')", 'nowhere is not a valid path name'],
  ["import('python').find_installation(modules: 'missing')", 'python is missing modules: missing'],
  ["import('python3').sysconfig_path('x')", "x is not a valid path name ('purelib')."],
])('%s is refused', (text, message) => {
  expect(withPython(text).error).toContain(message);
});

test('the path of a Python is that of any program, which is deprecated', () => {
  const { warnings } = withPython('py.path()');
  expect(warnings.join()).toContain("'0.55.0': Program.path. use Program.full_path() instead");
});

test('a module that names no Python asks for it anew, once', () => {
  const { error, lines } = withPython(
    "py.dependency()\npy.extension_module('m', 'm.c')\npy.extension_module('n', 'm.c')",
    "'c', ",
  );
  expect(error).toBeUndefined();
  expect(lines.filter((line) => /^Run-time dependency python /.test(line))).toHaveLength(2);
});

test('the older module is deprecated', () => {
  const { messages, warnings } = withPython("message(import('python3').sysconfig_path('purelib'))");
  expect(messages).toEqual(['lib/python3.11/site-packages']);
  expect(warnings.join()).toContain("deprecated since '0.48.0': module python3");
});

test('a part of the dependency on Python is one: a module needs no other', () => {
  const { error, model } = withPython(
    "dep = py.dependency().partial_dependency(compile_args: true)\npy.extension_module('m', 'm.c', dependencies: dep)",
    "'c', ",
  );
  expect(error).toBeUndefined();
  const [module] = model?.targets.values() ?? [];
  expect(module).toMatchObject({ dependencies: [expect.anything()] });
});

/** As PEP 739 has it, of a Python elsewhere. */
const details = {
  schema_version: '1.0',
  base_prefix: '../target',
  platform: 'linux-aarch64',
  language: { version: '3.13' },
  implementation: { name: 'cpython' },
  abi: { flags: [], extension_suffix: '.cpython-313-aarch64.so', stable_abi_suffix: '.abi3.so' },
  libpython: { dynamic: 'lib/libpython3.13.so', link_extensions: true },
  c_api: { headers: 'include/python3.13' },
};

test('a file may tell of the Python to build for', () => {
  const build = (config: object) =>
    withPython(
      "message(py.language_version())\nm = py.extension_module('m', 'm.c')\nd = py.dependency()\n" +
        'message(m.full_path(), d.version(), d.partial_dependency(compile_args: true).found())',
      "'c', ",
      {
        '/opt/details/build.json': JSON.stringify(config),
        '/opt/target/include/python3.13/Python.h': '',
        '/opt/target/lib/libpython3.13.so': '',
      },
      [['python.build_config', '/opt/details/build.json']],
    );
  const { error, messages, model } = build(details);
  expect(error).toBeUndefined();
  expect(messages).toEqual(['3.13', '/build/m.cpython-313-aarch64.so 3.13 true']);
  const flags = JSON.stringify([...(model?.dependencies.values() ?? [])]);
  expect(flags).toContain('-I/opt/target/include/python3.13');
  expect(flags).toContain('/opt/target/lib/libpython3.13.so');
  expect(build({ ...details, libpython: {} }).messages).not.toContain('3.13');
  expect(build([details]).error).toContain('is no JSON object');
  expect(build({ ...details, schema_version: '2.0' }).error).toContain(
    "Unsupported schema_version '2.0' in python.build_config, but we only implement support for '1.0'",
  );
});

test('a Python of a machine file is called as the build file calls it', () => {
  const told = (name: string): readonly string[] => {
    const host = new MemoryHost({ 'n.ini': "[binaries]\npython = 'pypy'\n" });
    host.program('pypy', () => JSON.stringify(facts));
    const text = `py = import('python')\npy.find_installation(${name})\npy.find_installation('other')`;
    return evaluateText(text, { host, nativeFiles: ['n.ini'] }).lines.filter((line) =>
      line.startsWith('Program'),
    );
  };
  const twice = (name: string): readonly string[] =>
    [name, name].map((one) => `Program ${one} found: YES (/usr/bin/pypy)`);
  expect(told('')).toEqual(twice('python'));
  expect(told("'python3'")).toEqual(twice('python3'));
});
