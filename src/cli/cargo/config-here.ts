import { posix } from 'node:path';
import { configOption } from '../../base/cargo-options.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { formatConfigPlace, readSaidConfig } from '../../cargo/config/said-config.ts';
import type { Files, Host } from '../../host/host.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

/**
 * Options to set, with that which says what configuration of Cargo's counts for a command in a Cargo
 * workspace without build file: that of the folder it is called in, as with Cargo, and what it brings.
 * The next command takes it back.
 */
export function withConfig(
  { files, system }: Pick<Host, 'files' | 'system'>,
  directory: BuildDirectory,
  {
    words,
    from = '.',
    options,
  }: {
    readonly words: readonly string[];
    /** The folder that the command is for, where it names one. */
    readonly from?: string | undefined;
    readonly options: ReadonlyMap<string, string | undefined>;
  },
): Result<ReadonlyMap<string, string | undefined>, string> {
  const sourceRoot = sourceRootOf(files, directory);
  if (sourceRoot === undefined) return ok(options);
  if (isMesonProject(files, sourceRoot)) {
    if (words.length === 0) return ok(options);
    return err(
      `--config is for a Cargo workspace without meson.build, but ${sourceRoot}/meson.build decides here.\n` +
        'Write it into .cargo/config.toml.',
    );
  }
  const said = readSaidConfig(files, system.workingDirectory, words);
  if (!said.ok) return said;
  const here = posix.resolve(system.workingDirectory, from);
  const real = files.realPath(here);
  const folder = configuredFolder(files, real.ok ? real.value : here, sourceRoot);
  const wanted = formatConfigPlace({
    ...(folder !== undefined && { folder }),
    ...(said.value.length > 0 && { said: said.value }),
  });
  const before = loadCommandLine(files, directory.buildRoot).options.get(configOption) ?? '';
  if (wanted === before) return ok(options);
  return ok(new Map([...options, [configOption, wanted === '' ? undefined : wanted]]));
}

/** The nearest folder below the workspace's own, up from here, that has a configuration. */
function configuredFolder(files: Files, here: string, root: string): string | undefined {
  for (let at = here; at.startsWith(`${root}/`); at = posix.dirname(at))
    if (['config.toml', 'config'].some((name) => files.isFile(`${at}/.cargo/${name}`))) return at;
  return undefined;
}
