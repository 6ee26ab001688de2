import { expect, test } from 'vitest';
import {
  type DeveloperEnvironment,
  dumpEnvironment,
  environmentFor,
} from '../../src/cli/developer-environment.ts';

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
