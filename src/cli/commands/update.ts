import type { Command } from 'commander';
import { findCargoProject } from '../crates/cargo-project.ts';
import { changeCrates } from '../crates/change-crates.ts';
import { refuseChange, tellChanges } from '../crates/tell-changes.ts';
import type { Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, parseWords, text } from '../words/parse-words.ts';

/** `kaon update [CRATE …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const parsed = parseWords(
    session.terminal,
    {
      name: 'update',
      summary: 'Bring crates to their newest versions that fit, and their wraps with them.',
      define,
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const wrong = operands.find(
    (each) => !/^([a-z+]+:\/\/\S+|[A-Za-z0-9_][A-Za-z0-9_-]*(@[\w.+-]+)?)$/.test(each),
  );
  if (wrong !== undefined) return refuse(session, `'${wrong}' is not the name of a crate`);
  const precise = text(options, 'precise');
  if (precise !== undefined && operands.length !== 1)
    return refuse(session, '--precise is the version of one crate');
  const found = findCargoProject(session, options);
  if (!found.ok) return refuse(session, found.error);
  const { workspace } = found.value;
  const dryRun = flag(options, 'dryRun');
  const done = await changeCrates(session, found.value, {
    commands: () => [
      [
        ...['update', '--manifest-path', workspace],
        ...(flag(options, 'offline') ? ['--offline'] : []),
        ...(flag(options, 'recursive') ? ['--recursive'] : []),
        ...(precise === undefined ? [] : [`--precise=${precise}`]),
        ...operands.flatMap((each) => ['--package', each]),
      ],
    ],
    needsMember: false,
    writesRules: false,
    ignoresRustVersion: flag(options, 'ignoreRustVersion'),
    dryRun,
  });
  if (!done.ok)
    return refuseChange(
      session,
      `${operands.join(', ') || 'Crates'} cannot be updated`,
      done.error,
    );
  return tellChanges(session, found.value, { ...done.value, dryRun });
}

function define(command: Command): void {
  command
    .argument('[crate...]', 'Names of crates; all when not given')
    .option('--precise <version>', 'Exactly this version')
    .option('--recursive', 'What they need too')
    .option('--manifest-path <file>', 'The Cargo.toml')
    .option('--ignore-rust-version', 'Also crates that need a newer compiler than is promised')
    .option('--offline', 'Without the network')
    .option('--dry-run', 'Only tell what would change')
    .option('--sourcedir <dir>', 'The project', '.');
}
