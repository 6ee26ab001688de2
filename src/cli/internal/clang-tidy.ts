import { posix } from 'node:path';
import { cLikeFiles } from '../clang-tools/c-like-files.ts';
import { isOlder, llvmProgram } from '../clang-tools/llvm-program.ts';
import { type FileRun, runOnFiles } from '../clang-tools/run-on-files.ts';
import { toolWords } from '../clang-tools/tool-words.ts';
import { exitCodes, type Session } from '../session.ts';
import { readWrittenJson } from '../setup/written-json.ts';
import { refuse } from '../terminal/refuse.ts';

/** `clang-tidy [--fix] --color WHEN SOURCE BUILD`: looks for mistakes in the sources that are compiled. */
export async function clangTidy(session: Session, words: readonly string[]): Promise<number> {
  const { option, colored, sourceRoot, buildRoot } = toolWords(session, words);
  const { host, terminal } = session;
  const tidy = llvmProgram(host, 'clang-tidy');
  if (tidy === undefined) return refuse(session, 'Could not find clang-tidy');
  const apply = option === '--fix' ? llvmProgram(host, 'clang-apply-replacements') : undefined;
  if (option === '--fix' && apply === undefined)
    return refuse(session, 'Could not find clang-apply-replacements');
  const fixes = posix.join(buildRoot, 'meson-private', 'clang-tidy-fix');
  if (apply !== undefined) {
    host.files.remove(fixes);
    host.files.makeDirectory(fixes);
  }
  const compiled = compiledSources(session, buildRoot);
  const sources = cLikeFiles(host, { tool: 'clang-tidy', sourceRoot, buildRoot }).filter((path) =>
    compiled.has(path),
  );
  const runs = sources.map((path, at): FileRun => {
    const noted = `${fixes}/${at}-${posix.basename(path)}.yaml`;
    return {
      argv: [
        ...[tidy, ...(colored ? ['--use-color'] : [])],
        ...(apply === undefined ? [] : ['-export-fixes', noted]),
        ...['-quiet', '-p', buildRoot, path],
      ],
    };
  });
  const code = await runOnFiles(session, runs);
  if (apply === undefined) return code;
  terminal.print('Applying fix-its...');
  // Two fixes that insert at one place are a conflict to older ones, which is not to be helped.
  const ignores = isOlder(host, apply, '15') ? [] : ['-ignore-insert-conflict'];
  const argv = [apply, '-format', '-style=file', ...ignores, fixes];
  const applied = await runOnFiles(session, [{ argv }]);
  return code === exitCodes.ok ? applied : code;
}

/** What introspection lists as sources of targets; absolute. */
function compiledSources({ host }: Session, buildRoot: string): ReadonlySet<string> {
  const read = readWrittenJson(host.files, `${buildRoot}/meson-info/intro-targets.json`);
  // Written by setup, in this shape.
  const targets = (read.ok ? read.value : []) as readonly {
    readonly target_sources?: readonly { readonly sources?: readonly string[] }[];
  }[];
  return new Set(
    targets.flatMap((target) =>
      (target.target_sources ?? []).flatMap(({ sources = [] }) => sources),
    ),
  );
}
