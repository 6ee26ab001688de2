import { versionMatches } from '../../../base/version.ts';
import { stem } from '../../../model/name-templates.ts';
import { startHasHeader } from '../../../toolchains/checks/headers.ts';
import { languageSuffixes } from '../../../toolchains/languages.ts';
import { bool, listOf, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type Method, type MethodTable, methodOf, positional } from '../../declare.ts';
import { checkerFor } from '../../methods/compiler/checker.ts';
import { programWord } from '../../objects/program.ts';
import type { TargetObject } from '../../objects/target.ts';
import type { SourceInput } from '../../targets/argument-types.ts';
import {
  customTarget,
  customTargetIndex,
  file,
  generatedList,
} from '../../targets/argument-types.ts';
import { declareCustomTarget } from '../../targets/command/custom-target.ts';
import { itemNames } from '../../targets/item-names.ts';
import { itemsOf } from '../../targets/sources.ts';
import { textWords } from '../module-target.ts';
import { printed } from './codegen.ts';
import { type CodeGeneratorObject, lexType, yaccType } from './object.ts';

const method = methodOf<CodeGeneratorObject>();
const name = (doc: string) => keyword(orNothing(str), undefined, doc);
const input = positional(
  'input',
  oneOf<SourceInput>(str, file, generatedList, customTarget, customTargetIndex),
  'What it is made of.',
);
const common = {
  args: keyword(listOf(str), [], 'Further arguments of the program.'),
  source: name('Name of the source; made of that of the input when left out.'),
  header: name('Name of the header.'),
  plainname: keyword(bool, false, 'The whole name of the input is the base of names.'),
};

const facts: readonly Method[] = [
  method({
    name: 'implementation',
    doc: 'Name of the program.',
    returns: 'str',
    run: (_call, self) => self.name,
  }),
  method({
    name: 'found',
    doc: 'Whether there is one.',
    returns: 'bool',
    run: (_call, self) => self.program.found.kind !== 'no',
  }),
];

export const lexMethods: MethodTable = {
  type: lexType,
  label: 'codegen.lex',
  doc: 'A program that makes scanners.',
  methods: [
    ...facts,
    method({
      name: 'generate',
      doc: 'A scanner.',
      positional: [input],
      keywords: { ...common, table: name('Name of the file of tables.') },
      returns: 'custom_tgt',
      run: (call, self, { positional: [given], keywords }) => {
        const { items, base } = inputOf(call, self, given);
        const isCpp =
          keywords.source === undefined ? base.endsWith('.ll') : isCppName(keywords.source);
        if (isCpp && /^(win_)?flex$/.test(self.name)) needFlexHeader(call, self);
        const own = keywords.plainname ? '@PLAINNAME@' : '@BASENAME@';
        const header = keywords.header === undefined ? [] : [keywords.header];
        const table = keywords.table === undefined ? [] : [keywords.table];
        const isWindows = call.evaluation.machines[self.machine].system === 'windows';
        return generate(call, self, {
          title: 'lexer',
          base,
          items,
          outputs: [keywords.source ?? `${own}.${isCpp ? 'cpp' : 'c'}`, ...header, ...table],
          words: [
            ...(self.name === 'win_flex' && isWindows ? ['--wincompat'] : []),
            ...['-o', '@OUTPUT0@'],
            ...header.map(() => '--header-file=@OUTPUT1@'),
            ...table.map(() => `--tables-file=@OUTPUT${header.length + 1}@`),
            ...keywords.args,
            // flex wants the input last.
            '@INPUT@',
          ],
        });
      },
    }),
  ],
};

