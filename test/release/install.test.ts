import { expect, test } from 'vitest';
import type {
  InstalledDirectory,
  InstalledFile,
  InstallItem,
  InstallPlan,
} from '../../src/model/install-plan.ts';
import { install } from '../../src/release/install.ts';
import { permissionBits } from '../../src/release/install-mode.ts';
import { defaultInstallOptions, type InstallOptions } from '../../src/release/install-options.ts';
import type { Install } from '../../src/release/installation.ts';
import { uninstall } from '../../src/release/uninstall.ts';
import { MemoryHost } from '../support/memory-host.ts';

const common = { subproject: '', tag: undefined, mode: undefined, followSymlinks: undefined };

function file(from: string, to: string, more: Partial<InstalledFile> = {}): InstalledFile {
  return { kind: 'file', from, to, ...common, ...more };
}

function directory(from: string, to: string, more: Partial<InstalledDirectory> = {}) {
  const nothing = { excludeFiles: [], excludeDirectories: [] };
  return { kind: 'directory', from, to, ...nothing, ...common, ...more } as const;
}

async function run(
  host: MemoryHost,
  items: readonly InstallItem[],
  options: Partial<InstallOptions> = {},
  more: Partial<Pick<Install, 'signal' | 'onInstalled'>> = {},
) {
  const printed: string[] = [];
  const plan: InstallPlan = {
    sourceRoot: '/project',
    buildRoot: '/project/build',
    prefix: '/usr',
    umask: 0o022,
    strip: ['strip'],
    introspect: ['kaon', 'introspect'],
    items,
  };
  const done = await install({
    host,
    plan,
    options: { ...defaultInstallOptions, ...options },
    print: (line) => printed.push(line),
    ...more,
  });
  if (!done.ok) printed.push(`ERROR: ${done.error.message}`);
  return printed;
}

/** All files below a folder, with what links point to. */
function tree(host: MemoryHost, folder: string): readonly string[] {
  const names = host.files.list(folder);
  if (!names.ok) return [];
  return names.value.flatMap((name) => {
    const path = `${folder}/${name}`;
    const link = host.files.readLink(path);
    if (link.ok) return [`${path} -> ${link.value}`];
    return host.files.isDirectory(path) ? [`${path}/`, ...tree(host, path)] : [path];
  });
}

test('files, links and folders go below DESTDIR and are told as Meson tells them', async () => {
  const host = new MemoryHost({ 'a.h': 'x' });
  const printed = await run(
    host,
    [
      file('/project/a.h', 'include/a.h'),
      { kind: 'empty-directory', path: '/var/lib/x', ...common },
      { kind: 'symlink', path: 'include/b.h', pointsTo: 'a.h', subproject: '', tag: undefined },
    ],
    { destdir: '/dest' },
  );
  expect(printed).toEqual([
    'Installing /project/a.h to /dest/usr/include',
    'Installing new directory /dest/var/lib/x',
    'Installing symlink pointing to a.h to /dest/usr/include/b.h',
  ]);
  expect(tree(host, '/dest')).toEqual([
    '/dest/usr/',
    '/dest/usr/include/',
    '/dest/usr/include/a.h',
    '/dest/usr/include/b.h -> a.h',
    '/dest/var/',
    '/dest/var/lib/',
    '/dest/var/lib/x/',
  ]);
});

test('what was installed can be uninstalled by the log', async () => {
  const host = new MemoryHost({ 'a.h': 'x' });
  await run(host, [file('/project/a.h', 'include/a.h')], { destdir: '/dest' });
  expect(host.read('/project/build/meson-logs/install-log.txt')).toBe(
    [
      '# List of files installed by Meson',
      '# Does not contain files installed by custom scripts.',
      '/dest/usr/include/a.h',
      '/dest/usr/include',
      '/dest/usr',
      '/dest',
      '',
    ].join('\n'),
  );
  expect(uninstall({ host, buildRoot: '/project/build', print: () => {} })).toBe(true);
  expect(host.files.exists('/dest')).toBe(false);
});

