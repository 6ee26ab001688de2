import { type ArgumentType, bool, listOf, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Builtin, builtin, type Keyword, keyword, type Module } from '../../declare.ts';
import { readRequired, required } from '../../functions/common-keywords.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';
import { disabler } from '../../objects/disabler.ts';
import type { ProgramObject } from '../../objects/program.ts';
import { findProgram, notFoundProgram } from '../../programs/find-program.ts';
import { native } from '../../targets/keywords/common.ts';
import type { ObjectType, ObjectValue } from '../../value.ts';
import { type CodeGeneratorObject, lexType, yaccType } from './object.ts';

interface Kind {
  readonly name: 'lex' | 'yacc';
  readonly doc: string;
  readonly type: ObjectType<CodeGeneratorObject>;
  /** The programs that do it. */
  readonly programs: readonly string[];
  /** In which order they are looked for. */
  readonly order: Readonly<Record<'windows' | 'elsewhere', readonly string[]>>;
  /** Whether a program that was found is the right one. */
  readonly fits?: (call: Call, program: ProgramObject) => boolean;
}

const lex: Kind = {
  name: 'lex',
  doc: 'A program that makes scanners: lex, flex or one like them.',
  type: lexType,
  programs: ['lex', 'flex', 'reflex', 'win_flex'],
  order: {
    windows: ['win_flex', 'flex', 'reflex', 'lex'],
    elsewhere: ['flex', 'reflex', 'lex'],
  },
  // There is another program of that name, which does not read files of lex.
  fits: (call, program) =>
    program.name !== 'reflex' || !printed(call, program).includes('by Robert van Engelen'),
};

const yacc: Kind = {
  name: 'yacc',
  doc: 'A program that makes parsers: yacc, bison or one like them.',
  type: yaccType,
  programs: ['yacc', 'byacc', 'bison', 'win_bison'],
  order: { windows: ['win_bison', 'bison', 'yacc'], elsewhere: ['bison', 'byacc', 'yacc'] },
};

/** Meson's module `codegen`: scanners and parsers. */
export const codegenModule: Module = {
  name: 'codegen',
  doc: 'Scanners and parsers made by lex, yacc and their like.',
  since: '1.10.0',
  unstable: true,
  functions: [finder(lex), finder(yacc)],
};

function finder(kind: Kind): Builtin {
  const versions = kind.programs.map((name): [string, Keyword<readonly string[]>] => [
    `${name}_version`,
    keyword(listOf(str), [], `Versions of ${name} that will do.`),
  ]);
  return builtin({
    name: kind.name,
    label: `codegen.${kind.name}`,
    doc: kind.doc,
    keywords: {
      ...Object.fromEntries(versions),
      implementations: keyword(listOf(str), [], 'The programs that will do.', {
        check: (given) => checkSubset(given, kind.programs),
      }),
      required,
      disabler: keyword(bool as ArgumentType<boolean>, false, 'Gives a disabler without one.'),
      native,
    },
    returns: `${kind.name}_generator`,
    run: (call, { keywords }): ObjectValue => find(call, kind, keywords),
  });
}

interface Common {
  readonly implementations: readonly string[];
  readonly required: Parameters<typeof readRequired>[1];
  readonly disabler: boolean;
  readonly native: boolean;
}

function find(
  call: Call,
  kind: Kind,
  given: Common & Readonly<Record<string, unknown>>,
): ObjectValue {
  const { evaluation } = call;
  const machine = chosenMachine(call, given.native);
  const wanted = readRequired(call, given.required);
  const missing = (name: string): ObjectValue =>
    given.disabler
      ? disabler
      : ({ type: kind.type, name, program: notFoundProgram(name), machine } as CodeGeneratorObject);
  if (wanted.disabled !== undefined) {
    evaluation.log(`generator ${kind.name} skipped: feature ${wanted.disabled} disabled`);
    return missing(kind.name);
  }
  const place = evaluation.machines[machine].system === 'windows' ? 'windows' : 'elsewhere';
  const names = given.implementations.length > 0 ? given.implementations : kind.order[place];
  for (const name of names) {
    // Declared for each program of this kind.
    const version = given[`${name}_version`] as readonly string[];
    const program = findProgram(call, { names: [name], machine, required: false, version });
    if (program.found.kind === 'no' || kind.fits?.(call, program) === false) continue;
    return { type: kind.type, name, program, machine } as CodeGeneratorObject;
  }
  if (wanted.required)
    call.fail(`Could not find a ${kind.name} implementation. Tried: ${names.join(', ')}`);
  return missing(names.at(-1) ?? kind.name);
}

/** What a program says to `--version`; nothing for one of this build. */
export function printed({ evaluation }: Call, { found }: ProgramObject): string {
  if (found.kind !== 'command') return '';
  const { processes, system } = evaluation.host;
  return processes.run({
    argv: [...found.command, '--version'],
    workingDirectory: system.workingDirectory,
    environment: system.environment,
  }).stdout;
}

function checkSubset(given: readonly string[], choices: readonly string[]): string | undefined {
  const invalid = [...new Set(given)].filter((one) => !choices.includes(one)).sort();
  if (invalid.length === 0) return undefined;
  return `valid members are '${[...choices].sort().join(', ')}', not '${invalid.join(', ')}'`;
}
