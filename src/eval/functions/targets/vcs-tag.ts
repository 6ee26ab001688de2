import { posix } from 'node:path';
import { findInPath } from '../../../host/find-in-path.ts';
import type { CommandWord } from '../../../model/target.ts';
import { listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, requiredKeyword } from '../../declare.ts';
import { currentSourceDir, joinPath } from '../../paths.ts';
import { findProgram } from '../../programs/find-program.ts';
import { wordOf } from '../../targets/command/command-words.ts';
import { customInstall, declareCustomTarget } from '../../targets/command/custom-target.ts';
import { fileModeOf } from '../../targets/install-mode.ts';
import { type CommandValue, commandWord, inputs, outputs } from '../../targets/keywords/command.ts';
import { install, installDir, installMode, installTag } from '../../targets/keywords/install.ts';
import { itemsOf } from '../../targets/sources.ts';

export const vcsTag = builtin({
  name: 'vcs_tag',
  doc: 'A file with what the version control system says of this state in place of a word.',
  keywords: {
    input: requiredKeyword(inputs, 'The file with the word.'),
    output: outputs,
    command: keyword(listOf(commandWord), [], 'What tells the state; found out when left out.'),
    fallback: keyword(orNothing(str), undefined, 'What is put in when nothing tells the state.'),
    replace_string: keyword(str, '@VCS_TAG@', 'The word.'),
    install: { ...install, since: '1.7.0' },
    install_dir: { ...installDir, since: '1.7.0' },
    install_tag: { ...installTag, since: '1.7.0' },
    install_mode: { ...installMode, since: '1.7.0' },
  },
  returns: 'custom_tgt',
  run: (call, { keywords: given }) => {
    const { evaluation, scope } = call;
    if (given.fallback === undefined) call.uses('Optional fallback in vcs_tag', '0.41.0');
    const source = currentSourceDir(evaluation, scope);
    const asked =
      given.command.length > 0
        ? { words: givenCommand(call, given.command), pattern: '(.*)' }
        : detectedCommand(call, source);
    if (given.install && given.install_dir === undefined)
      call.fail('vcs_tag: "install_dir" keyword argument must be set when "install" is true.');
    const version = evaluation.tables.projects.get(scope.project).version;
    const words = ['@INPUT0@', '@OUTPUT0@', given.fallback || version, given.replace_string];
    return declareCustomTarget(call, {
      name: given.output[0] ?? '',
      inputs: itemsOf(call, given.input),
      outputs: given.output,
      command: [
        { kind: 'program', command: [...evaluation.self, 'internal', 'vcs-tag'] },
        ...texts(asked === undefined ? words : [...words, asked.pattern, '@ANSWER@']),
      ],
      more: {
        buildByDefault: true,
        // What nothing says is not asked for.
        ...(asked && { question: [...texts(['sh', '-c', ask, source]), ...asked.words] }),
        install: given.install
          ? customInstall(call, given.output[0] ?? '', {
              outputs: given.output,
              directories: given.install_dir === undefined ? [] : [given.install_dir],
              tags: given.install_tag === undefined ? [] : [given.install_tag],
              mode: fileModeOf(call, given.install_mode),
            })
          : undefined,
      },
    });
  },
});

const texts = (words: readonly string[]): readonly CommandWord[] =>
  words.map((text) => ({ kind: 'text', text }));

/**
 * Run by a shell in the source folder: `=` and what the command says of it; nothing where it fails,
 * which is no error: there is a fallback.
 */
const ask = 'cd "$0" && said=$("$@" 2>/dev/null) && printf "=%s" "$said"; :';

/** A command of the build file; its program is looked for, and may be missing. */
function givenCommand(call: Call, values: readonly CommandValue[]): readonly CommandWord[] {
  const [program, ...more] = values;
  const isFile = typeof program === 'object' && 'file' in program;
  if (isFile) call.uses('vcs_tag with file as the first argument', '0.62.0');
  else if (typeof program === 'object')
    call.uses('vcs_tag with custom_tgt, program, or exe as the first argument', '0.63.0');
  const rest = more.map((value) => wordOf(call, value));
  if (program === undefined) return rest;
  if (typeof program !== 'string' && !isFile) return [wordOf(call, program), ...rest];
  const found = findProgram(call, {
    names: [program],
    machine: 'host',
    required: false,
    silent: true,
  });
  return [wordOf(call, found.found.kind === 'no' ? program : found), ...rest];
}

interface VersionControl {
  readonly name: string;
  readonly program: string;
  readonly folder: string;
  readonly revision: readonly string[];
  readonly pattern: string;
}

const systems: readonly VersionControl[] = [
  {
    name: 'git',
    program: 'git',
    folder: '.git',
    revision: ['git', 'describe', '--dirty=+', '--always'],
    pattern: '(.*)',
  },
  {
    name: 'mercurial',
    program: 'hg',
    folder: '.hg',
    revision: ['hg', 'id', '-i'],
    pattern: '(.*)',
  },
  {
    name: 'subversion',
    program: 'svn',
    folder: '.svn',
    revision: ['svn', 'info'],
    pattern: 'Revision: (.*)',
  },
  {
    name: 'bazaar',
    program: 'bzr',
    folder: '.bzr',
    revision: ['bzr', 'revno'],
    pattern: '(.*)',
  },
];

/** What is asked for the tag, and where it stands in the answer. */
interface Asked {
  readonly words: readonly CommandWord[];
  readonly pattern: string;
}

/** The first system above the source folder that is also installed. */
function detectedCommand(call: Call, source: string): Asked | undefined {
  const { evaluation } = call;
  const { files } = evaluation.host;
  for (let folder = source; ; folder = posix.dirname(folder)) {
    for (const { name, program, folder: own, revision, pattern } of systems) {
      const marker = joinPath(folder, own);
      const isThere = name === 'git' ? files.exists(marker) : files.isDirectory(marker);
      if (!isThere || findInPath(evaluation.host, program) === undefined) continue;
      evaluation.log(`Found ${name} repository at ${folder}`);
      return { words: texts(revision), pattern };
    }
    if (folder === '/' || folder === '') break;
  }
  return undefined;
}