test('a folder is copied without what is excluded', async () => {
  const host = new MemoryHost({ 'd/a': '', 'd/b': '', 'd/no/c': '', 'd/e/f': '' });
  const item = directory('/project/d', 'share/d', {
    excludeFiles: ['b'],
    excludeDirectories: ['no'],
  });
  await run(host, [item]);
  expect(tree(host, '/usr/share')).toEqual([
    '/usr/share/d/',
    '/usr/share/d/a',
    '/usr/share/d/e/',
    '/usr/share/d/e/f',
  ]);
});

test('a folder that is not there is installed as an empty one', async () => {
  const host = new MemoryHost();
  await run(host, [directory('/project/none', 'share/new')]);
  expect(tree(host, '/usr/share')).toEqual(['/usr/share/new/']);
});

test('permissions come from the umask, or are what was asked for', async () => {
  const host = new MemoryHost({ plain: '', tool: '' });
  host.files.setMode('/project/plain', 0o600);
  host.files.setMode('/project/tool', 0o700);
  const mode = { permissions: 'rwsr-x--T', owner: undefined, group: undefined };
  await run(host, [
    file('/project/plain', 'a'),
    file('/project/tool', 'b'),
    file('/project/tool', 'c', { mode }),
  ]);
  const modes = ['a', 'b', 'c'].map((name) => host.files.stat(`/usr/${name}`)?.mode.toString(8));
  expect(modes).toEqual(['644', '755', '5750']);
  expect(permissionBits('rwxr-xr-x')).toBe(0o755);
});

test('only what changed is installed, where that is asked for', async () => {
  const host = new MemoryHost({ a: '1', b: '1' });
  const items = [file('/project/a', 'share/a'), file('/project/b', 'share/b')];
  await run(host, items);
  host.tick();
  host.write('b', '2');
  expect(await run(host, items, { onlyChanged: true })).toEqual([
    'Installing /project/b to /usr/share',
    'Preserved 1 unchanged files, see /project/build/meson-logs/install-log.txt for the full list',
  ]);
  expect(host.read('/usr/share/b')).toBe('2');
});

test('tags and subprojects choose what is installed', async () => {
  const host = new MemoryHost({ a: '' });
  const items = [
    file('/project/a', 'dev', { tag: 'devel' }),
    file('/project/a', 'run', { tag: 'runtime' }),
    file('/project/a', 'sub', { tag: 'devel', subproject: 'sub' }),
  ];
  const options = { tags: ['devel'], skipSubprojects: ['sub'] };
  expect(await run(host, items, options)).toEqual(['Installing /project/a to /usr']);
  expect(await run(host, items, { tags: ['none'] })).toEqual(['Nothing to install.']);
});

test('links are followed, kept or copied as they are', async () => {
  const host = new MemoryHost({ a: 'text' });
  host.files.symlink('a', '/project/link');
  host.files.symlink('nowhere', '/project/dangling');
  const printed = await run(host, [
    file('/project/link', 'x/kept', { followSymlinks: false }),
    file('/project/link', 'x/followed', { followSymlinks: true }),
    file('/project/link', 'x/unsaid'),
    file('/project/dangling', 'x/dangling'),
  ]);
  expect(tree(host, '/usr/x')).toEqual([
    '/usr/x/dangling -> nowhere',
    '/usr/x/followed',
    '/usr/x/kept -> a',
    '/usr/x/unsaid',
  ]);
  expect(printed.filter((line) => line.startsWith('Warning: trying to copy'))).toHaveLength(1);
});

test('a link to a directory among what a directory holds is kept, or told of', async () => {
  const host = new MemoryHost({ 'd/sub/a': '' });
  host.files.symlink('sub', '/project/d/link');
  const kept = directory('/project/d', 'x', { followSymlinks: false });
  expect(await run(host, [kept])).not.toContain('ERROR');
  expect(tree(host, '/usr/x')).toContain('/usr/x/link -> sub');
  expect((await run(host, [directory('/project/d', 'y')])).at(-1)).toMatch(
    /^ERROR: \/project\/d\/link is a link to a directory,.* follow_symlinks: false/,
  );
});

