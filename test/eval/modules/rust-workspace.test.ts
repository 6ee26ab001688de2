import { expect, test } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { fault } from '../../../src/wrap/fault.ts';
import { bundledWraps } from '../../../src/wrap/wrap-set.ts';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { installRustc } from '../../support/stand-in-compilers.ts';

const lock = (...names: readonly string[]): string =>
  [
    'version = 3',
    ...names.map((name) => `[[package]]\nname = "${name}"\nversion = "0.1.0"\n`),
  ].join('\n');

const manifest = (name: string, more = ''): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;

function workspace(text: string, files: Readonly<Record<string, string>>) {
  const host = new MemoryHost({});
  installRustc(host);
  const main = `project('w', meson_version: '>=1.12')\nws = import('rust').workspace()\n${text}`;
  return evaluateText({ ...files, 'meson.build': main }, { host });
}

const alone = {
  'Cargo.toml': manifest('my-crate', '[features]\nextra = []\n'),
  'Cargo.lock': lock('my-crate'),
  'src/lib.rs': '',
};

const members = {
  'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
  'Cargo.lock': lock('a', 'b'),
  'a/Cargo.toml': manifest('a', '[dependencies]\nb = { path = "../b" }\n'),
  'a/src/main.rs': '',
  'b/Cargo.toml': manifest('b'),
  'b/src/lib.rs': '',
};

test('a package is a workspace of one member', () => {
  const { error, messages } = workspace('message(ws.packages(), ws.package().name())', alone);
  expect(error).toBeUndefined();
  expect(messages).toEqual(["['my-crate'] my-crate"]);
});

test('the library of a package is named as Cargo names it, in its edition', () => {
  const { error, model } = workspace('ws.package().library()', alone);
  expect(error).toBeUndefined();
  const [target] = model?.targets.values() ?? [];
  expect(target).toMatchObject({
    kind: 'build',
    sources: [{ kind: 'file', file: { tree: 'source', path: 'src/lib.rs' } }],
    name: 'my_crate+0_1',
  });
  const edition = target?.kind === 'build' ? target.overrideOptions.get('rust_std') : undefined;
  expect(edition).toBe('2021');
});

test('members of a workspace are asked for by name', () => {
  const { error, messages } = workspace(
    "message(ws.packages(), ws.package('b').version())",
    members,
  );
  expect(error).toBeUndefined();
  expect(messages).toEqual(["['a', 'b'] 0.1.0"]);
});

test.each([
  ["ws.package('c')", 'c'],
  ["ws.subproject('zz')", 'Cargo package "zz" not available'],
])('%s is refused', (text, message) => {
  expect(workspace(text, members).error).toContain(message);
});

test('without a workspace, features that Cargo.toml asks for are told not to count', () => {
  const asked = (before: string, features: string): readonly string[] => {
    const host = new MemoryHost({});
    installRustc(host);
    const own = manifest('w', `[dependencies]\nfoo = { version = "1", ${features} }\n`);
    const files = {
      'meson.build': `project('w', 'rust')\n${before}\nsubproject('foo-1-rs')`,
      'Cargo.toml': own,
      'Cargo.lock': lock('w'),
      'src/lib.rs': '',
      'subprojects/foo-1-rs/Cargo.toml': manifest('foo', '[features]\nx = []\n'),
      'subprojects/foo-1-rs/src/lib.rs': '',
    };
    const foo = { directory: '/project/subprojects/foo-1-rs', subdir: 'subprojects/foo-1-rs' };
    const prepared = { ...foo, method: 'cargo', inputs: [], warnings: [] } as const;
    const { error, warnings } = evaluateText(files, {
      host,
      prepareSubproject: () => ok(prepared),
    });
    expect(error).toBeUndefined();
    return warnings.filter((warning) => warning.includes('Cargo.toml says'));
  };
  const workspace = "import('rust').workspace()";
  expect(asked('', 'features = ["x"]')).toEqual([
    'Cargo.toml:6: WARNING: foo is built with its default features alone, not as Cargo.toml says (x)',
  ]);
  expect(asked('', 'features = []')).toEqual([]);
  expect(asked(workspace, 'features = ["x"]')).toEqual([]);
});

test('what a crate asks of another is not among them: resolving chose that', () => {
  const host = new MemoryHost({});
  installRustc(host);
  const files = {
    'meson.build': "project('w', 'rust')\nsubproject('foo-1-rs')",
    'Cargo.lock': lock('foo', 'bar'),
    'subprojects/foo-1-rs/Cargo.toml': manifest(
      'foo',
      '[dependencies]\nbar = { version = "0.1", default-features = false }\n',
    ),
    'subprojects/foo-1-rs/src/lib.rs': '',
    'subprojects/bar-0.1-rs.wrap': '[wrap-file]\nmethod = cargo\n',
    'subprojects/bar-0.1-rs/Cargo.toml': manifest('bar', '[features]\ndefault = []\n'),
    'subprojects/bar-0.1-rs/src/lib.rs': '',
  };
  const { error, warnings } = evaluateText(files, {
    host,
    prepareSubproject: ({ name }) =>
      ok({
        directory: `/project/subprojects/${name}`,
        subdir: `subprojects/${name}`,
        method: 'cargo',
        inputs: [],
        warnings: [],
      }),
  });
  expect(error).toBeUndefined();
  expect(warnings.filter((warning) => warning.includes('Cargo.toml says'))).toEqual([]);
});

