import { expect, test } from 'vitest';
import {
  type DeveloperEnvironment,
  developerEnvironment,
  dumpEnvironment,
  environmentFor,
} from '../../../src/cli/setup/developer-environment.ts';
import { ModelBuilder } from '../../support/model.ts';
import { plannedText } from '../../support/plan-text.ts';

const developer: DeveloperEnvironment = {
  project: 'p',
  changes: [
    { kind: 'set', name: 'A', value: '1' },
    { kind: 'prepend', name: 'PATH', value: '/b/bin', separator: ':' },
    { kind: 'append', name: 'XDG_DATA_DIRS', value: '/b/share', separator: ':' },
  ],
};

test('an environment for a shell names what it adds to', () => {
  expect(dumpEnvironment(developer, 'export')).toBe(
    'A="1"\nexport A\nPATH="/b/bin:$PATH"\nexport PATH\n' +
      'XDG_DATA_DIRS="/usr/local/share:/usr/share:/b/share"\nexport XDG_DATA_DIRS\n',
  );
  expect(dumpEnvironment(developer, 'sh')).not.toContain('export');
});

test('an environment for an editor has values alone', () => {
  expect(dumpEnvironment(developer, 'vscode')).toContain('PATH="/b/bin"\n');
});

test('a program gets what is set and what is added to the environment around', () => {
  expect(environmentFor(developer, { PATH: '/bin', XDG_DATA_DIRS: '' })).toMatchObject({
    A: '1',
    PATH: '/b/bin:/bin',
    XDG_DATA_DIRS: '/usr/local/share:/usr/share:/b/share',
    XDG_CONFIG_DIRS: '/etc/xdg',
  });
});

test('by name are found those programs that are installed where programs usually are', () => {
  const folder = "get_option('prefix') / get_option('libexecdir')";
  const { model, ...plan } = plannedText({
    ...{ 'a.c': '', 'daemon/d.c': '' },
    'meson.build': "project('p', 'c')\nsubdir('daemon')\nexecutable('a', 'a.c', install: true)",
    'daemon/meson.build': `executable('d', 'd.c', install: true, install_dir: ${folder})`,
  });
  const { changes } = developerEnvironment(model, plan);
  expect(changes.filter(({ name }) => name === 'PATH')).toEqual([
    { kind: 'prepend', name: 'PATH', value: '/project/build', separator: ':' },
  ]);
});

test('programs of another machine are told where its system lies, and Wine where libraries lie', () => {
  const project = new ModelBuilder();
  const library = project.sharedLibrary('lib', ['lib.c']);
  const { machines } = project.model();
  const target = { id: library, outputs: ['sub/lib.dll'] };
  const environment = (system: string) =>
    developerEnvironment(
      project.model({
        machines: { ...machines, host: { ...machines.host, system } },
        cross: true,
        needsExeWrapper: true,
        exeWrapper: ['qemu'],
        sysRoot: '/cross',
      }),
      // Nothing else of a planned target is looked at.
      { targets: [target] as never, crates: [], install: { items: [] } },
    );
  expect(environment('linux')).toMatchObject({ exeWrapper: ['qemu'] });
  expect(environment('linux').changes).toContainEqual({
    ...{ kind: 'set', name: 'QEMU_LD_PREFIX', value: '/cross' },
  });
  expect(environment('windows').changes).toContainEqual({
    ...{ kind: 'prepend', name: 'WINEPATH', value: '/project/build/sub', separator: ';' },
  });
});
