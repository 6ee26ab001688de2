import { cLikeFiles } from '../clang-tools/c-like-files.ts';
import { isOlder, llvmProgram } from '../clang-tools/llvm-program.ts';
import { type FileRun, runOnFiles } from '../clang-tools/run-on-files.ts';
import { toolWords } from '../clang-tools/tool-words.ts';
import type { Session } from '../session.ts';
import { refuse } from '../terminal/refuse.ts';

/** `clang-format [--check] --color WHEN SOURCE BUILD`: lays out the project's files, or tells which are not. */
export async function clangFormat(session: Session, words: readonly string[]): Promise<number> {
  const { option, colored, ...place } = toolWords(session, words);
  const { files } = session.host;
  const program = llvmProgram(session.host, 'clang-format');
  if (program === undefined) return refuse(session, 'Could not find clang-format');
  const checks = option === '--check';
  if (checks && isOlder(session.host, program, '10'))
    return refuse(session, 'clang-format 10 or newer is needed to check files');
  const argv = [
    program,
    ...(checks ? ['--dry-run', '--Werror', ...(colored ? ['--color=1'] : [])] : []),
    ...['-style=file', '-i'],
  ];
  const runs = cLikeFiles(session.host, { tool: 'clang-format', ...place }).map((path): FileRun => {
    const before = files.readText(path);
    const isSame = (): boolean => {
      const now = files.readText(path);
      return !before.ok || !now.ok || now.value === before.value;
    };
    return {
      argv: [...argv, path],
      after: () => (isSame() ? undefined : `File reformatted:  ${path}`),
    };
  });
  return runOnFiles(session, runs);
}
