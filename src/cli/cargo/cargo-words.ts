import { posix } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { profileNameFault } from '../../cargo/faults/profile-name.ts';
import { specFault } from '../../cargo/units/packages/package-spec.ts';
import { formatCommandLine, mergedRecord } from '../../store/setup/cmd-line-file.ts';
import { commandLinePath, loadCommandLine } from '../../store/setup/setup-state.ts';
import type { Session } from '../session.ts';
import { collect, flag, type ParsedOptions, text, texts } from '../words/parse-words.ts';
import { messageFormat } from './message-format.ts';

/** Words that people know from Cargo: each is an option of the build directory, which keeps all but the packages. */
export function defineCargoOptions(command: Command): void {
  // `kaon test` has one for tests already.
  if (!command.options.some(({ long }) => long === '--exclude'))
    command.option('--exclude <name>', 'All packages of a Cargo workspace but this', collect);
  if (!command.options.some(({ long }) => long === '--quiet'))
    command.option('-q, --quiet', 'Say only what goes wrong, and what compilers say');
  command
    .option('-r, --release', 'Optimised: buildtype release')
    .option('-p, --package <names>', 'Packages of a Cargo workspace; "tool-*" for some', collect)
    .option('--workspace', 'All packages of a Cargo workspace')
    .addOption(new Option('--all', "Cargo's older word for --workspace").hideHelp())
    .option('-F, --features <names>', 'Features of the packages of a Cargo workspace', collect)
    .option('--all-features', 'All of their features')
    .option('--no-default-features', 'Without the feature default')
    .option('--profile <name>', 'A profile of Cargo.toml', once('--profile <PROFILE-NAME>'))
    .option('--target <triple>', 'Build for this machine, as rustc names it', onlyOne)
    .option(
      '--manifest-path <path>',
      'As if called in the folder of this Cargo.toml',
      once('--manifest-path <PATH>'),
    )
    .option(
      '--target-dir <dir>',
      'The build directory, which may be new',
      once('--target-dir <DIRECTORY>'),
    )
    .option('--color <when>', 'auto, always or never', once('--color <WHEN>'))
    .option('--config <key=value>', "Cargo's configuration for this command; or a file", collect)
    .option(
      '--message-format <kinds>',
      'human, short, json and its like, as Cargo has them',
      collect,
    )
    .option('--ignore-rust-version', 'Try packages that ask for a newer compiler')
    .option('--offline', 'Fetch nothing: only crates that are on this machine')
    .option('--locked', 'Cargo.lock must be there and fit: it is not made or changed')
    .option('--frozen', '--locked and --offline');
  command.addOption(new Option('--artifact-dir <dir>').hideHelp());
  command.addOption(new Option('--timings [formats]').hideHelp());
  command.addOption(
    new Option(
      '--future-incompat-report',
      'Tell what crates do that a later rustc will refuse',
    ).hideHelp(),
  );
}

/** Cargo would build for each: a build directory is for one. */
function onlyOne(value: string, before?: string): string {
  if (before === undefined) return value;
  throw new InvalidArgumentError('Only one `--target` argument is supported.');
}

/** What is said twice would mean one of the two, and nobody knows which. */
function once(word: string): (value: string, before?: string) => string {
  return (value, before) => {
    if (before === undefined) return value;
    throw new InvalidArgumentError(`the argument '${word}' cannot be used multiple times`);
  };
}

/** Words of Cargo's that mean nothing here, and what does instead. */
const insteadOf: Readonly<Record<string, string>> = {
  artifactDir:
    '--artifact-dir is unstable in Cargo.\nPrograms lie in DIRECTORY/target/debug or release.',
  timings: '--timings is written by Cargo.\n--trace FILE writes the times of all commands.',
};

