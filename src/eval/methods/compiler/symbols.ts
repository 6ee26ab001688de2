import { pythonList } from '../../../deps/ask.ts';
import { startHasFunction } from '../../../toolchains/checks/functions.ts';
import {
  startCheckHeader,
  startHasHeader,
  startHasHeaderSymbol,
} from '../../../toolchains/checks/headers.ts';
import type { Started } from '../../../toolchains/checks/memory.ts';
import type { Answer } from '../../../toolchains/checks/probe.ts';
import { startHasMembers, startHasType } from '../../../toolchains/checks/types.ts';
import { displayLanguage } from '../../../toolchains/languages.ts';
import { str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { atLeastOne, type Method, methodOf, positional } from '../../declare.ts';
import type { CompilerObject } from '../../objects/compiler.ts';
import type { FeatureObject } from '../../objects/feature.ts';
import type { Value } from '../../value.ts';
import { question } from './answer.ts';
import { type CheckKeywords, type CheckSetup, checkSetup } from './input.ts';
import { has, header } from './keywords.ts';

const method = methodOf<CompilerObject>();

/** One yes-or-no check: how it starts, and its words. */
interface Words {
  readonly about: string;
  readonly skipped?: string;
  /** After the language's name. */
  readonly missing: string;
}

interface Check {
  readonly keywords: CheckKeywords & { readonly required: boolean | FeatureObject };
  readonly words: Words;
  readonly start: (setup: CheckSetup) => Started<Answer<boolean>>;
}

function check(call: Call, self: CompilerObject, { keywords, words, start }: Check): Value {
  const language = displayLanguage(self.toolchain.language);
  return question(call, {
    required: keywords.required,
    skipped: words.skipped ?? words.about,
    start: () => {
      const setup = checkSetup(call, self, { keywords });
      return {
        started: start(setup),
        line: `${words.about} ${setup.withDependencies}`,
        missing: `${language} ${words.missing}`,
      };
    },
  });
}

const headerName = positional('header', str, 'As between the brackets of `#include`.');
const typeName = positional('type', str, 'A type, as C writes it.');

const hasHeader = method({
  name: 'has_header',
  doc: 'Whether a header exists. It need not compile: see `check_header`.',
  positional: [headerName],
  keywords: header,
  returns: 'bool',
  run: (call, self, { positional: [name], keywords }) =>
    hasHeaderCheck(call, self, { header: name, keywords }),
});

/** The same check, as `find_library` asks it of `has_headers`. */
export function hasHeaderCheck(
  call: Call,
  self: CompilerObject,
  { header: name, keywords }: Pick<Check, 'keywords'> & { readonly header: string },
): Value {
  return check(call, self, {
    keywords,
    words: { about: `Has header "${name}"`, missing: `header '${name}' not found` },
    start: ({ checker, input }) => startHasHeader(checker, name, input),
  });
}

const checkHeader = method({
  name: 'check_header',
  doc: 'Whether code that includes a header compiles.',
  since: '0.47.0',
  positional: [headerName],
  keywords: header,
  returns: 'bool',
  run: (call, self, { positional: [name], keywords }) =>
    check(call, self, {
      keywords,
      words: { about: `Check usable header "${name}"`, missing: `header '${name}' not usable` },
      start: ({ checker, input }) => startCheckHeader(checker, name, input),
    }),
});

const hasHeaderSymbol = method({
  name: 'has_header_symbol',
  doc: 'Whether a header has a symbol: a function, variable, macro, type or (in C++) class.',
  positional: [headerName, positional('symbol', str, 'Its name.')],
  keywords: header,
  returns: 'bool',
  run: (call, self, { positional: [name, symbol], keywords }) =>
    check(call, self, {
      keywords,
      words: {
        about: `Header "${name}" has symbol "${symbol}"`,
        missing: `symbol ${symbol} not found in header ${name}`,
      },
      start: ({ checker, input }) => startHasHeaderSymbol(checker, { header: name, symbol }, input),
    }),
});

const hasFunction = method({
  name: 'has_function',
  doc: 'Whether a function can be called: of the C library, of a dependency, or built in.',
  positional: [positional('function', str, 'Its name.')],
  keywords: has,
  returns: 'bool',
  run: (call, self, { positional: [name], keywords }) =>
    check(call, self, {
      keywords,
      words: {
        about: `Checking for function "${name}"`,
        skipped: `Has function "${name}"`,
        missing: `function '${name}' not usable`,
      },
      start: ({ checker, input }) => startHasFunction(checker, name, input),
    }),
});

const hasType = method({
  name: 'has_type',
  doc: 'Whether a type is known after the code of `prefix`.',
  positional: [typeName],
  keywords: has,
  returns: 'bool',
  run: (call, self, { positional: [name], keywords }) =>
    check(call, self, {
      keywords,
      words: {
        about: `Checking for type "${name}"`,
        skipped: `Has type "${name}"`,
        missing: `type '${name}' not usable`,
      },
      start: ({ checker, input }) => startHasType(checker, name, input),
    }),
});

const hasMember = method({
  name: 'has_member',
  doc: 'Whether a structure has a member.',
  positional: [typeName, positional('member', str, 'Its name.')],
  keywords: has,
  returns: 'bool',
  run: (call, self, { positional: [type, member], keywords }) =>
    check(call, self, {
      keywords,
      words: {
        about: `Checking whether type "${type}" has member "${member}"`,
        skipped: `Type "${type}" has member "${member}"`,
        missing: `member '${member}' of type '${type}' not usable`,
      },
      start: ({ checker, input }) => startHasMembers(checker, { type, members: [member] }, input),
    }),
});

const hasMembers = method({
  name: 'has_members',
  doc: 'Whether a structure has all of several members.',
  positional: [typeName],
  rest: atLeastOne('members', str, 'Their names.'),
  keywords: has,
  returns: 'bool',
  run: (call, self, { positional: [type], rest: members, keywords }) => {
    const quoted = members.map((member) => `"${member}"`).join(', ');
    return check(call, self, {
      keywords,
      words: {
        about: `Checking whether type "${type}" has members ${quoted}`,
        skipped: `Type "${type}" has members ${quoted}`,
        missing: `members ${pythonList(members)} of type '${type}' not usable`,
      },
      start: ({ checker, input }) => startHasMembers(checker, { type, members }, input),
    });
  },
});

/** Checks of headers and of what they declare. */
export const symbolMethods: readonly Method[] = [
  hasHeader,
  checkHeader,
  hasHeaderSymbol,
  hasFunction,
  hasType,
  hasMember,
  hasMembers,
];
