import { posix } from 'node:path';
import type { Command } from 'commander';
import { dependencyName } from '../../cargo/crate-abi.ts';
import { type CargoProject, findCargoProject } from '../crates/cargo-project.ts';
import { type CrateChange, changeCrates } from '../crates/change-crates.ts';
import { refuseChange, tellChanges } from '../crates/tell-changes.ts';
import type { Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import {
  collect,
  flag,
  type ParsedOptions,
  parseWords,
  text,
  texts,
} from '../words/parse-words.ts';

/** `kaon add CRATE[@REQUIREMENT] …` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const parsed = parseWords(
    session.terminal,
    {
      name: 'add',
      summary:
        'Add crates: to Cargo.toml and Cargo.lock, with wraps for them and for what they need.',
      define,
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const wrong = operands.find((each) => !isCrate(each));
  if (wrong !== undefined)
    return refuse(session, `'${wrong}' is no crate; say NAME or NAME@REQUIREMENT`);
  const found = findCargoProject(session, options);
  if (!found.ok) return refuse(session, found.error);
  const dryRun = flag(options, 'dryRun');
  const done = await changeCrates(session, found.value, {
    commands: (member) => [['add', '--manifest-path', member, ...cargoWords(options), ...operands]],
    package: text(options, 'package'),
    needsMember: true,
    writesRules: flag(options, 'rules'),
    ignoresRustVersion: flag(options, 'ignoreRustVersion'),
    dryRun,
  });
  if (!done.ok) return refuseChange(session, `${operands.join(', ')} cannot be added`, done.error);
  const code = tellChanges(session, found.value, { ...done.value, dryRun });
  // Where a manifest alone decides, there is nothing to write beside it.
  const buildFile = session.host.files.readText(`${found.value.sourceRoot}/meson.build`);
  if (!buildFile.ok) return code;
  for (const each of operands) tellUse(session, done.value, { each, options });
  const asks = texts(options, 'features').length > 0 || options['defaultFeatures'] === false;
  // Rules of one's own have their features in them.
  if (asks && !flag(options, 'rules')) tellFeatures(session, found.value, buildFile.value);
  return code;
}

function define(command: Command): void {
  command
    .argument('<crate...>', 'Crates, each as NAME or NAME@REQUIREMENT')
    .option('-F, --features <list>', 'Features to enable', collect)
    .option('--no-default-features', 'Without the default features')
    .option('--build-only', 'For build scripts: [build-dependencies]')
    .option('--dev', 'For tests: [dev-dependencies]')
    .option('--optional', 'Make it an optional dependency')
    .option('--rename <name>', 'What the code calls it')
    .option('--native', 'It is used by programs that run while building')
    .option('--rules', 'Write build rules for what is new, to keep and change')
    .option('--git <url>', 'From a git repository')
    .option('--branch <name>', 'Of that repository')
    .option('--tag <name>', 'Of that repository')
    .option('--rev <commit>', 'Of that repository')
    .option('-p, --package <name>', 'The package of the workspace to add it to')
    .option('--manifest-path <file>', 'The Cargo.toml')
    .option('--ignore-rust-version', 'Also crates that need a newer compiler than is promised')
    .option('--offline', 'Without the network')
    .option('--dry-run', 'Only tell what would change')
    .option('--sourcedir <dir>', 'The project', '.');
}

function cargoWords(options: ParsedOptions): readonly string[] {
  const valued = (['rename', 'git', 'branch', 'tag', 'rev'] as const).flatMap((name) => {
    const value = text(options, name);
    return value === undefined ? [] : [`--${name}=${value}`];
  });
  return [
    ...texts(options, 'features').map((each) => `--features=${each}`),
    ...(options['defaultFeatures'] === false ? ['--no-default-features'] : []),
    ...(flag(options, 'buildOnly') ? ['--build'] : []),
    ...(flag(options, 'dev') ? ['--dev'] : []),
    ...(flag(options, 'optional') ? ['--optional'] : []),
    ...(flag(options, 'ignoreRustVersion') ? ['--ignore-rust-version'] : []),
    ...(flag(options, 'offline') ? ['--offline'] : []),
    ...valued,
    '--',
  ];
}

function isCrate(word: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]*(@[\^~=<>]*\d[^\s@]*|@\*)?$/.test(word);
}

/** What makes the features count that were asked for. */
function tellFeatures(
  { terminal }: Session,
  { sourceRoot, workspace }: CargoProject,
  buildFile: string,
): void {
  if (buildFile.includes('workspace(')) return;
  const folder = posix.relative(sourceRoot, posix.dirname(workspace));
  terminal.print(
    folder === ''
      ? 'after rust.workspace(), which makes these features count'
      : `which has its default features there; these features count in rust.workspace('${folder}')`,
  );
}

/** How a build file asks for it. */
function tellUse(
  { terminal }: Session,
  { lock, locked }: CrateChange,
  { each, options }: { readonly each: string; readonly options: ParsedOptions },
): void {
  if (flag(options, 'buildOnly') || flag(options, 'dev')) return;
  const name = each.replace(/@.*$/, '');
  const fresh = lock.flatMap((change) => (change.kind === 'removed' ? [] : [change.now]));
  const added = fresh.find((one) => one.name === name);
  const [there, ...others] = locked.filter((one) => one.name === name);
  // Of several that were there, nobody says which one was meant.
  const crate = added ?? (others.length === 0 ? there : undefined);
  if (crate === undefined) return;
  if (added === undefined && flag(options, 'rules'))
    terminal.print(
      `Note: ${name} ${crate.version} was there already; no rules were written for it`,
    );
  const native = flag(options, 'native') ? ', native: true' : '';
  const own = dependencyName(name, crate.version);
  terminal.print(`In a build file: dependency('${own}'${native})`);
}
