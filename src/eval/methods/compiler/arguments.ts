import { startHasArguments, startHasLinkArguments } from '../../../toolchains/checks/arguments.ts';
import { startHasFunctionAttribute } from '../../../toolchains/checks/attributes.ts';
import type { Started } from '../../../toolchains/checks/memory.ts';
import { type Answer, once } from '../../../toolchains/checks/probe.ts';
import { displayLanguage } from '../../../toolchains/languages.ts';
import { oneOfWords, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type Method, methodOf, positional, rest } from '../../declare.ts';
import type { CompilerObject } from '../../objects/compiler.ts';
import { Pending, type Value } from '../../value.ts';
import { cachedText, type Question, question, yesNo } from './answer.ts';
import { checkerOf } from './checker.ts';
import { requiredSince } from './keywords.ts';

const method = methodOf<CompilerObject>();
const required = requiredSince('1.3.0');

/** One kind of check with a list of words: its start and its line up to the answer. */
interface Kind {
  readonly start: (
    call: Call,
    self: CompilerObject,
    words: readonly string[],
  ) => Started<Answer<boolean>>;
  readonly line: (self: CompilerObject, words: readonly string[]) => string;
}

const compilerFor = ({ toolchain }: CompilerObject): string =>
  `Compiler for ${displayLanguage(toolchain.language)}`;

const compileArguments: Kind = {
  start: (call, self, words) => {
    for (const word of words) if (word.startsWith('-Wl,')) call.warn(looksLikeLinker(word));
    return startHasArguments(checkerOf(call.evaluation, self.toolchain), words);
  },
  line: (self, words) => `${compilerFor(self)} supports arguments ${words.join(' ')}:`,
};

const linkArguments: Kind = {
  start: (call, self, words) =>
    startHasLinkArguments(checkerOf(call.evaluation, self.toolchain), words),
  line: (self, words) => `${compilerFor(self)} supports link arguments ${words.join(' ')}:`,
};

const attributes: Kind = {
  start: (call, self, [name = '']) => {
    const started = startHasFunctionAttribute(checkerOf(call.evaluation, self.toolchain), name);
    return started.ok ? started.value : call.fail(started.error);
  },
  line: (self, [name = '']) => `${compilerFor(self)} supports function attribute ${name}:`,
};

function looksLikeLinker(word: string): string {
  return (
    `${word} looks like a linker argument, but has_argument and other similar methods only ` +
    'support checking compiler arguments. Using them to check linker arguments are never ' +
    'supported, and results are likely to be wrong regardless of the compiler you are using. ' +
    'has_link_argument or other similar method can be used instead.'
  );
}

/** Words that are asked for together, and whether that they are known is needed. */
interface Needed {
  readonly words: readonly string[];
  readonly needed: Question['required'];
}

/** A method that asks whether all its words are known. */
function hasMethod(
  name: string,
  kind: Kind,
  details: {
    readonly doc: string;
    readonly many: boolean;
    readonly since?: string;
    readonly label?: string;
  },
): Method {
  const { doc, many, since, label } = details;
  const declared = {
    name,
    doc,
    keywords: { required },
    returns: 'bool',
    ...(since === undefined ? {} : { since }),
    ...(label === undefined ? {} : { label }),
  };
  const ask = (call: Call, self: CompilerObject, { words, needed }: Needed): Value => {
    const line = kind.line(self, words);
    return question(call, {
      required: needed,
      skipped: line,
      start: () => ({
        started: kind.start(call, self, words),
        line,
        missing: `${line} not usable`,
      }),
    });
  };
  return many
    ? method({
        ...declared,
        rest: rest('words', str, 'All of them together.'),
        run: (call, self, { rest: words, keywords }) =>
          ask(call, self, { words, needed: keywords.required }),
      })
    : method({
        ...declared,
        positional: [positional('word', str, 'The one asked for.')],
        run: (call, self, { positional: [word], keywords }) =>
          ask(call, self, { words: [word], needed: keywords.required }),
      });
}

/** Asks for each word alone, side by side; the log has a line for each. */
function askEach(
  call: Call,
  self: CompilerObject,
  { kind, words }: { readonly kind: Kind; readonly words: readonly string[] },
) {
  return words.map((word) => {
    const started = kind.start(call, self, [word]);
    call.evaluation.logLater(() => {
      const { value, cached } = started.finish();
      return `${kind.line(self, [word])} ${yesNo(value)}${cachedText(cached)}`;
    });
    return { word, started };
  });
}

