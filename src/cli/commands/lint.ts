import { posix } from 'node:path';
import type { Command } from 'commander';
import { type Diagnostic, placePosition, plainError } from '../../diag/diagnostic.ts';
import { positionAt } from '../../diag/source.ts';
import type { Files } from '../../host/host.ts';
import { defaultRules, type Finding, lint } from '../../lint/lint.ts';
import { ProjectFiles, projectRoot } from '../../lint/project-files.ts';
import type { Rule } from '../../lint/rule.ts';
import { rules } from '../../lint/table.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseDiagnostic } from '../terminal/refuse.ts';
import { shownDiagnostic } from '../terminal/terminal.ts';
import { collect, flag, type ParsedOptions, parseWords, texts } from '../words/parse-words.ts';

/** `kaon lint [OPTIONS] [DIRECTORY|FILE …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'lint', summary: 'Find likely mistakes in build files.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  if (flag(options, 'listRules')) return listRules(session);
  const chosen = chosenRules(options);
  if (typeof chosen === 'string') return refuse(session, chosen);
  const asked = operands.length === 0 ? ['.'] : operands;
  const projects = new Map<string, readonly Finding[]>();
  let count = 0;
  for (const each of asked) {
    const path = posix.resolve(session.host.system.workingDirectory, each);
    if (!session.host.files.exists(path)) return refuse(session, `There is no ${each}.`);
    const root = projectRoot(session.host.files, path);
    if (root === undefined)
      return refuseDiagnostic(session, noProject(session.host.files, { name: each, path }));
    const found = projects.get(root) ?? findings(session, root, chosen);
    projects.set(root, found);
    const own = session.host.files.isDirectory(path)
      ? found.filter(({ file }) => path === root || file.path.startsWith(`${path}/`))
      : found.filter(({ file }) => file.path === path);
    for (const finding of own) tell(session, finding);
    count += own.length;
  }
  return count === 0 ? exitCodes.ok : exitCodes.failed;
}

function define(command: Command): void {
  command
    .argument('[paths...]', 'Projects, folders in them, or build files')
    .option('--list-rules', 'Tell all rules')
    .option('-e, --enable <rule>', 'Look at an optional rule too; `all` for each of them', collect)
    .option('-d, --disable <rule>', 'Do not look at a rule', collect)
    .option('--only <rule>', 'Look at this rule alone', collect);
}

function noProject(
  files: Files,
  { name, path }: { readonly name: string; readonly path: string },
): Diagnostic {
  const hint = 'What Cargo builds is looked at by `kaon compile clippy`.';
  return plainError(
    `${name} belongs to no project: no meson.build with project().`,
    files.isFile(`${path}/Cargo.toml`) ? hint : undefined,
  );
}

function chosenRules(options: ParsedOptions): readonly Rule[] | string {
  const [enabled, disabled, only] = ['enable', 'disable', 'only'].map((name) =>
    texts(options, name),
  );
  const named = [...(enabled ?? []), ...(disabled ?? []), ...(only ?? [])];
  const unknown = named.find((name) => name !== 'all' && !rules.some((rule) => rule.name === name));
  if (unknown !== undefined) return `There is no rule '${unknown}'; --list-rules tells all.`;
  const has = (list: readonly string[] | undefined, name: string): boolean =>
    list?.includes(name) === true || list?.includes('all') === true;
  const wanted = rules.filter((rule) =>
    only?.length ? has(only, rule.name) : defaultRules.includes(rule) || has(enabled, rule.name),
  );
  return wanted.filter(({ name }) => !has(disabled, name));
}

function findings({ host }: Session, root: string, wanted: readonly Rule[]): readonly Finding[] {
  const shownUnder = host.system.workingDirectory;
  return lint(new ProjectFiles(host.files, { root, shownUnder }), wanted);
}

function tell(session: Session, { rule, file, diagnostic }: Finding): void {
  const { terminal, json } = session;
  const { message, severity, place, focus } = diagnostic;
  if (!json) {
    terminal.print(shownDiagnostic({ ...diagnostic, message: `${message} [${rule}]` }, terminal));
    return;
  }
  const span = focus ?? place?.span ?? { start: 0, end: 0 };
  const start = place === undefined ? { line: 1, column: 0 } : placePosition(place);
  const end = positionAt(file.source, span.end);
  const { path } = file.source;
  const { hints } = diagnostic;
  const where = {
    path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  terminal.print(JSON.stringify({ v: 1, kind: 'lint', rule, severity, message, ...where, hints }));
}

function listRules({ terminal, json }: Session): number {
  if (json) {
    for (const { name, severity, optional, doc } of rules) {
      const isDefault = optional !== true;
      terminal.print(
        JSON.stringify({ v: 1, kind: 'rule', name, severity, default: isDefault, doc }),
      );
    }
    return exitCodes.ok;
  }
  const width = Math.max(...rules.map(({ name }) => name.length));
  for (const { name, severity, optional, doc } of rules) {
    const note = optional === true ? ' (optional)' : '';
    terminal.print(`${name.padEnd(width)}  ${severity.padEnd(7)}  ${doc}${note}`);
  }
  return exitCodes.ok;
}
