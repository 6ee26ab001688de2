import { posix } from 'node:path';
import { configOption } from '../../base/cargo-options.ts';
import { loadConfig } from '../../cargo/config/load-config.ts';
import { configPlace, readSaidConfig } from '../../cargo/config/said-config.ts';
import { type TermConfig, termConfig } from '../../cargo/config/term-config.ts';
import { cargoHome } from '../../cargo/crate-source.ts';
import type { Host } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';
import { loadCommandLine } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import { buildDirectoryAt, findBuildDirectory } from '../setup/build-directory.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { flag, type ParsedOptions, text, texts } from '../words/parse-words.ts';
import { directoryWord } from './cargo-words.ts';
import { keptTermPath } from './kept-term.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

interface Asked {
  readonly session: Session;
  readonly options: ParsedOptions;
}

/**
 * The session and the words of a command with what `[term]` of Cargo's configuration says, in a Cargo
 * workspace without build file. What the words say goes before it.
 */
export function asConfigured({ session, options }: Asked): Asked {
  const said = termOf(session, options);
  const isLoud = flag(options, 'quiet') || flag(options, 'verbose');
  return {
    session: { ...session, terminal: withTerm(session.terminal, said, options) },
    options: isLoud
      ? options
      : {
          ...options,
          ...(said.quiet === true && { quiet: true }),
          ...(said.verbose === true && { verbose: true }),
        },
  };
}

/** Writes down whether `[term]` asks for more or less, for builds that read no configuration. */
export function keepTerm(
  { files, system }: Pick<Host, 'files' | 'system'>,
  { sourceRoot, buildRoot }: { readonly sourceRoot: string; readonly buildRoot: string },
): void {
  const option = loadCommandLine(files, buildRoot).options.get(configOption);
  const loaded = isMesonProject(files, sourceRoot)
    ? undefined
    : loadConfig(files, configPlace(sourceRoot, option), cargoHome(system));
  const { quiet, verbose } = loaded?.ok === true ? termConfig(loaded.value, {}) : {};
  const path = keptTermPath(buildRoot);
  if (quiet === true || verbose === true) replaceDifferent(files, path, '');
  else if (files.exists(path)) files.remove(path);
}

function termOf(session: Session, options: ParsedOptions): TermConfig {
  const { files, system } = session.host;
  const target = text(options, 'targetDir');
  const directory =
    target === undefined
      ? findBuildDirectory(session, directoryWord(options))
      : buildDirectoryAt(session, target, directoryWord(options));
  // What cannot be found is told by who opens it.
  const sourceRoot = directory.ok ? sourceRootOf(files, directory.value) : undefined;
  if (sourceRoot === undefined || isMesonProject(files, sourceRoot)) return {};
  const here = posix.resolve(system.workingDirectory, directoryWord(options) ?? '.');
  const folder = `${here}/`.startsWith(`${sourceRoot}/`) ? here : sourceRoot;
  const said = readSaidConfig(files, system.workingDirectory, texts(options, 'config'));
  const loaded = loadConfig(files, { folder, said: said.ok ? said.value : [] }, cargoHome(system));
  return loaded.ok ? termConfig(loaded.value, system.environment) : {};
}

/** Without a word of its own for colours, and without lines that are overwritten where none are wanted. */
function withTerm(
  terminal: Terminal,
  { color = 'auto', progress }: TermConfig,
  options: ParsedOptions,
): Terminal {
  const isSaid = text(options, 'color') !== undefined || color === 'auto';
  return {
    ...terminal,
    color: isSaid ? terminal.color : color === 'always',
    interactive: terminal.interactive && progress !== 'never',
    // They change.
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows ?? 24;
    },
  };
}
