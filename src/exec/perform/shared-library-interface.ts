import { ok, type Result } from '../../base/result.ts';
import type { Work } from '../../graph/graph.ts';
import type { FileFault } from '../../host/host.ts';
import { hashBytes, hexOf } from '../../store/format/file-content.ts';
import type { BuildContext } from '../build-context.ts';
import { hostPath } from '../build-place.ts';
import { elfInterface } from './elf-interface.ts';

type Symbols = Extract<Work, { readonly kind: 'symbols' }>;

/**
 * Writes what users of a shared library see of it: its name, and its dynamic symbols in order of
 * name. The file stays as it is when that did not change, so its users are not linked again. Where
 * nothing can be found out, a digest of the library stands for it.
 */
export async function writeInterface(
  { host, place }: Pick<BuildContext, 'host' | 'place'>,
  { library, output, tool }: Symbols,
): Promise<Result<void, FileFault>> {
  const bytes = host.files.readBytes(hostPath(place, library));
  if (!bytes.ok) return bytes;
  const elf = elfInterface(bytes.value);
  const listed = elf === undefined ? await run() : `${elf.join('\n')}\n`;
  const content = listed ?? `digest ${hexOf(hashBytes(bytes.value))}\n`;
  const path = hostPath(place, output);
  const before = host.files.readText(path);
  if (before.ok && before.value === content) return ok(undefined);
  return host.files.replace(path, content);

  /** What the toolchain's own tool lists, for formats that we do not read. */
  async function run(): Promise<string | undefined> {
    if (tool.length === 0) return undefined;
    const readelf = /readelf[^/]*$/.test(tool[0] ?? '');
    const options = tool.length > 1 ? [] : readelf ? ['-W', '--dyn-syms', '-d'] : ['-D', '-P'];
    const { done } = host.processes.spawn({
      argv: [...tool, ...options, library],
      workingDirectory: place.buildDirectory,
      environment: { ...host.system.environment, LC_ALL: 'C' },
    });
    const { ended, stdout } = await done;
    if (ended.kind !== 'exited' || ended.code !== 0) return undefined;
    return readelf ? fromReadelf(stdout) : fromNm(stdout);
  }
}

/** Lines of `nm -P`: name, type, and for data value and size. Only the size of data matters: programs copy it. */
function fromNm(listing: string): string {
  const symbols = new Set<string>();
  for (const line of listing.split('\n')) {
    const [name, type, , size] = line.trim().split(/\s+/);
    if (name === undefined || type === undefined || name.endsWith(':')) continue;
    symbols.add(
      /^[BbDdGgRrSsVv]$/.test(type) ? `${name} ${type} ${size ?? ''}` : `${name} ${type}`,
    );
  }
  return `${[...symbols].sort().join('\n')}\n`;
}

/** Lines of `readelf -W --dyn-syms -d`: `Num: Value Size Type Bind Vis Ndx Name`, and the SONAME. */
function fromReadelf(listing: string): string {
  const symbols = new Set<string>();
  for (const line of listing.split('\n')) {
    const soname = /\(SONAME\).*\[(.*)\]/.exec(line);
    if (soname !== null) symbols.add(`SONAME ${soname[1] ?? ''}`);
    const symbol = /^\s*\d+:\s+[0-9a-f]+\s+(\w+)\s+(\w+)\s+(\w+)\s+\w+\s+(\w+)\s+(\S+)/.exec(line);
    if (symbol === null) continue;
    const [, size = '', type = '', bind = '', section = '', name = ''] = symbol;
    const where = section === 'UND' ? 'undefined' : 'defined';
    const data = type === 'OBJECT' || type === 'TLS' ? ` ${size}` : '';
    symbols.add(`${name} ${type} ${bind} ${where}${data}`);
  }
  return `${[...symbols].sort().join('\n')}\n`;
}
