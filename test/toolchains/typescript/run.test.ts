import { expect, test } from 'vitest';
import { runTool } from '../../../src/toolchains/typescript/tools.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const mirror = { source: '/p', mirror: '/b/packages' };
const base = { kind: 'run', workdir: 'web', stamp: undefined, depfile: '/b/d' } as const;

function withTool(tool: Parameters<MemoryHost['program']>[1]): MemoryHost {
  const host = new MemoryHost({
    '/p/package.json': '{}',
    '/p/web/a.vue': '',
    '/p/web/meson.build': '',
    '/b/packages/node_modules/.bin/gen': '',
  });
  host.program('/b/packages/node_modules/.bin/gen', tool);
  return host;
}

test('a program of the packages makes a folder, and reads all of the package', () => {
  const host = withTool((run) => {
    expect(run.argv.slice(1)).toEqual(['--to=/b/site.new']);
    expect(run.workingDirectory).toBe('/b/packages/web');
    host.write('/b/site.new/index.html', '');
    return { stdout: 'wrote ../../site.new/index.html of /b/packages/web/a.vue' };
  });
  const made = { path: '/b/site', contents: '/b/site.contents' };
  const done = runTool(host, mirror, { ...base, made, command: ['gen', '--to=@MADE0@'] });
  expect(done).toEqual({ code: 0, output: 'wrote ../../site/index.html of /p/web/a.vue' });
  const rule = host.files.readText('/b/d');
  const words = rule.ok ? rule.value.split(/[\s\\]+/) : [];
  expect(words).toEqual(['/b/site:', '/p/package.json', '/p/web/a.vue', '/b/site/index.html', '']);
});

test.each([
  ['a file', ['/b/out'], '/b/out'],
  ['a folder', { path: '/b/site', contents: '/b/site.contents' }, '/b/site'],
])('a program that does not make %s as it should has failed', (_, made, path) => {
  const host = withTool(() => ({}));
  const { code, output } = runTool(host, mirror, { ...base, made, command: ['gen'] });
  expect(code).toBe(1);
  expect(output).toContain(`gen ended well, but did not make ${path}.`);
});