test('lints of a crate that came by a wrap are not told, as Cargo does not', () => {
  const host = new MemoryHost({});
  installRustc(host);
  const made = (wraps: Readonly<Record<string, string>>): string => {
    const files = {
      'meson.build': "project('w', 'rust')\nsubproject('foo-1-rs')",
      ...wraps,
      'subprojects/foo-1-rs/Cargo.toml': manifest('foo'),
      'subprojects/foo-1-rs/src/lib.rs': '',
    };
    const foo = { directory: '/project/subprojects/foo-1-rs', subdir: 'subprojects/foo-1-rs' };
    const prepared = { ...foo, method: 'cargo', inputs: [], warnings: [] } as const;
    evaluateText(files, { host, prepareSubproject: () => ok(prepared) });
    return host.read('/build/subprojects/foo-1-rs/meson.build');
  };
  expect(made({})).not.toContain('warning_level');
  expect(made({ 'subprojects/foo-1-rs.wrap': '[wrap-file]\nmethod = cargo\n' })).toContain(
    "'warning_level': '0'",
  );
});

test('so are those of a manifest below the project, for build files beside it', () => {
  const host = new MemoryHost({});
  installRustc(host);
  const files = {
    'meson.build': "project('w', 'rust')\nsubdir('rust')",
    'rust/meson.build': "subproject('foo-1-rs')",
    'rust/Cargo.toml': manifest('w', '[dependencies]\nfoo = { version = "1", features = ["x"] }\n'),
    'subprojects/foo-1-rs/Cargo.toml': manifest('foo', '[features]\nx = []\n'),
    'subprojects/foo-1-rs/src/lib.rs': '',
  };
  const foo = { directory: '/project/subprojects/foo-1-rs', subdir: 'subprojects/foo-1-rs' };
  const prepared = { ...foo, method: 'cargo', inputs: [], warnings: [] } as const;
  const { error, warnings } = evaluateText(files, { host, prepareSubproject: () => ok(prepared) });
  expect(error).toBeUndefined();
  expect(warnings).toContain(
    'rust/Cargo.toml:6: WARNING: foo is built with its default features alone, not as Cargo.toml says (x)',
  );
});

test("the features of a workspace's crates are Cargo.toml's: kaon's own rules do not stand for them", () => {
  const asked = (text: string): string | undefined => {
    const host = new MemoryHost({
      'kaon/wraps/foo-0.1-rs.wrap':
        '[wrap-file]\ncrate = foo\nversion = 0.1.0\ndirectory = foo-0.1.0\nmethod = meson\n',
    });
    installRustc(host);
    const own = bundledWraps(host, '/project/kaon');
    if (!own.ok) throw new Error('no bundled wraps');
    const source = `source = "registry+https://h.invalid/"\nchecksum = "${'a'.repeat(64)}"\n`;
    const files = {
      'meson.build': `project('w', meson_version: '>=1.12')\n${text}`,
      'Cargo.toml': manifest('w', '[dependencies]\nfoo = "0.1"\n'),
      'Cargo.lock': `${lock('w', 'foo')}${source}`,
      'src/lib.rs': '',
    };
    let origin: string | undefined;
    evaluateText(files, {
      host,
      bundledWraps: own.value,
      prepareSubproject: ({ name, wraps }) => {
        origin = wraps.packages.get(name)?.origin;
        return fault('files', 'not now');
      },
    });
    return origin;
  };
  expect(asked("import('rust').workspace()")).toBe('project');
  expect(asked("dependency('foo-0.1-rs')")).toBe('bundled');
});

test('where no manifest lies beside the project’s build file, a workspace is that of the build file which asks', () => {
  const files = {
    'rust/meson.build': "ws = import('rust').workspace()\nsubdir('member')",
    'rust/Cargo.toml': '[workspace]\nmembers = ["member"]\n',
    'rust/Cargo.lock': lock('foo', 'member'),
    'rust/member/Cargo.toml': manifest(
      'member',
      '[dependencies]\nfoo = { version = "0.1", features = ["x"] }\n',
    ),
    'rust/member/src/lib.rs': '',
    'rust/member/meson.build':
      "message(ws.package('member').name(), ws.subproject('foo').features())\nws.package('member').library()",
    'subprojects/foo-0.1-rs/Cargo.toml': manifest('foo', '[features]\nx = []\n'),
    'subprojects/foo-0.1-rs/src/lib.rs': '',
  };
  const evaluated = (main: string, more: Readonly<Record<string, string>> = {}) => {
    const host = new MemoryHost({});
    installRustc(host);
    const text = `project('w', 'rust', meson_version: '>=1.12')\n${main}`;
    const foo = { directory: '/project/subprojects/foo-0.1-rs', subdir: 'subprojects/foo-0.1-rs' };
    const prepared = { ...foo, method: 'cargo', inputs: [], warnings: [] } as const;
    const all = { ...files, ...more, 'meson.build': text };
    return evaluateText(all, { host, prepareSubproject: () => ok(prepared) });
  };
  const { error, messages, warnings, model } = evaluated("subdir('rust')");
  expect(error).toBeUndefined();
  expect(messages).toEqual(["member ['default', 'x']"]);
  expect(warnings.filter((one) => one.includes('Cargo.toml says'))).toEqual([]);
  expect([...(model?.targets.values() ?? [])]).toContainEqual(
    expect.objectContaining({
      sources: [{ kind: 'file', file: { tree: 'source', path: 'rust/member/src/lib.rs' } }],
    }),
  );
  expect(evaluated("import('rust').workspace()").error).toContain('requires a Cargo project');
  const other = {
    'other/meson.build': "import('rust').workspace()",
    'other/Cargo.toml': manifest('other'),
    'other/Cargo.lock': lock('other'),
    'other/src/lib.rs': '',
  };
  expect(evaluated("subdir('rust')\nsubdir('other')", other).error).toContain(
    'rust.workspace() of other: the crates of this project are those of another',
  );
});
