import { expect, test } from 'vitest';
import { builtFile, sourceFile } from '../../../src/model/file.ts';
import { ModelBuilder } from '../../support/model.ts';
import { planned } from '../../support/plan.ts';

const into = (...directories: (string | undefined)[]) => ({
  directories,
  mode: undefined,
  tags: directories.map(() => undefined),
});

test('a versioned library is installed with its links; the one without a version is for developers', () => {
  const project = new ModelBuilder().option('strip', true);
  project.sharedLibrary('foo', ['foo.c'], {
    filename: 'libfoo.so.1.2',
    aliases: [
      { name: 'libfoo.so.1', to: 'libfoo.so.1.2' },
      { name: 'libfoo.so', to: 'libfoo.so.1' },
    ],
    buildRpath: '/opt/lib',
    install: into('lib'),
  });
  const { install } = planned(project.model());
  expect(install.items).toMatchObject([
    {
      kind: 'target',
      from: 'libfoo.so.1.2',
      directory: 'lib',
      tag: 'runtime',
      strip: true,
      rpath: { remove: ['/opt/lib'], install: '' },
    },
    { kind: 'symlink', path: 'lib/libfoo.so.1', pointsTo: 'libfoo.so.1.2', tag: 'runtime' },
    { kind: 'symlink', path: 'lib/libfoo.so', pointsTo: 'libfoo.so.1', tag: 'devel' },
  ]);
});

test('outputs of a custom target go where each is told, with a tag guessed from the place', () => {
  const project = new ModelBuilder();
  project.customTarget('gen', ['a', 'b.h', 'c'], {
    command: [{ kind: 'text', text: 'gen' }],
    install: into('bin', '/usr/local/include', undefined),
    buildByDefault: false,
  });
  expect(planned(project.model()).install.items).toMatchObject([
    { from: 'a', directory: 'bin', tag: 'runtime', optional: true },
    { from: 'b.h', directory: '/usr/local/include', tag: 'devel' },
  ]);
});

test('folders come first, then headers, manuals, data and scripts, whatever the order written', () => {
  const project = new ModelBuilder();
  const same = { subproject: '', mode: undefined, tag: undefined, followSymlinks: undefined };
  const files = (kind: 'data' | 'headers' | 'man', path: string, to: string) => ({
    ...same,
    kind,
    files: [sourceFile(path)],
    destinations: [to],
    placeholders: [to],
  });
  const { install } = planned(
    project.model({
      installs: [
        files('data', 'd.txt', 'share/d.txt'),
        files('man', 'm.1', 'share/man/man1/m.1'),
        files('headers', 'h.h', 'include/h.h'),
        {
          ...same,
          kind: 'subdir',
          from: sourceFile('sub'),
          directory: 'share',
          placeholder: '{datadir}',
          stripDirectory: false,
          excludeFiles: [],
          excludeDirectories: [],
        },
      ],
    }),
  );
  expect(install.items).toMatchObject([
    { kind: 'directory', from: '/project/sub', to: 'share/sub' },
    { kind: 'file', from: '/project/h.h', to: 'include/h.h', tag: 'devel' },
    { kind: 'file', to: 'share/man/man1/m.1', tag: 'man' },
    { kind: 'file', to: 'share/d.txt', tag: undefined },
  ]);
});

test('scripts are given what is made as it is named in the build directory, and sources by their whole path', () => {
  const project = new ModelBuilder();
  const target = project.customTarget('gen', ['made.txt'], {
    command: [{ kind: 'text', text: 'gen' }],
  });
  const { install } = planned(
    project.model({
      installs: [
        {
          ...({ kind: 'script', subproject: '', environment: [], tag: undefined } as const),
          ...{ skipIfDestdir: false, dryRun: false },
          command: [
            { kind: 'file', file: builtFile('made.sh') },
            { kind: 'file', file: builtFile('sub/conf.txt') },
            { kind: 'file', file: sourceFile('data.txt') },
            { kind: 'target', target, output: 'all' },
          ],
        },
      ],
    }),
  );
  expect(install.items).toMatchObject([
    {
      kind: 'script',
      argv: ['/project/build/made.sh', 'sub/conf.txt', '/project/data.txt', 'made.txt'],
    },
  ]);
});

test('a folder is installed under the last part of its name as a build file writes it', () => {
  const folder = {
    ...({ kind: 'subdir', subproject: '', from: sourceFile('doc'), directory: 'share' } as const),
    ...{ placeholder: '{prefix}/share', stripDirectory: false, excludeFiles: [] },
    ...{ excludeDirectories: [], mode: undefined, tag: undefined, followSymlinks: undefined },
  };
  const { install } = planned(
    new ModelBuilder().model({
      installs: [
        { ...folder, spelled: '/project/doc/.' },
        { ...folder, spelled: '/project/en/../doc' },
      ],
    }),
  );
  expect(install.items).toMatchObject([
    { from: '/project/doc', to: 'share' },
    { from: '/project/doc', to: 'share/doc' },
  ]);
});