/** A method that keeps the words that are known. */
function supportedMethod(
  name: string,
  kind: Kind,
  details: { readonly doc: string; readonly since: string },
): Method {
  return method({
    name,
    ...details,
    rest: rest('words', str, 'Each asked for alone.'),
    returns: 'list[str]',
    run: (call, self, { rest: words }) => {
      const asked = askEach(call, self, { kind, words });
      return new Pending(
        () => asked.filter(({ started }) => started.finish().value).map(({ word }) => word),
        { isList: true },
      );
    },
  });
}

/** A method that returns a list of the first known word; it does not log the later ones. */
function firstMethod(
  name: string,
  kind: Kind,
  { what, since }: { readonly what: string; readonly since?: string },
): Method {
  return method({
    name,
    doc: `The first ${what} that is known, in a list; an empty list when none is.`,
    ...(since === undefined ? {} : { since }),
    rest: rest('words', str, 'In order of preference.'),
    returns: 'list[str]',
    run: (call, self, { rest: words }) => {
      const asked = words.map((word) => ({ word, started: kind.start(call, self, [word]) }));
      const found = once(() => asked.findIndex(({ started }) => started.finish().value));
      for (const [index, { word, started }] of asked.entries())
        call.evaluation.logLater(() => {
          const first = found.finish();
          if (first !== -1 && index > first) return '';
          const { value, cached } = started.finish();
          return `${kind.line(self, [word])} ${yesNo(value)}${cachedText(cached)}`;
        });
      call.evaluation.logLater(
        () => `First supported ${what}: ${asked[found.finish()]?.word ?? 'None'}`,
      );
      return new Pending(
        () => {
          const first = asked[found.finish()];
          return first === undefined ? [] : [first.word];
        },
        { isList: true },
      );
    },
  });
}

const getSupportedArguments = method({
  name: 'get_supported_arguments',
  doc: 'Those of several arguments that the compiler knows.',
  since: '0.43.0',
  rest: rest('arguments', str, 'Each asked for alone.'),
  keywords: {
    checked: keyword(str, 'off', 'What an unknown one means: `off`, `warn` or `require`.', {
      since: '0.59.0',
      check: oneOfWords(['off', 'require', 'warn']),
    }),
  },
  returns: 'list[str]',
  run: (call, self, { rest: words, keywords: { checked } }) => {
    const asked = askEach(call, self, { kind: compileArguments, words });
    const supported = () =>
      asked.filter(({ started }) => started.finish().value).map(({ word }) => word);
    if (checked === 'off') return new Pending(supported, { isList: true });
    for (const { word, started } of asked) {
      if (started.finish().value) continue;
      const message = `${compilerFor(self)} does not support "${word}"`;
      if (checked === 'require') call.fail(message);
      call.warn(message);
    }
    return supported();
  },
});

/** Checks of arguments and function attributes. */
export const argumentMethods: readonly Method[] = [
  hasMethod('has_argument', compileArguments, {
    doc: 'Whether the compiler knows an argument.',
    many: false,
  }),
  hasMethod('has_multi_arguments', compileArguments, {
    doc: 'Whether the compiler knows several arguments together.',
    many: true,
    since: '0.37.0',
  }),
  getSupportedArguments,
  firstMethod('first_supported_argument', compileArguments, { what: 'argument' }),
  hasMethod('has_link_argument', linkArguments, {
    doc: 'Whether the linker knows an argument.',
    many: false,
    since: '0.46.0',
  }),
  hasMethod('has_multi_link_arguments', linkArguments, {
    doc: 'Whether the linker knows several arguments together.',
    label: 'compiler.has_multi_link_argument',
    many: true,
    since: '0.46.0',
  }),
  supportedMethod('get_supported_link_arguments', linkArguments, {
    doc: 'Those of several arguments that the linker knows.',
    since: '0.46.0',
  }),
  firstMethod('first_supported_link_argument', linkArguments, {
    what: 'link argument',
    since: '0.46.0',
  }),
  hasMethod('has_function_attribute', attributes, {
    doc: 'Whether the compiler knows a function attribute.',
    many: false,
    since: '0.48.0',
  }),
  supportedMethod('get_supported_function_attributes', attributes, {
    doc: 'Those of several function attributes that the compiler knows.',
    since: '0.48.0',
  }),
];
