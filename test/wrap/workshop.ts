import { sha256Of } from '../../src/base/sha256.ts';
import { renderDiagnostic } from '../../src/diag/render.ts';
import { prepareSubproject, readySubproject } from '../../src/wrap/prepare.ts';
import type { PrepareRequest } from '../../src/wrap/request.ts';
import { loadWraps } from '../../src/wrap/wrap-set.ts';
import { MemoryHost } from '../support/memory-host.ts';

/** A project in memory whose one wrap `foo` is of an archive lying in `packagefiles`. */
export function projectWith(
  archive: Uint8Array,
  lines: readonly string[] = [],
  name = 'foo.tar.gz',
): MemoryHost {
  const host = new MemoryHost();
  host.write(`subprojects/packagefiles/${name}`, archive);
  host.write(
    'subprojects/foo.wrap',
    [
      '[wrap-file]',
      'directory = foo-1',
      `source_filename = ${name}`,
      `source_hash = ${sha256Of(archive)}`,
      ...lines,
      '',
    ].join('\n'),
  );
  return host;
}

/** Prepares a subproject and tells how that went: its folder, or the fault as people read it. */
export async function prepare(
  host: MemoryHost,
  name = 'foo',
  change: Partial<PrepareRequest> = {},
): Promise<string> {
  const wraps = loadWraps(host, '/project/subprojects', 'subprojects');
  if (!wraps.ok) return wraps.error.map((error) => renderDiagnostic(error)).join('\n');
  const prepared = await prepareSubproject(host, {
    name,
    wraps: wraps.value,
    wrapMode: 'default',
    sourceRoot: '/project',
    subprojects: '/project/subprojects',
    store: '/home/user/.cache/kaon/subprojects',
    fetchCrate: async () => ({ ok: false, error: 'no Cargo here' }),
    ...change,
  });
  if (!prepared.ok) return `${prepared.error.kind}: ${renderDiagnostic(prepared.error.diagnostic)}`;
  const { subdir, method, warnings } = prepared.value;
  return [`${subdir} (${method})`, ...warnings.map((warning) => renderDiagnostic(warning))].join(
    '\n',
  );
}

/** The folder of `foo` where nothing needs doing. */
export function ready(host: MemoryHost): string | undefined {
  const wraps = loadWraps(host, '/project/subprojects', 'subprojects');
  if (!wraps.ok) return undefined;
  return readySubproject(host, {
    name: 'foo',
    wraps: wraps.value,
    wrapMode: 'default',
    sourceRoot: '/project',
    subprojects: '/project/subprojects',
    store: '/home/user/.cache/kaon/subprojects',
  })?.subdir;
}

/** Everything below `subprojects` but what the test put there. */
export function laid(host: MemoryHost): readonly string[] {
  return Object.keys(host.files.snapshot('/project/subprojects'))
    .filter((path) => !/\/packagefiles\/|\.wrap$|\/packagecache\//.test(path))
    .map((path) => path.replace('/project/subprojects/', ''))
    .filter((path) => !path.endsWith('.kaon-subproject.json'))
    .sort();
}
