import { stem } from '../../../model/name-templates.ts';
import type { CommandWord, Item } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { itemNames } from '../item-names.ts';

/** The names that templates of a command or an output stand for. */
export interface TemplateNames {
  /** Undefined where the number of inputs is not known before planning. */
  readonly inputs: readonly string[] | undefined;
  /** How many outputs; undefined where the texts are outputs themselves. */
  readonly outputs: number | undefined;
}

/**
 * The files that `@INPUT@` may stand for; undefined where their number is known only once planned (objects
 * of a target).
 */
export function inputNames(call: Call, inputs: readonly Item[]): readonly string[] | undefined {
  if (inputs.some(({ kind }) => kind === 'extracted')) return undefined;
  return inputs.flatMap((item) => itemNames(call.evaluation.tables, item));
}

const inputTemplate = /@INPUT([0-9]+)?@/;
const nameTemplate = /@(PLAIN|BASE)NAME@/;
const outputTemplate = /@OUTPUT([0-9]+)?@/;

/** Ends evaluation when a command has templates that stand for nothing, or for one of several. */
export function checkTemplates(
  call: Call,
  words: readonly CommandWord[],
  names: TemplateNames,
): void {
  checkTexts(
    call,
    words.flatMap((word) => (word.kind === 'text' ? [word.text] : [])),
    names,
  );
}

/**
 * Ends evaluation at a template that stands for nothing, or for one of several; names that are not known are
 * not checked.
 */
export function checkTexts(call: Call, texts: readonly string[], names: TemplateNames): void {
  if (names.inputs !== undefined) checkInputs(call, texts, names.inputs.length);
  if (names.outputs !== undefined) checkOutputs(call, texts, names.outputs);
}

function checkInputs(call: Call, texts: readonly string[], count: number): void {
  if (count === 0) {
    const found = first([inputTemplate, nameTemplate], texts);
    if (found !== undefined)
      call.fail(`Command cannot have '${found}', since no input files were specified`);
    return;
  }
  const name = count > 1 ? first([nameTemplate], texts) : undefined;
  if (name !== undefined)
    call.fail(`Command cannot have '${name}' when there is more than one input file`);
  checkNumbers(call, texts, { template: inputTemplate, count, what: 'inputs' });
}

function checkOutputs(call: Call, texts: readonly string[], count: number): void {
  if (count === 0) {
    const found = first([outputTemplate, /@OUTDIR@/], texts);
    if (found !== undefined) call.fail(`Command cannot have '${found}' since there are no outputs`);
    return;
  }
  checkNumbers(call, texts, { template: outputTemplate, count, what: 'outputs' });
}

function checkNumbers(
  call: Call,
  texts: readonly string[],
  {
    template,
    count,
    what,
  }: { readonly template: RegExp; readonly count: number; readonly what: string },
): void {
  for (const text of texts) {
    const [found, number] = template.exec(text) ?? [];
    if (number === undefined || Number(number) < count) continue;
    call.fail(`Command cannot have '${found}' since there are only ${count} ${what}`);
  }
}

function first(templates: readonly RegExp[], texts: readonly string[]): string | undefined {
  for (const template of templates)
    for (const text of texts) {
      const match = template.exec(text);
      if (match !== null) return match[0];
    }
  return undefined;
}

/** An output's name with the names of inputs put in. */
export function replaceInputNames(text: string, inputs: readonly string[]): string {
  return text.replace(/@(PLAIN|BASE)NAME([0-9]*)@/g, (whole, kind: string, number: string) => {
    if (number === '' && inputs.length !== 1) return whole;
    const input = inputs[Number(number)];
    if (input === undefined) return whole;
    return kind === 'BASE' ? stem(input) : input.slice(input.lastIndexOf('/') + 1);
  });
}