export const yaccMethods: MethodTable = {
  type: yaccType,
  label: 'codegen.yacc',
  doc: 'A program that makes parsers.',
  methods: [
    ...facts,
    method({
      name: 'generate',
      doc: 'A parser and its header.',
      positional: [input],
      keywords: { ...common, locations: name('Name of the header of places in texts.') },
      returns: 'custom_tgt',
      run: (call, self, { positional: [given], keywords }) => {
        const { items, base } = inputOf(call, self, given);
        const [source, header] = base.endsWith('.yy') ? ['cpp', 'hpp'] : ['c', 'h'];
        const own = keywords.plainname ? '@PLAINNAME@' : '@BASENAME@';
        return generate(call, self, {
          title: 'parser',
          base,
          items,
          outputs: [
            keywords.source ?? `${own}.${source}`,
            keywords.header ?? `${own}.${header}`,
            ...(keywords.locations === undefined ? [] : [keywords.locations]),
          ],
          words: [...yaccWords(call, self), ...keywords.args],
        });
      },
    }),
  ],
};

interface Wanted {
  readonly title: 'lexer' | 'parser';
  readonly base: string;
  readonly items: ReturnType<typeof itemsOf>;
  readonly outputs: readonly string[];
  readonly words: readonly string[];
}

function generate(call: Call, self: CodeGeneratorObject, wanted: Wanted): TargetObject {
  const tool = wanted.title === 'lexer' ? 'lex' : 'yacc';
  const word = programWord(self.program) ?? { kind: 'program', command: [self.name] };
  const target = `codegen-${tool}-${stem(wanted.base)}-${self.machine}`;
  return declareCustomTarget(call, {
    name: target,
    inputs: wanted.items,
    outputs: wanted.outputs,
    command: [word, ...textWords(wanted.words)],
    more: { description: `Generating ${wanted.title} ${target} with ${self.name}` },
  });
}

/** The one file that is read, and its name. */
function inputOf(call: Call, self: CodeGeneratorObject, given: SourceInput) {
  const tool = self.type === lexType ? 'lex' : 'yacc';
  if (self.program.found.kind === 'no')
    call.fail(`Attempted to call generate without finding a ${tool} implementation`);
  const items = itemsOf(call, [given]);
  const names = items.flatMap((item) => itemNames(call.evaluation.tables, item));
  if (names.length !== 1)
    call.fail(
      'codegen.lex.generate: generated type inputs must have exactly one output, index into them to select the correct input',
    );
  return { items, base: names[0] ?? '' };
}

function isCppName(path: string): boolean {
  const suffix = path.slice(path.lastIndexOf('.') + 1);
  return languageSuffixes['cpp']?.includes(suffix) === true;
}

function needFlexHeader(call: Call, { machine }: CodeGeneratorObject): void {
  const checker = checkerFor(call.evaluation, machine, 'cpp');
  if (checker === undefined)
    call.fail(`Could not find a C++ compiler for ${machine} to search for FlexLexer.h`);
  if (!startHasHeader(checker, 'FlexLexer.h').finish().value)
    call.fail('Could not find FlexLexer.h, which is required for Flex with C++');
}

function yaccWords(call: Call, self: CodeGeneratorObject): readonly string[] {
  return [...headerWords(call, self), '-o', '@OUTPUT0@', '@INPUT@'];
}

function headerWords(call: Call, self: CodeGeneratorObject): readonly string[] {
  const { program } = self;
  switch (implementation(call, self)) {
    case 'bison':
    case 'win_bison': {
      const colours = versionMatches(program.version() ?? '', '>= 3.4') ? ['--color=always'] : [];
      return ['--defines=@OUTPUT1@', ...colours];
    }
    case 'byacc':
      return ['-H', '@OUTPUT1@'];
    default:
      call.warn(
        'This yacc does not appear to be bison or byacc, the POSIX specification does not require that header output location be configurable, and may not work.',
      );
      return ['-H'];
  }
}

/** yacc may be another program by an old name. */
function implementation(call: Call, { name: called, program }: CodeGeneratorObject): string {
  if (called !== 'yacc') return called;
  const text = printed(call, program);
  if (text.includes('GNU Bison')) return 'bison';
  return text.startsWith('yacc - 2') ? 'byacc' : called;
}
