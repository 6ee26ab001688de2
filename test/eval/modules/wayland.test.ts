import { expect, test } from 'vitest';
import { evaluateText } from '../../support/evaluate-text.ts';
import { MemoryHost } from '../../support/memory-host.ts';

/** Evaluates where the packages of Wayland 1.22 are installed. */
function withWayland(text: string) {
  const host = new MemoryHost({
    'own.xml': '',
    '/share/stable/xdg-shell/xdg-shell.xml': '',
    '/share/unstable/foo/foo-unstable-v2.xml': '',
  });
  host.program('wayland-scanner', () => 0);
  host.program('pkg-config', ({ argv }) => {
    if (argv.includes('--modversion')) return '1.22.0\n';
    if (argv.some((arg) => arg.endsWith('variable=pkgdatadir'))) return '/share\n';
    if (argv.some((arg) => arg.endsWith('variable=wayland_scanner')))
      return '/usr/bin/wayland-scanner\n';
    return argv.includes('--version') ? '1.8.1\n' : '\n';
  });
  return evaluateText(
    `project('p', meson_version: '>=1.8')\nwayland = import('wayland')\n${text}`,
    { host },
  );
}

test('a protocol becomes code and a header for each side', () => {
  const { error, model } = withWayland("wayland.scan_xml('own.xml', server: true)");
  expect(error).toBeUndefined();
  const targets = [...(model?.targets.values() ?? [])];
  expect(targets.map((target) => (target.kind === 'custom' ? target.outputs : []))).toEqual([
    ['own-protocol.c'],
    ['own-client-protocol.h'],
    ['own-server-protocol.h'],
  ]);
  expect(targets[0]).toMatchObject({
    command: [
      { kind: 'program', command: ['/usr/bin/wayland-scanner'] },
      { kind: 'text', text: 'private-code' },
      { kind: 'text', text: '@INPUT@' },
      { kind: 'text', text: '@OUTPUT@' },
    ],
  });
});

test.each([
  ["'xdg-shell'", '/share/stable/xdg-shell/xdg-shell.xml'],
  ["'foo', state: 'unstable', version: 2", '/share/unstable/foo/foo-unstable-v2.xml'],
])('the protocol %s is found', (args, path) => {
  const { messages } = withWayland(`message(wayland.find_protocol(${args}).full_path())`);
  expect(messages).toEqual([path]);
});

test.each([
  ["find_protocol('foo', state: 'staging')", 'staging protocols require a version number.'],
  ["find_protocol('nosuch')", 'The file /share/stable/nosuch/nosuch.xml does not exist.'],
  ["scan_xml('own.xml', client: false)", 'At least one of client or server keyword argument'],
])('%s is refused', (text, message) => {
  expect(withWayland(`wayland.${text}`).error).toContain(message);
});