test('a dry run tells all and does nothing', async () => {
  const host = new MemoryHost({ a: '' });
  const printed = await run(host, [file('/project/a', 'x/a')], { dryRun: true });
  expect(printed).toEqual(['Installing /project/a to /usr/x']);
  expect(host.files.exists('/usr/x')).toBe(false);
});

test('scripts are told where things go, and one that fails stops it', async () => {
  const host = new MemoryHost();
  let told = '';
  host.program('script', ({ environment, argv }) => {
    const names = [
      'MESON_INSTALL_PREFIX',
      'MESON_INSTALL_DESTDIR_PREFIX',
      'MESON_BUILD_ROOT',
      'DESTDIR',
    ];
    told = names.map((name) => environment[name]).join(' ');
    return argv[1] === 'bad' ? 3 : 0;
  });
  const script = (word: string): InstallItem => ({
    kind: 'script',
    argv: ['/usr/bin/script', word],
    environment: [],
    subproject: '',
    tag: undefined,
    skipIfDestdir: false,
    dryRun: false,
  });
  expect(await run(host, [script('good'), script('bad')], { destdir: '/dest' })).toEqual([
    "Running custom install script '/usr/bin/script good'",
    "Running custom install script '/usr/bin/script bad'",
    "ERROR: FAILED: install script '/usr/bin/script bad' failed with exit code 3.",
  ]);
  expect(told).toBe('/usr /dest/usr /project/build /dest');
});

test('a target that was not built is an error, unless it is optional', async () => {
  const host = new MemoryHost();
  const target = (optional: boolean): InstallItem => ({
    kind: 'target',
    from: 'sub/prog',
    directory: 'bin',
    strip: false,
    canStrip: true,
    rpath: { remove: [], install: '' },
    optional,
    ...common,
  });
  expect(await run(host, [target(true)])).toEqual([
    "File 'sub/prog' not found, skipping",
    'Nothing to install.',
  ]);
  expect(await run(host, [target(false)])).toEqual(["ERROR: File 'sub/prog' could not be found"]);
});

test('an installation that is interrupted leaves whole files, all of them in its log', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const items = names.map((name) => file(`/project/${name}`, `share/${name}`));
  for (let enough = 1; enough <= names.length; enough++) {
    const host = new MemoryHost(Object.fromEntries(names.map((name) => [name, `new ${name}`])));
    host.write('/usr/share/d', 'old d');
    const controller = new AbortController();
    let count = 0;
    const onInstalled = (): void => {
      if (++count === enough) controller.abort('SIGINT');
    };
    const { signal } = controller;
    const printed = await run(host, items, {}, { signal, onInstalled });
    expect(printed.at(-1)).toContain('ERROR: Interrupted');
    const there = tree(host, '/usr/share');
    expect(there.filter((path) => path.includes('kaon'))).toEqual([]);
    for (const path of there) expect(host.read(path)).toMatch(/^(new|old) [a-d]$/);
    uninstall({ host, buildRoot: '/project/build', print: () => {} });
    expect(tree(host, '/usr/share')).toEqual(enough === names.length ? [] : ['/usr/share/d']);
  }
});

test('what is installed is told as it happens, for tools', async () => {
  const host = new MemoryHost({ a: '' });
  const told: unknown[] = [];
  const items = [file('/project/a', 'share/a')];
  const onInstalled = (thing: unknown): void => void told.push(thing);
  await run(host, items, {}, { onInstalled });
  await run(host, items, { onlyChanged: true }, { onInstalled });
  const installed = { item: 'file', path: '/usr/share/a', from: '/project/a' };
  expect(told).toEqual([
    { item: 'directory', path: '/usr/share' },
    installed,
    { ...installed, preserved: true },
  ]);
});
