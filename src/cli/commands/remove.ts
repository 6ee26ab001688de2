import type { Command } from 'commander';
import { findCargoProject } from '../crates/cargo-project.ts';
import { changeCrates } from '../crates/change-crates.ts';
import { tableOfCrate } from '../crates/table-of-crate.ts';
import { refuseChange, tellChanges } from '../crates/tell-changes.ts';
import type { Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, parseWords, text } from '../words/parse-words.ts';

/** `kaon remove CRATE …` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const parsed = parseWords(
    session.terminal,
    {
      name: 'remove',
      summary:
        'Remove crates from Cargo.toml and Cargo.lock, with the wraps of what nothing needs.',
      define,
    },
    words,
  );
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const wrong = operands.find((each) => !/^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(each));
  if (wrong !== undefined) return refuse(session, `'${wrong}' is not the name of a crate`);
  const found = findCargoProject(session, options);
  if (!found.ok) return refuse(session, found.error);
  const dryRun = flag(options, 'dryRun');
  const kind = flag(options, 'buildOnly') ? ['--build'] : flag(options, 'dev') ? ['--dev'] : [];
  const offline = flag(options, 'offline') ? ['--offline'] : [];
  const done = await changeCrates(session, found.value, {
    commands: (member) => {
      const manifest = session.host.files.readText(member);
      const text = manifest.ok ? manifest.value : '';
      const common = ['remove', '--manifest-path', member, ...offline];
      if (kind.length > 0) return [[...common, ...kind, '--', ...operands]];
      return operands.map((crate) => [...common, ...tableOfCrate(text, crate), '--', crate]);
    },
    package: text(options, 'package'),
    needsMember: true,
    writesRules: false,
    ignoresRustVersion: true,
    dryRun,
  });
  if (!done.ok)
    return refuseChange(session, `${operands.join(', ')} cannot be removed`, done.error);
  return tellChanges(session, found.value, { ...done.value, dryRun });
}

function define(command: Command): void {
  command
    .argument('<crate...>', 'Names of crates')
    .option('--build-only', 'From [build-dependencies]')
    .option('--dev', 'From [dev-dependencies]')
    .option('-p, --package <name>', 'The package of the workspace to remove it from')
    .option('--manifest-path <file>', 'The Cargo.toml')
    .option('--offline', 'Without the network')
    .option('--dry-run', 'Only tell what would change')
    .option('--sourcedir <dir>', 'The project', '.');
}
