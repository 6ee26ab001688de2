import { complaints, isSummary } from './joint.ts';

/** A small program in C, cut so that others can stand beside it in one file. */
export interface ProgramParts {
  /** Directives before all code. Programs with the same include the same headers. */
  readonly preamble: string;
  /** Nothing but definitions of functions, and of variables without values. */
  readonly body: string;
  /** What it defines; `main` is one of them. */
  readonly names: readonly string[];
}

/** Undefined for a program of which it is not certain that it means the same beside others. */
export function programParts(code: string): ProgramParts | undefined {
  const text = withoutComments(code);
  if (text === undefined || text.includes('\\\n')) return undefined;
  const { preamble, body } = cut(text);
  // A condition that stands open goes on in the code.
  const depth = preamble.reduce((sum, line) => {
    if (/^#\s*if/.test(line)) return sum + 1;
    return /^#\s*endif/.test(line) ? sum - 1 : sum;
  }, 0);
  if (depth !== 0 || !preamble.some((line) => /^#\s*include/.test(line))) return undefined;
  const tokens = tokensOf(body);
  const names = tokens && namesDefined(tokens);
  if (names?.includes('main') !== true || new Set(names).size < names.length) return undefined;
  return { preamble: preamble.join('\n'), body, names };
}

/** The directives, one a line, and the code after them. */
function cut(text: string): { readonly preamble: readonly string[]; readonly body: string } {
  const lines = text.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => line !== '' && !line.startsWith('#'));
  const end = first === -1 ? lines.length : first;
  return {
    preamble: lines.slice(0, end).filter((line) => line !== ''),
    body: lines.slice(end).join('\n'),
  };
}

/** Comments become blanks; undefined where one does not end. */
function withoutComments(code: string): string | undefined {
  const pattern = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/.*|\/\*[\s\S]*?\*\//g;
  const text = code.replaceAll(pattern, (found) => (found.startsWith('/') ? ' ' : found));
  return text.includes('/*') ? undefined : text;
}

/** Words that make more of code than its names and numbers do, or that know where it stands. */
const remarkable =
  /^(asm|__asm|__asm__|_Pragma|typedef|struct|union|enum|extern|inline|__inline|__inline__|_Static_assert|static_assert|register|__LINE__|__FILE__|__BASE_FILE__|__COUNTER__|__INCLUDE_LEVEL__|_Thread_local|__thread|__label__|__extension__|alias|ifunc|weak|weakref|section|constructor|destructor|visibility|copy|symver|__alias__|__weak__|__section__)$/;

function tokensOf(body: string): readonly string[] | undefined {
  const tokens =
    body.match(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|\.?\d[\w.]*|\S/g) ?? [];
  const isOdd = tokens.some((token) => /^(#|"|'|\\|@|`|\?\?)$/.test(token));
  return isOdd ? undefined : tokens;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const isName = (token: string | undefined): boolean => /^[A-Za-z_]\w*$/.test(token ?? '');

/** Names of all definitions; undefined where there is anything else, or a word that is remarkable in a place where it matters. */
function namesDefined(tokens: readonly string[]): readonly string[] | undefined {
  const names: string[] = [];
  let outside: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (token in pairs) {
      const end = endOfGroup(tokens, at);
      if (end === undefined) return undefined;
      const inside = tokens.slice(at + 1, end);
      if (inside.some((word) => remarkableInside.test(word))) return undefined;
      at = end;
      outside.push(token);
      if (token !== '{') continue;
    } else if (token !== ';') {
      if (remarkable.test(token)) return undefined;
      outside.push(token);
      continue;
    }
    const name = nameOf(outside);
    if (name === undefined) return undefined;
    names.push(name);
    outside = [];
  }
  return outside.length === 0 ? names : undefined;
}

/** In functions there may be structures, which others do not see. */
const remarkableInside =
  /^(asm|__asm|__asm__|_Pragma|extern|__LINE__|__FILE__|__BASE_FILE__|__COUNTER__|__INCLUDE_LEVEL__|_Thread_local|__thread|__label__|alias|ifunc|weak|weakref|section|constructor|destructor|visibility|symver|__alias__|__weak__|__section__|kaon_\w*)$/;

function endOfGroup(tokens: readonly string[], start: number): number | undefined {
  const open: string[] = [];
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const closing = pairs[token];
    if (closing !== undefined) open.push(closing);
    else if (token === ')' || token === ']' || token === '}') {
      if (open.pop() !== token) return undefined;
      if (open.length === 0) return at;
    }
  }
  return undefined;
}

/** The name of a definition, of which groups in brackets are told by how they begin. */
function nameOf(words: readonly string[]): string | undefined {
  const plain = words.filter(
    (word, at) =>
      word !== '__attribute__' &&
      !(word === '(' && words[at - 1] === '__attribute__') &&
      // A room's size, behind its name.
      !(word === '[' && at > 0),
  );
  const isFunction = plain.at(-1) === '{';
  const [name, ...rest] = isFunction ? [plain.at(-3), plain.at(-2)] : [plain.at(-1)];
  const before = plain.slice(0, isFunction ? -3 : -1);
  if (!isName(name) || (isFunction && rest[0] !== '(')) return undefined;
  const isPlain = before.every((word) => isName(word) || word === '*');
  return isPlain && (before.length > 0 || isFunction) ? name : undefined;
}

/** Programs beside each other. What one defines the others do not see, and no header may know the names. */
export function besideEachOther(programs: readonly ProgramParts[]): string {
  const [{ preamble } = { preamble: '' }] = programs;
  const parts = programs.map(({ body, names }, number) => {
    const before = names.map((name) => {
      const declared = name === 'main' ? '' : `extern struct kaon_foreign ${name};\n`;
      return `#ifdef ${name}\n#error ${name}\n#endif\n${declared}#define ${name} ${besideName(name, number)}`;
    });
    const place = `#line 1 "kaon_${number}"`;
    return [place, ...before, body, ...names.map((name) => `#undef ${name}`)].join('\n');
  });
  return [preamble, 'struct kaon_foreign { int kaon_one; };', ...parts].join('\n');
}

/** What a name of a program is called beside others. */
export const besideName = (name: string, number: number): string => `kaon_${number}_${name}`;

/**
 * Which of programs beside each other the compiler calls wrong: all, where it is what comes before them.
 * Undefined where it is not clear, or where they may have seen each other.
 */
export function programsInError(stderr: string, count: number): ReadonlySet<number> | undefined {
  if (stderr.includes('implicit')) return undefined;
  const wrong = new Set<number>();
  for (const line of complaints(stderr)) {
    if (isSummary(line)) continue;
    const [, place, number] = /^(<stdin>|kaon_(\d+)):\d+:\d+: (?:fatal )?error: /.exec(line) ?? [];
    if (place === undefined) return undefined;
    const places = number === undefined ? Array.from({ length: count }, (_, n) => n) : [number];
    for (const each of places) wrong.add(Number(each));
  }
  return wrong.size === 0 ? undefined : wrong;
}
