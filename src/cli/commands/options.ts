import type { Command } from 'commander';
import { loadSetup } from '../../store/setup/setup-state.ts';
import { openBuild } from '../build/open-build.ts';
import { runEditor } from '../options-editor/run-editor.ts';
import { exitCodes, type Session } from '../session.ts';
import { findBuildDirectory } from '../setup/build-directory.ts';
import { refuse } from '../terminal/refuse.ts';
import { parseWords, text } from '../words/parse-words.ts';
import { run as configure } from './configure.ts';

/** `kaon options [BUILD]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const { terminal, host, json } = session;
  const usage = {
    name: 'options',
    summary: 'Edit the options of a build on the screen.',
    define: (command: Command) =>
      command
        .argument('[builddir]', 'The build directory')
        .option('-C <dir>', 'The build directory'),
  };
  const parsed = parseWords(terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  if (!terminal.interactive || process.stdin.isTTY !== true || json) {
    return refuse(
      session,
      'kaon options needs a terminal. Without one, `kaon configure` shows options and `kaon configure -DNAME=VALUE` changes them.',
    );
  }
  const directory = findBuildDirectory(session, parsed.operands[0] ?? text(parsed.options, 'C'));
  if (!directory.ok) return refuse(session, directory.error);
  const { buildRoot } = directory.value;
  const state = loadSetup(host.files, buildRoot);
  if (!state.ok) return refuse(session, `${buildRoot} is not set up. Run \`kaon setup\` first.`);
  const changes = await runEditor(terminal, process.stdin, state.value.options);
  if (changes === undefined) {
    terminal.print('Nothing was changed.');
    return exitCodes.ok;
  }
  const given = [...changes].map(([name, value]) => `-D${name}=${value}`);
  for (const word of given) terminal.print(word);
  const saved = await configure(session, [buildRoot, ...given]);
  if (saved !== exitCodes.ok) return saved;
  const opened = await openBuild(session, { directory: buildRoot });
  if (!opened.ok) return opened.error;
  opened.value.release();
  return exitCodes.ok;
}
