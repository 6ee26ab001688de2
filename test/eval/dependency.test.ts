import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

/** A machine whose pkg-config knows `foo` 1.2 with the variable `prefix`. */
function withFoo(text: string, more: Readonly<Record<string, string>> = {}) {
  const host = new MemoryHost();
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--version')) return '1.8.1';
    if (argv.at(-1) !== 'foo') return 1;
    if (argv.includes('--modversion')) return '1.2';
    if (argv.includes('--variable=prefix')) return '/opt/foo';
    if (argv.includes('--print-variables')) return 'prefix';
    return argv.includes('--cflags') ? '-I/opt/foo/include' : '';
  });
  return evaluateText(
    { 'meson.build': `project('test', meson_version: '>=1.3')\n${text}`, ...more },
    { host },
  );
}

test('a dependency tells of itself', () => {
  const { messages, lines } = withFoo(
    "d = dependency('foo')\nmessage(d.found(), d.name(), d.version(), d.type_name(), d.get_variable('prefix'))",
  );
  expect(messages).toEqual(['true foo 1.2 pkgconfig /opt/foo']);
  expect(lines).toContain('Run-time dependency foo found: YES 1.2');
});

test('asking again gives what was found', () => {
  const { lines, model } = withFoo("dependency('foo')\ndependency('foo', version: '>=1')");
  expect(lines).toContain('Dependency foo for host machine found: YES 1.2 (cached)');
  expect(model?.dependencies.size).toBe(1);
});

test('who asks first says how include folders are taken, for those who do not say', () => {
  const { messages } = withFoo(
    "dependency('foo', include_type: 'system')\nmessage(dependency('foo').include_type(), dependency('foo', include_type: 'non-system').include_type())",
  );
  expect(messages).toEqual(['system non-system']);
});

test('asking again for another version does not look again', () => {
  const { error, lines, diagnostics } = withFoo(
    "dependency('foo')\ndependency('foo', version: '>=2')",
  );
  expect(lines).toContain(
    "Dependency foo for host machine found: NO found 1.2 but need: '>=2' (cached)",
  );
  expect(error).toMatch(/meson\.build:3:0: ERROR: Dependency 'foo' is required but not found\./);
  expect(diagnostics.at(-1)?.hints).toEqual(["It is there in version 1.2; '>=2' is wanted."]);
});

test('the first name that is found counts for all', () => {
  const { messages } = withFoo(
    "d = dependency('bar', 'foo', required: false)\nmessage(d.name(), dependency('bar').name())",
  );
  expect(messages).toEqual(['foo foo']);
});

test('what is missing gives a message, and a disabler when asked to', () => {
  const { messages } = withFoo(
    "d = dependency('bar', required: false, disabler: true, not_found_message: 'get bar')\nmessage(is_disabler(d))",
  );
  expect(messages).toEqual(['get bar', 'true']);
});

test('a subproject provides what the machine has not', () => {
  const { messages, lines } = withFoo(
    "d = dependency('bar', fallback: ['bar', 'bar_dep'])\nmessage(d.version(), d.type_name())",
    {
      'subprojects/bar/meson.build':
        "project('bar', version: '3')\nbar_dep = declare_dependency(version: '3')",
    },
  );
  expect(lines).toContain('Looking for a fallback subproject for the dependency bar');
  expect(lines).toContain(
    'Dependency bar for host machine from subproject subprojects/bar found: YES 3',
  );
  expect(messages).toEqual(['3 internal']);
});

test('names are no requirements', () => {
  expect(withFoo("dependency('foo>=1')").error).toMatch(
    /Characters <, > and = are forbidden in dependency names/,
  );
});

test('include folders are taken as a system takes its own', () => {
  const { messages, model } = withFoo(
    "d = dependency('foo').as_system()\nmessage(d.include_type())",
  );
  expect(messages).toEqual(['system']);
  expect([...(model?.dependencies.values() ?? [])].at(-1)?.includeType).toBe('system');
});

test('a fallback that names another variable than the one that overrides is told, without a place', () => {
  const { warnings } = evaluateText({
    'meson.build': "project('x')\ndependency('s', fallback: ['s', 'two'])",
    'subprojects/s/meson.build':
      "project('s')\none = declare_dependency()\ntwo = declare_dependency()\nmeson.override_dependency('s', one)",
  });
  expect(warnings).toContain(
    "WARNING: Inconsistency: Subproject has overridden the dependency with another variable than 'two'",
  );
});

test('a part of a declared dependency is not taken as the system takes its own', () => {
  const { model } =
    evaluateText(`d = declare_dependency(include_directories: include_directories('.'))
part = d.as_system().partial_dependency(includes: true)`);
  const types = [...(model?.dependencies.values() ?? [])].map(({ includeType }) => includeType);
  expect(types).toEqual(['preserve', 'system', 'preserve']);
});

test('Qt has the name of its core, and its modules as dependencies of their own', () => {
  const { messages, model } = evaluateText(
    "project('p')\nd = dependency('qt5', modules: ['Core', 'Gui'])\nmessage(d.name(), dependency('qt5', modules: 'Gui').name())",
    { host: hostWithQt() },
  );
  expect(messages).toEqual(['Qt5Core Qt5Core']);
  const linked = [...(model?.dependencies.values() ?? [])].map(({ linkArgs, dependencies }) => [
    ...linkArgs,
    ...dependencies.map((id) => model?.dependencies.get(id).name),
  ]);
  expect(linked).toContainEqual(['-lQt5Core', 'Qt5Core', 'Qt5Gui']);
  expect(linked).toContainEqual(['Qt5Gui']);
});