/** Why such words cannot stand beside one another, in Cargo's words. */
export function refusedWords(options: ParsedOptions): string | undefined {
  if (texts(options, 'exclude').length > 0 && !meansAll(options))
    return '--exclude can only be used together with --workspace';
  for (const [name, instead] of Object.entries(insteadOf))
    if (options[name] !== undefined) return instead;
  if (flag(options, 'release') && options['profile'] !== undefined)
    return "the argument '--profile <PROFILE-NAME>' cannot be used with '--release'";
  const unnamed = profileFault(text(options, 'profile'));
  if (unnamed !== undefined) return unnamed;
  if (text(options, 'target')?.trim() === '') return 'target was empty';
  const packages = texts(options, 'package').flatMap((word) => word.split(','));
  const misspelt = packages.flatMap((word) => specFault(word) ?? []).at(0);
  if (misspelt !== undefined) return misspelt;
  const odd = [...texts(options, 'package'), ...texts(options, 'exclude')].find(isBrokenGlob);
  if (odd !== undefined) return `cannot build glob pattern from \`${odd}\``;
  const format = messageFormat(texts(options, 'messageFormat'));
  if (!format.ok) return format.error;
  const color = text(options, 'color');
  if (color !== undefined && !['auto', 'always', 'never'].includes(color))
    return `argument for --color must be auto, always, or never, but found \`${color}\``;
  if (text(options, 'targetDir') !== undefined && text(options, 'C') !== undefined)
    return '-C and --target-dir both say where to build';
  const manifest = text(options, 'manifestPath');
  if (manifest === undefined) return undefined;
  if (posix.basename(manifest) !== 'Cargo.toml')
    return 'the manifest-path must be a path to a Cargo.toml file';
  return text(options, 'C') === undefined
    ? undefined
    : '-C and --manifest-path both say where to build';
}

function profileFault(name: string | undefined): string | undefined {
  if (name === '') return 'profile `` is not defined';
  if (name === 'doc') return 'profile `doc` is reserved and not allowed to be explicitly specified';
  return name === undefined ? undefined : profileNameFault(name);
}

/** A bracket that nothing closes. */
function isBrokenGlob(text: string): boolean {
  return /\[(?!!?[^\]]+\])/.test(text);
}

/** What such words say in the place of `-C`. */
export function directoryWord(options: ParsedOptions): string | undefined {
  const manifest = text(options, 'manifestPath');
  return manifest === undefined ? text(options, 'C') : posix.dirname(manifest);
}

/** Whether all members of a workspace are meant: `--workspace`, or its older name. */
export function meansAll(options: ParsedOptions): boolean {
  return flag(options, 'workspace') || flag(options, 'all');
}

/** The options that such words mean. */
export function cargoOptions(options: ParsedOptions): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const list = (name: string): string =>
    texts(options, name)
      .join(',')
      .split(/[\s,]+/)
      .filter((word) => word !== '')
      .join(',');
  if (flag(options, 'release')) found.set('buildtype', 'release');
  const excluded = texts(options, 'exclude').map((name) => `!${name}`);
  const listed = (names: readonly string[]): string => {
    const text = names.join(',');
    // What begins with a bracket would be read as a list.
    return text.startsWith('[') ? `[${text.split(',').map((name) => `'${name}'`)}]` : text;
  };
  const named = options['package'] === undefined ? [] : [list('package')];
  if (meansAll(options)) found.set('packages', listed(['*', ...named, ...excluded]));
  else if (named.length > 0) found.set('packages', listed(named));
  if (options['features'] !== undefined) found.set('features', list('features'));
  if (flag(options, 'allFeatures')) found.set('all_features', 'true');
  if (options['defaultFeatures'] === false) found.set('default_features', 'false');
  if (flag(options, 'ignoreRustVersion')) found.set('ignore_rust_version', 'true');
  const profile = text(options, 'profile');
  if (profile !== undefined) found.set('profile', profile);
  const target = text(options, 'target');
  if (target !== undefined) found.set('target', target);
  if (flag(options, 'locked') || flag(options, 'frozen')) found.set('locked', 'true');
  if (flag(options, 'offline') || flag(options, 'frozen')) found.set('wrap_mode', 'nodownload');
  return found;
}

/**
 * Writes options down where setup finds them; it is stale then. What takes them back is for a setup
 * that is refused: a misspelt word must not stand in the way of later commands.
 */
export function keepOptions(
  { host: { files } }: Session,
  buildRoot: string,
  options: ReadonlyMap<string, string | undefined>,
): () => void {
  if (options.size === 0) return () => undefined;
  const path = commandLinePath(buildRoot);
  const text = files.readText(path);
  const before = loadCommandLine(files, buildRoot);
  const record = mergedRecord(before, { options, crossFiles: [], nativeFiles: [] });
  files.makeDirectory(path.slice(0, path.lastIndexOf('/')));
  files.replace(path, formatCommandLine(record));
  return () => {
    if (text.ok) files.replace(path, text.value);
    else files.remove(path);
  };
}
