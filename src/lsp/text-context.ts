/** What stands around a place in a text that may be broken: told from the words before it alone. */
export type TextContext =
  | { readonly kind: 'comment' }
  | {
      /** Inside quotes. */
      readonly kind: 'string';
      /** What is written of it, up to the place. */
      readonly prefix: string;
      /** Behind the opening quote. */
      readonly start: number;
      readonly call: CallContext | undefined;
    }
  | {
      /** Behind a dot: a method's name. */
      readonly kind: 'member';
      readonly prefix: string;
      readonly start: number;
      /** The text of the object. */
      readonly receiver: string;
    }
  | {
      readonly kind: 'word';
      readonly prefix: string;
      readonly start: number;
      /** The call whose argument this is, however deep in lists. */
      readonly call: CallContext | undefined;
      /** A keyword of the call may stand here. */
      readonly mayBeKeyword: boolean;
    };

/** The call that a place is an argument of. */
export interface CallContext {
  readonly name: string;
  /** The text of the object, where a method is called. */
  readonly receiver: string | undefined;
  /** Which positional argument it is, from 0. */
  readonly position: number;
  /** The keyword whose value it is. */
  readonly keyword: string | undefined;
  /** Keywords that are written already. */
  readonly given: readonly string[];
}

interface Word {
  readonly text: string;
  readonly start: number;
}

interface Opener {
  readonly bracket: string;
  /** The words of the callee, where it is a call. */
  readonly name: string;
  readonly receiver: string | undefined;
  commas: number;
  /** Of the argument in work. */
  words: Word[];
  readonly given: string[];
}

const pattern =
  /f?'''[\s\S]*?(?:'''|$)|f?'(?:[^'\\\n]|\\[^\n])*(?:'|(?=\n)|$)|[a-zA-Z_]\w*|\d\w*|#[^\n]*|[=!<>+]=|\s+|[\s\S]/g;

/** Reads a text up to an offset. */
export function contextAt(text: string, offset: number): TextContext {
  const before = text.slice(0, offset);
  const stack: Opener[] = [newOpener('', '', undefined)];
  let last: Word | undefined;
  let top = stack[0] ?? newOpener('', '', undefined);
  for (const found of before.matchAll(pattern)) {
    const word: Word = { text: found[0], start: found.index };
    last = word;
    const [first = ''] = word.text;
    if (word.text.trim() === '') {
      if (stack.length === 1 && word.text.includes('\n')) top.words = [];
      continue;
    }
    if (first === '#') continue;
    if (first === '(' || first === '[' || first === '{') {
      const callee = first === '(' ? calleeOf(before, top.words) : undefined;
      top.words.push(word);
      top = newOpener(first, callee?.name ?? '', callee?.receiver);
      stack.push(top);
    } else if (first === ')' || first === ']' || first === '}') {
      if (stack.length > 1) stack.pop();
      top = stack.at(-1) ?? top;
      top.words.push(word);
    } else if (first === ',' && stack.length > 1) {
      noteKeyword(top);
      top.commas++;
      top.words = [];
    } else top.words.push(word);
  }
  return contextOf(before, stack, last);
}

function newOpener(bracket: string, name: string, receiver: string | undefined): Opener {
  return { bracket, name, receiver, commas: 0, words: [], given: [] };
}

function contextOf(before: string, stack: readonly Opener[], last: Word | undefined): TextContext {
  const call = callOf(stack);
  const start = last?.start ?? before.length;
  const text = last?.text ?? '';
  if (text.startsWith('#')) return { kind: 'comment' };
  const quote = /^f?('''|')/.exec(text);
  if (quote !== null && !isClosed(text, quote[1] ?? '')) {
    const inside = start + quote[0].length;
    return { kind: 'string', prefix: before.slice(inside), start: inside, call };
  }
  const isName = /^[a-zA-Z_]\w*$/.test(text);
  const from = isName ? start : before.length;
  const prefix = before.slice(from);
  const top = stack.at(-1);
  const words = (top?.words ?? []).filter((word) => word.start < from);
  if (words.at(-1)?.text === '.') {
    const receiver = receiverOf(before, words.slice(0, -1));
    return { kind: 'member', prefix, start: from, receiver };
  }
  const mayBeKeyword = top?.bracket === '(' && top.name !== '' && words.length === 0;
  return { kind: 'word', prefix, start: from, call, mayBeKeyword };
}

function isClosed(text: string, quote: string): boolean {
  const body = text.replace(/^f/, '').slice(quote.length);
  return body.length >= quote.length && body.endsWith(quote) && !/(^|[^\\])(\\\\)*\\'$/.test(body);
}

/** The innermost call around a place, through lists and dictionaries. */
function callOf(stack: readonly Opener[]): CallContext | undefined {
  const opener = stack.findLast(({ name }) => name !== '');
  if (opener === undefined) return undefined;
  const { name, receiver, commas, words, given } = opener;
  const keyword = keywordOf(words);
  return { name, receiver, position: commas - given.length, keyword, given };
}

function keywordOf(words: readonly Word[]): string | undefined {
  return words[1]?.text === ':' ? words[0]?.text : undefined;
}

function noteKeyword({ words, given }: Opener): void {
  const keyword = keywordOf(words);
  if (keyword !== undefined) given.push(keyword);
}

/** Whose parenthesis follows on some words: a function, or an object's method. */
function calleeOf(
  text: string,
  words: readonly Word[],
): { readonly name: string; readonly receiver: string | undefined } | undefined {
  const name = words.at(-1)?.text ?? '';
  if (!/^[a-zA-Z_]\w*$/.test(name) || notCallable.has(name)) return undefined;
  if (words.at(-2)?.text !== '.') return { name, receiver: undefined };
  return { name, receiver: receiverOf(text, words.slice(0, -2), words.at(-2)?.start) };
}

const notCallable = new Set(['if', 'elif', 'and', 'or', 'not', 'in']);

/** The text of the object before a dot: back over what belongs together. */
function receiverOf(text: string, words: readonly Word[], end = text.lastIndexOf('.')): string {
  let depth = 0;
  let at = words.length;
  let wantsValue = true;
  while (at > 0) {
    const word = words[at - 1]?.text ?? '';
    if (/^[)\]}]$/.test(word)) {
      depth++;
      wantsValue = false;
    } else if (/^[([{]$/.test(word)) {
      if (depth === 0) break;
      depth--;
      // A name before it is what is called.
      wantsValue = depth === 0;
    } else if (depth === 0) {
      const isValue = /^(?:f?'|\w)/.test(word) && !notCallable.has(word);
      if (isValue ? !wantsValue : word !== '.') break;
      wantsValue = !isValue;
    }
    at--;
  }
  const start = words[at]?.start;
  return start === undefined ? '' : text.slice(start, end).trim();
}