test("Qt's modules are asked for as Qt is: of which versions, and how their folders are taken", () => {
  const { model } = evaluateText(
    "project('p')\ndependency('qt5', modules: 'Gui', version: '>=5.9', include_type: 'system')",
    { host: hostWithQt() },
  );
  const gui = [...(model?.dependencies.values() ?? [])].find(({ name }) => name === 'Qt5Gui');
  expect(gui).toMatchObject({ versionRequirements: ['>=5.9'], includeType: 'system' });
});

function hostWithQt(): MemoryHost {
  const host = new MemoryHost();
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--version')) return '1.8.1';
    const name = argv.at(-1) ?? '';
    if (!/^Qt5/.test(name)) return 1;
    if (argv.includes('--modversion')) return '5.15.8';
    if (argv.includes('--cflags')) return `-DOF_${name}`;
    return argv.includes('--libs') ? `-l${name}` : '';
  });
  return host;
}

test('tools of Qt are those of the Qt that is there, which is told anew', () => {
  const host = new MemoryHost();
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--version')) return '1.8.1';
    return argv.includes('--modversion') ? '5.15.8' : '';
  });
  const { lines } = evaluateText(
    "dependency('qt5', modules: 'Core')\nimport('qt5').has_tools(required: false)",
    { host },
  );
  const told = lines.filter((line) => /Qt5Core|dependency qt5/.test(line));
  const line = 'Run-time dependency qt5 (modules: Core) found: YES 5.15.8 (pkg-config)';
  expect(told).toEqual([line, line]);
});

test('private headers of Qt lie below the version', () => {
  const host = new MemoryHost({
    '/qt/QtCore/6.4.2/QtCore/private/x.h': '',
    '/qt/QtGui/6.4.1/x.h': '',
  });
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--variable=includedir')) return '/qt';
    return argv.includes('--modversion') ? '6.4.2' : '';
  });
  const { error, model } = evaluateText(
    "dependency('qt6', modules: ['Core', 'Gui'], private_headers: true)",
    { host },
  );
  expect(error).toBeUndefined();
  const compiled = [...(model?.dependencies.values() ?? [])].map(({ compileArgs }) => compileArgs);
  expect(compiled).toContainEqual(['-I/qt/QtCore/6.4.2', '-I/qt/QtCore/6.4.2/QtCore']);
  expect(compiled).toContainEqual(['-I/qt/QtGui/6.4.1', '-I/qt/QtGui/6.4.1/QtGui']);
});

test('the name that the Java Native Interface had first is out of date', () => {
  const said = (version: string) => {
    const host = new MemoryHost({});
    host.program('javac', () => 'javac 17.0.15');
    const text = `project('x', meson_version: '${version}')\ndependency('jdk')`;
    return evaluateText(text, { host }).warnings;
  };
  expect(said('>=0.60')).toEqual(['NOTICE: Future-deprecated features used:']);
  expect(said('>=0.63')[0]).toContain(
    "feature deprecated since '0.62.0': jdk system dependency. Use the jni system dependency instead",
  );
});

test('what overrides a name is the same dependency, under that name', () => {
  const { messages } = withFoo(
    "d = declare_dependency()\nmeson.override_dependency('a', d)\nmeson.override_dependency('b', dependency('a'))\n" +
      "message(d == dependency('a'), d == dependency('b'), d == declare_dependency(), dependency('a').name())",
  );
  expect(messages).toEqual(['true true false a']);
});

test('a dependency that is not asked for is told with its modules', () => {
  const { lines } = evaluateText({
    'meson.build': "project('p')\ndependency('d', modules: ['a', 'b'], required: get_option('f'))",
    'meson.options': "option('f', type: 'feature', value: 'disabled')",
  });
  expect(lines).toContain(
    'Dependency d(modules: a, b) for host machine skipped: feature f disabled',
  );
});

test.each([
  [undefined, 'Run-time dependency coarray for fortran found: YES single image (fallback)'],
  [
    { version: 'flang version 21.1.8\n', help: 'flang LLVM compiler\n' },
    'Run-time dependency coarray for fortran found: NO  (tried system)',
  ],
])('coarrays are of Fortran, and libraries for them of gfortran alone', (compiler, line) => {
  const host = new MemoryHost({});
  installGcc(host, 'gfortran', compiler);
  const { lines } = evaluateText(
    { 'meson.build': "project('p', 'fortran')\ndependency('coarray', required: false)\n" },
    { host },
  );
  expect(lines.filter((one) => one.includes('coarray'))).toEqual([line]);
});

test.each(['OpenMP', 'openmp'])('%s is called as the build file calls it', (name) => {
  const host = new MemoryHost({});
  const preprocessed = '"KAON_GET_DEFINE_BEGIN"\n201511\n"KAON_GET_DEFINE_END"\n';
  installGcc(host, 'cc', { preprocessed });
  const text = `project('x', 'c')\nmessage(dependency('${name}').name())`;
  expect(evaluateText(text, { host }).messages).toEqual([name]);
});
