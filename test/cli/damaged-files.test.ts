import { expect, test } from 'vitest';
import * as devenv from '../../src/cli/commands/devenv.ts';
import * as introspect from '../../src/cli/commands/introspect.ts';
import { refreshRustProject } from '../../src/cli/rust-tools/refresh-rust-project.ts';
import { ownCrates } from '../../src/cli/rust-tools/rust-tool.ts';
import { memorySession } from '../support/memory-session.ts';

const remedy = 'is damaged. Run `kaon setup --reconfigure /b`.';

test.each(['', '[{"a":', 'null', '{"changes": 1}'])(
  'devenv tells that what setup left for it is damaged: %s',
  async (left) => {
    const { session, printed } = memorySession({
      '/b/meson-private/coredata.dat': '',
      '/b/meson-private/kaon-setup.json': '',
      '/b/meson-private/kaon-devenv.json': left,
    });
    expect(await devenv.run(session, ['-C', '/b', '--dump'])).toBe(2);
    expect(printed()).toContain(`/b/meson-private/kaon-devenv.json ${remedy}`);
  },
);

test('devenv tells that what setup left for it is gone', async () => {
  const { session, printed } = memorySession({ '/b/meson-private/coredata.dat': '' });
  expect(await devenv.run(session, ['-C', '/b', '--dump'])).toBe(2);
  expect(printed()).toContain(`/b/meson-private/kaon-devenv.json ${remedy}`);
});

test('introspection tells which of its files is damaged', async () => {
  const { session, printed } = memorySession({
    '/b/meson-info/meson-info.json': '{}',
    '/b/meson-info/intro-tests.json': '[{"name":',
  });
  expect(await introspect.run(session, ['--tests', '/b'])).toBe(1);
  expect(printed()).toBe(`Introspection file /b/meson-info/intro-tests.json ${remedy}\n`);
  expect(await introspect.run(session, ['--targets', '/b'])).toBe(1);
  expect(printed()).toBe('Introspection file /b/meson-info/intro-targets.json does not exist.\n');
});

test('tools for Rust do not pass over crates that a damaged file no longer tells of', () => {
  const { session, host, printed } = memorySession({
    '/b/meson-private/rust-crates.json': '[{',
    '/b/meson-private/rust-project.json': '{"crates": [',
    '/s/meson.build': "project('p')\n",
  });
  expect(ownCrates(session, { sourceRoot: '/s', buildRoot: '/b' })).toBe(2);
  expect(printed()).toContain(`/b/meson-private/rust-crates.json ${remedy}`);
  refreshRustProject(host.files, '/b');
  expect(host.files.isFile('/b/rust-project.json')).toBe(false);
});
