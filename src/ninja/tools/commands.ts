import { filesOf } from '../asked-for.ts';
import { quotePath } from '../finish-edge.ts';
import {
  allInputs,
  allOutputs,
  type Edge,
  edgesByOutput,
  isPhony,
  type Manifest,
} from '../manifest.ts';
import { edgesFor, lines, type Tool, type ToolAnswer, type ToolRequest, wrong } from './tool.ts';

/** `-t commands [-s] [TARGET …]`: what would be run for targets, in order. */
export const commands: Tool = {
  name: 'commands',
  summary: 'list all commands required to rebuild given targets',
  run: ({ manifest, words, defaults }) => {
    const single = words[0] === '-s';
    const named = single ? words.slice(1) : words;
    const targets = filesOf(manifest, named.length === 0 ? defaults : named);
    if (!targets.ok) return wrong(targets.error);
    const edges = edgesFor(manifest, targets.value);
    const wanted = single
      ? edges.filter((edge) => allOutputs(edge).some((path) => targets.value.includes(path)))
      : edges;
    return lines(wanted.filter((edge) => !isPhony(edge)).map(({ command }) => command));
  },
};

/** Each behind what it is made of, as far as it is a file. No recursion: graphs are deep. */
function inputsOf(manifest: Manifest, targets: readonly string[]): string[] {
  const byOutput = edgesByOutput(manifest);
  const found: string[] = [];
  const seen = new Set<string>();
  const inputs = (path: string): Iterator<string> => {
    const edge = byOutput.get(path);
    return (edge === undefined ? [] : allInputs(edge))[Symbol.iterator]();
  };
  for (const target of targets) {
    const stack = [{ path: target, rest: inputs(target) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done !== true) {
        if (!seen.has(next.value)) stack.push({ path: next.value, rest: inputs(next.value) });
        seen.add(next.value);
        continue;
      }
      stack.pop();
      const edge = byOutput.get(top.path);
      if (stack.length > 0 && (edge === undefined || !isPhony(edge))) found.push(top.path);
    }
  }
  return found;
}

const inputOptions = {
  zero: ['-0', '--print0'],
  asIs: ['-E', '--no-shell-escape'],
  inOrder: ['-d', '--dependency-order'],
} as const;
const allInputOptions: ReadonlySet<string> = new Set(Object.values(inputOptions).flat());

/** `-t inputs [-0] [-E] [-d] [TARGET …]`: all files that targets are made of, as words of a shell. */
export const inputs: Tool = {
  name: 'inputs',
  summary: 'list all inputs required to rebuild given targets',
  run: ({ manifest, words, defaults }) => {
    const named = words.filter((word) => !allInputOptions.has(word));
    const targets = filesOf(manifest, named.length === 0 ? defaults : named);
    if (!targets.ok) return wrong(targets.error);
    const has = (names: readonly string[]): boolean => words.some((word) => names.includes(word));
    const found = inputsOf(manifest, targets.value);
    const shown = has(inputOptions.asIs) ? found : found.map(quotePath);
    const ordered = has(inputOptions.inOrder) ? shown : shown.sort();
    return has(inputOptions.zero) ? nulEnded(ordered) : lines(ordered);
  },
};

/** `-t multi-inputs [-d DELIMITER] [-0] [TARGET …]`: the same for each target by itself, as files are called. */
export const multiInputs: Tool = {
  name: 'multi-inputs',
  summary: 'print one or more sets of inputs required to build targets',
  run: ({ manifest, words, defaults }) => {
    const { named, delimiter, zero } = multiWords(words);
    const targets = filesOf(manifest, named.length === 0 ? defaults : named);
    if (!targets.ok) return wrong(targets.error);
    const found = targets.value.flatMap((target) =>
      inputsOf(manifest, [target]).map((input) => `${target}${delimiter}${input}`),
    );
    return zero ? nulEnded(found) : lines(found);
  },
};

function multiWords(words: readonly string[]): {
  readonly named: readonly string[];
  readonly delimiter: string;
  readonly zero: boolean;
} {
  const named: string[] = [];
  let delimiter = '\t';
  let zero = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-0' || word === '--print0') zero = true;
    else if (word === '-d' || word === '--delimiter') delimiter = words[++at] ?? '';
    else if (word.startsWith('--delimiter=')) delimiter = word.slice('--delimiter='.length);
    else if (word.startsWith('-d')) delimiter = word.slice('-d'.length);
    else named.push(word);
  }
  return { named, delimiter, zero };
}

function nulEnded(list: readonly string[]): ToolAnswer {
  return { kind: 'text', text: list.map((one) => `${one}\0`).join('') };
}

/** `-t compdb [-x] [RULE …]`: a compilation database. */
export const compdb: Tool = {
  name: 'compdb',
  summary: 'dump JSON compilation database to stdout',
  run: (request) => {
    const { words, manifest } = request;
    const rules = words.filter((word) => word !== '-x');
    const edges = manifest.edges.filter(({ rule }) => rules.length === 0 || rules.includes(rule));
    return lines([database(request, edges)]);
  },
};

/** `-t compdb-targets [-x] TARGET …` */
export const compdbTargets: Tool = {
  name: 'compdb-targets',
  summary: 'dump JSON compilation database for a given list of targets to stdout',
  run: (request) => {
    const { words, manifest } = request;
    const named = words.filter((word) => word !== '-x');
    if (named.length === 0) return wrong('compdb-targets expects the name of at least one target');
    const targets = filesOf(manifest, named);
    if (!targets.ok) return wrong(targets.error);
    const made = edgesFor(manifest, targets.value).filter((edge) => !isPhony(edge));
    return lines([database(request, made)]);
  },
};

/** Of edges that are made of something; as ninja has it, that may be a file which only comes before them. */
function database({ directory, words }: ToolRequest, edges: readonly Edge[]): string {
  const expand = words.includes('-x');
  const entries = edges.flatMap((edge) => {
    const { command, rspfile, rspfileContent } = edge;
    const [file] = allInputs(edge);
    if (file === undefined) return [];
    const whole =
      expand && rspfile !== ''
        ? command.replace(`@${rspfile}`, () => rspfileContent.replaceAll('\n', ' '))
        : command;
    return [{ directory, command: whole, file, output: allOutputs(edge)[0] }];
  });
  return entries.length === 0 ? '[\n]' : JSON.stringify(entries, undefined, 2);
}
