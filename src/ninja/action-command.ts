import { unreachable } from '../base/assert.ts';
import { quoteWord, quoteWords } from '../base/shell-words.ts';
import type { Action, Work } from '../graph/graph.ts';
import { throughFile } from '../graph/response-file.ts';
import { commandLine } from '../graph/shell-line.ts';
import { escapeText, onOneLine } from './escape.ts';

/** What a rule says of an action, with `$in` and `$out` in the place of its files. */
export interface ActionCommand {
  readonly lines: readonly string[];
  /** The file that `$in` stands for. */
  readonly input: string | undefined;
  /** The file that `$out` stands for. */
  readonly output: string | undefined;
}

export interface ActionFiles {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The command line of kaon. */
  readonly kaon: readonly string[];
  /** In characters: longer commands use a response file. */
  readonly longest: number;
}

/** Finds the words of a command that name its files, so that actions alike but for these share a rule. */
export function actionCommand(action: Action, files: ActionFiles): ActionCommand {
  const { work } = action;
  const words = work.kind === 'command' ? [...work.argv, work.stdout] : [];
  const input = files.inputs.find((path) => isPlain(path) && words.includes(path));
  const output = files.outputs.find((path) => isPlain(path) && words.includes(path));
  const marked = (text: string): string => markFiles(text, input, output);
  const { command, response } = lineOf(action, files);
  const lines = [`command = ${marked(escapeText(onOneLine(command)))}`];
  const description = action.description.replaceAll('\n', ' ');
  lines.push(`description = ${marked(escapeText(description))}`);
  if (action.depfile?.format === 'make') {
    lines.push(`depfile = ${marked(escapeText(action.depfile.path))}`, 'deps = gcc');
  }
  if (response !== undefined) {
    lines.push(`rspfile = ${marked(escapeText(response.path))}`);
    lines.push(`rspfile_content = ${marked(escapeText(response.content))}`);
  }
  return { lines, input, output };
}

/** Paths that a shell and ninja read as they are. */
function isPlain(path: string): boolean {
  return /^[\w+\-./]+$/.test(path);
}

function markFiles(text: string, input: string | undefined, output: string | undefined): string {
  let marked = text;
  if (output !== undefined) marked = replaceWord(marked, output, '$out');
  if (input !== undefined) marked = replaceWord(marked, input, '$in');
  return marked;
}

/** Replaces a path where it stands alone, or before `.d` or `.new`. */
function replaceWord(text: string, path: string, by: string): string {
  let replaced = '';
  let from = 0;
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + path.length)) {
    const end = at + path.length;
    const suffix = ['.d', '.new'].find((each) => text.startsWith(each, end)) ?? '';
    const next = end + suffix.length;
    const begins = at === 0 || ' ='.includes(text[at - 1] ?? '');
    if (!begins || (next < text.length && text[next] !== ' ')) continue;
    replaced += text.slice(from, at) + by;
    from = end;
  }
  return replaced + text.slice(from);
}

interface Line {
  readonly command: string;
  readonly response?: { readonly path: string; readonly content: string };
}

/** A command whose output is kept in a file leaves a file alone that would come out the same: ninja looks at times. */
function keepingTheSame(work: Extract<Work, { readonly kind: 'command' }>): string {
  if (work.stdout === undefined) return commandLine(work);
  const made = quoteWord(`${work.stdout}.new`);
  const kept = quoteWord(work.stdout);
  const line = commandLine({ ...work, stdout: `${work.stdout}.new` });
  return `${line} && if cmp -s ${made} ${kept} ; then rm ${made} ; else mv -f ${made} ${kept} ; fi`;
}

function lineOf(action: Action, { outputs, kaon, longest }: ActionFiles): Line {
  const { work } = action;
  switch (work.kind) {
    case 'command': {
      const first = action.removeOutputsFirst ? `rm -f ${quoteWords(outputs)} && ` : '';
      const command = first + keepingTheSame(work);
      if (work.response === undefined || command.length < longest) return { command };
      const { argv, path, lines } = throughFile(work, work.response);
      const short = first + keepingTheSame({ ...work, argv });
      // GNU tools take blanks as well, and a line end is for newer ninjas.
      const between = work.response.quoting === 'gcc' ? ' ' : '\n';
      return { command: short, response: { path, content: lines.join(between) } };
    }
    case 'copy': {
      const words = quoteWords([work.from, work.to]);
      // A link that kaon made is no place to copy to.
      return work.linked === true
        ? { command: `rm -f ${quoteWord(work.to)} && { ln ${words} 2>/dev/null || cp ${words}; }` }
        : { command: `cp -f ${words}` };
    }
    case 'symlink':
      return { command: `ln -sfn ${quoteWords([work.target, work.path])}` };
    case 'write':
      return { command: `printf %s ${quoteWord(work.content)} > ${quoteWord(work.path)}` };
    case 'symbols':
      return {
        command: quoteWords([
          ...kaon,
          'internal',
          'symbols',
          work.library,
          work.output,
          ...work.tool,
        ]),
      };
    default:
      return unreachable(work);
  }
}
