import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Subprojects } from '../../../src/cli/subprojects/open-subprojects.ts';
import { updateSubproject } from '../../../src/cli/subprojects/update-subproject.ts';
import { findInPath } from '../../../src/host/find-in-path.ts';
import type { Host } from '../../../src/host/host.ts';
import { nodeHost } from '../../../src/host/node/node-host.ts';
import { loadWraps } from '../../../src/wrap/wrap-set.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const host = nodeHost();
const hasGit = findInPath(host, 'git') !== undefined;

const never = () => {
  throw new Error('not asked for');
};

/** An update of the subproject `a` below a root; nothing but `layAnew` is to be asked for. */
function updateOfA(host: Host, root: string, layAnew: Subprojects['layAnew'] = never) {
  const subprojects = join(root, 'subprojects');
  const wraps = loadWraps(host, subprojects, 'subprojects');
  const made = wraps.ok ? wraps.value.packages.get('a') : undefined;
  if (made === undefined || !wraps.ok) throw new Error('there is a wrap');
  const all: Subprojects = {
    ...{ sourceRoot: root, folder: subprojects, packages: [made], wraps: wraps.value },
    ...{ prepare: never, applyPackageFiles: never, savePackageFiles: never, settling: never },
    layAnew,
  };
  return { host, all, made, folder: join(subprojects, 'a') };
}

test.skipIf(!hasGit)(
  'a changed clone is not removed where its wrap is of an archive now',
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'kaon-update-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const folder = join(root, 'subprojects/a');
    mkdirSync(folder, { recursive: true });
    execFileSync('git', ['init', '-q'], { cwd: folder });
    writeFileSync(join(folder, 'mine.c'), 'mine');
    writeFileSync(join(root, 'subprojects/a.wrap'), '[wrap-file]\ndirectory = a\n');
    const layAnew = async () => {
      rmSync(folder, { recursive: true });
      return { ok: true as const, value: undefined };
    };
    const request = { ...updateOfA(host, root, layAnew), reset: true, named: true };
    expect(await updateSubproject(request)).toEqual({
      ok: false,
      error: expect.stringContaining('is a clone with changes that are in no commit'),
    });
    expect(readFileSync(join(folder, 'mine.c'), 'utf8')).toBe('mine');
  },
);

test.each(['hg', 'svn'])('a reset removes no clone of %s with changes', async (kind) => {
  const memory = new MemoryHost({
    [`/p/subprojects/a/.${kind}/state`]: '',
    '/p/subprojects/a.wrap': `[wrap-${kind}]\nurl = https://h.invalid/a\nrevision = tip\n`,
  });
  memory.program(kind, ({ argv }) => (argv[1] === 'status' ? 'M mine.c\n' : ''));
  const request = { ...updateOfA(memory, '/p'), reset: true, named: true };
  expect(await updateSubproject(request)).toEqual({
    ok: false,
    error: expect.stringContaining('is a clone with changes that are in no commit'),
  });
});

test.each([
  ['as its wrap says', 'a1', 'Up to date.'],
  ['of an older wrap', 'b2', expect.stringContaining('Pass --reset')],
])('an update of what was laid out %s', async (_title, laidFrom, said) => {
  const record = {
    ...{ format: 1, name: 'a', repository: '', files: {} },
    inputs: { directory: 'a', source_hash: laidFrom },
  };
  const memory = new MemoryHost({
    '/p/subprojects/a/.kaon-subproject.json': JSON.stringify(record),
    '/p/subprojects/a.wrap': '[wrap-file]\nsource_url = https://h.invalid/a\nsource_hash = a1\n',
  });
  const request = { ...updateOfA(memory, '/p'), reset: false, named: false };
  const done = await updateSubproject(request);
  expect(done.ok ? done.value : done.error).toEqual(said);
});
