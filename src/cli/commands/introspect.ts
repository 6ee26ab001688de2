import type { Command } from 'commander';
import { findBuildDirectory } from '../build-directory.ts';
import { flag, parseWords, text } from '../parse-words.ts';
import { refuse } from '../say.ts';
import { exitCodes, type Session } from '../session.ts';

/** What can be asked for, and the name of its file in meson-info/. */
const kinds: readonly (readonly [option: string, name: string])[] = [
  ['benchmarks', 'benchmarks'],
  ['buildoptions', 'buildoptions'],
  ['buildsystem-files', 'buildsystem_files'],
  ['compilers', 'compilers'],
  ['dependencies', 'dependencies'],
  ['installed', 'installed'],
  ['install-plan', 'install_plan'],
  ['machines', 'machines'],
  ['projectinfo', 'projectinfo'],
  ['targets', 'targets'],
  ['tests', 'tests'],
];

/** `kaon introspect [--KIND …] [BUILD]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'introspect', summary: 'Tell other tools about the project.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const directory = findBuildDirectory(session, operands[0] ?? text(options, 'C'));
  if (!directory.ok || directory.value.kind !== 'configured') {
    return refuse(session, 'No build directory is here. Run `kaon setup` first.');
  }
  const all = flag(options, 'all');
  const wanted = kinds.filter(([option]) => all || flag(options, camelCase(option)));
  const found: Record<string, unknown> = {};
  for (const [, name] of wanted) {
    const path = `${directory.value.buildRoot}/meson-info/intro-${name}.json`;
    const read = session.host.files.readText(path);
    if (!read.ok) return refuse(session, `${path}: ${read.error.reason}`);
    found[name] = JSON.parse(read.value);
  }
  if (wanted.length === 0) {
    session.terminal.print('No command specified');
    return exitCodes.failed;
  }
  const [only] = Object.values(found);
  const value = wanted.length === 1 && !all && !flag(options, 'forceObjectOutput') ? only : found;
  session.terminal.print(JSON.stringify(value, undefined, flag(options, 'indent') ? 4 : undefined));
  return exitCodes.ok;
}

function define(command: Command): void {
  command
    .argument('[builddir]', 'The build directory')
    .option('-C <dir>', 'The build directory')
    .option('-a, --all', 'All there is')
    .option('-i, --indent', 'Indent the output')
    .option('-f, --force-object-output', 'An object even for one kind');
  for (const [option, name] of kinds) {
    command.option(`--${option}`, `What meson-info/intro-${name}.json says`);
  }
}

function camelCase(option: string): string {
  return option.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
