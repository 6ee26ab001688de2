import { posix } from 'node:path';
import { findInPath } from '../../host/find-in-path.ts';
import type { Host } from '../../host/host.ts';
import type { InstallItem } from '../../model/install-plan.ts';

/** A script that gdb loads with a library: `libNAME.so.1-gdb.py` lies beside that once both are installed. */
export interface GdbHelper {
  /** Absolute. */
  readonly script: string;
  /** The library or program in the build directory. */
  readonly target: string;
}

/** What gdb would find once all was installed. */
export function gdbHelpers(items: readonly InstallItem[], buildRoot: string): readonly GdbHelper[] {
  return items.flatMap((item) => {
    if (item.kind !== 'file' || item.isData !== true) return [];
    const [, name] = /([^/]*)-gdb\.(?:py|gdb|scm)$/.exec(item.from) ?? [];
    return items.flatMap((other) =>
      other.kind === 'target' && posix.basename(other.from) === name
        ? [
            {
              script: posix.resolve(buildRoot, item.from),
              target: posix.join(buildRoot, other.from),
            },
          ]
        : [],
    );
  });
}

/**
 * Lets gdb find helpers of what was built: links to them in a folder that mirrors where that lies, which the
 * build directory's `.gdbinit` names. Answers what is to be told, the first time.
 */
export function layGdbHelpers(
  host: Pick<Host, 'files' | 'system'>,
  { helpers, buildRoot, workdir }: GdbHelpersHere,
): readonly string[] {
  const { files } = host;
  if (helpers.length === 0 || findInPath(host, 'gdb') === undefined) return [];
  const mirror = `${buildRoot}/meson-private/gdb-auto-load`;
  for (const { script, target } of helpers) {
    const folder = posix.join(mirror, posix.dirname(target));
    files.makeDirectory(folder);
    // One that is there already was laid by an earlier call.
    files.symlink(script, `${folder}/${posix.basename(script)}`);
  }
  const init = `${buildRoot}/.gdbinit`;
  const line = `add-auto-load-scripts-directory ${mirror}`;
  const before = files.readText(init);
  const text = before.ok ? before.value : '';
  if (text.split('\n').includes(line)) return [];
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  if (!files.write(init, `${text}${gap}${line}\n`).ok) return [];
  const shown = posix.relative(workdir, init);
  return [
    `Detected GDB helpers and added config in ${shown}`,
    'To load it automatically you might need to:',
    ` - Add add-auto-load-safe-path ${buildRoot} in ~/.gdbinit`,
    ...(workdir === buildRoot
      ? []
      : [` - Change current workdir to ${posix.dirname(shown)} or use --init-command ${shown}`]),
  ];
}

interface GdbHelpersHere {
  readonly helpers: readonly GdbHelper[];
  readonly buildRoot: string;
  /** Where the command runs. */
  readonly workdir: string;
}
