import { expect, test } from 'vitest';
import { configAt, plainConfig } from '../../../src/cargo/config/config-value.ts';
import { loadConfig } from '../../../src/cargo/config/load-config.ts';
import {
  configPlace,
  formatConfigPlace,
  overriddenVariables,
  readSaidConfig,
} from '../../../src/cargo/config/said-config.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const host = new MemoryHost({
  '.cargo/config.toml': '[build]\njobs = 1\nrustflags = ["-Ca"]\n',
  'more.toml': '[build]\njobs = 3\n',
});

function read(...words: readonly string[]) {
  const said = readSaidConfig(host.files, '/project', words);
  return said.ok ? said.value : said.error;
}

test('--config brings files and keys with values; all else is refused in the words of Cargo', () => {
  expect(read('more.toml', 'build.jobs = 2')).toEqual([
    { kind: 'file', path: '/project/more.toml' },
    { kind: 'value', text: 'build.jobs = 2', base: '/project' },
  ]);
  const notOne = 'was not a TOML dotted key expression (such as `build.jobs = 2`)';
  expect(read('')).toBe(`--config argument \`\` ${notOne}`);
  expect(read('[build]')).toBe(`--config argument \`[build]\` ${notOne}`);
  expect(read('build = { jobs = 1 }')).toContain('sets a value to an inline table');
  expect(read('no-file.toml')).toContain('failed to parse value from --config argument');
});

test('what a command line brings comes before files, and lists grow by it', () => {
  const said = readSaidConfig(host.files, '/project', ['more.toml', "build.rustflags = '-Cb'"]);
  const loaded = loadConfig(
    host.files,
    { folder: '/project', said: said.ok ? said.value : [] },
    '/home/.cargo',
  );
  if (loaded.ok) throw new Error('a text and a list do not go together');
  expect(loaded.error[0]?.message).toContain('failed to merge key `build.rustflags`');
  const more = readSaidConfig(host.files, '/project', ['more.toml', 'build.rustflags = ["-Cb"]']);
  const both = loadConfig(
    host.files,
    { folder: '/project', said: more.ok ? more.value : [] },
    '/home/.cargo',
  );
  const build = both.ok ? configAt(both.value.root, 'build') : undefined;
  expect(build && plainConfig(build)).toEqual({ jobs: 3, rustflags: ['-Ca', '-Cb'] });
  expect(both.ok && both.value.overridden).toEqual(['CARGO_BUILD_JOBS', 'CARGO_BUILD_RUSTFLAGS']);
  expect(both.ok && both.value.files).toContain('/project/more.toml');
});

test('variables that say what the command line says are named', () => {
  expect(overriddenVariables({ profile: { dev: { 'opt-level': 1 } } })).toEqual([
    'CARGO_PROFILE_DEV_OPT_LEVEL',
  ]);
});

test('an option keeps the place, and none means the workspace', () => {
  const place = { folder: '/w/a', said: [{ kind: 'file', path: '/w/x.toml' }] } as const;
  expect(configPlace('/w', formatConfigPlace(place))).toEqual(place);
  expect(formatConfigPlace({})).toBe('');
  expect(configPlace('/w', '')).toEqual({ folder: '/w', said: [] });
});
