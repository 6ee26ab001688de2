import { posix } from 'node:path';
import type { Call } from '../call.ts';

/** What `@INPUT@`, `@OUTPUT0@`, `@BASENAME@` and their like stand for. */
export type Templates = ReadonlyMap<string, string | readonly string[]>;

/**
 * What `@INPUT@`, `@OUTPUT0@`, `@BASENAME@` and the like stand for in a command (Meson's manual,
 * `custom_target()`). Some mean several words.
 */
export function fileTemplates(inputs: readonly string[], outputs: readonly string[]): Templates {
  const values = new Map<string, string | readonly string[]>();
  if (inputs.length > 0) values.set('@INPUT@', inputs);
  for (const [at, path] of inputs.entries()) {
    const plain = posix.basename(path);
    const base = plain.slice(0, plain.length - posix.extname(plain).length);
    values.set(`@INPUT${at}@`, path);
    values.set(`@PLAINNAME${at}@`, plain);
    values.set(`@BASENAME${at}@`, base);
    if (inputs.length === 1) {
      values.set('@PLAINNAME@', plain);
      values.set('@BASENAME@', base);
    }
  }
  const [first] = outputs;
  if (first === undefined) return values;
  values.set('@OUTPUT@', outputs);
  for (const [at, path] of outputs.entries()) values.set(`@OUTPUT${at}@`, path);
  values.set('@OUTDIR@', posix.dirname(first));
  return values;
}

/** A text with its templates replaced. */
export function substituted(call: Call, text: string, values: Templates): string {
  return text.replace(/@[A-Z]+\d*@/g, (name) => {
    const value = values.get(name);
    if (value === undefined) return name;
    if (typeof value === 'string') return value;
    if (value.length > 1) {
      const kind = name === '@INPUT@' ? 'input' : 'output';
      call.fail(`Command has '${name}' as part of a string and more than one ${kind} file`);
    }
    return value[0] ?? '';
  });
}

/** The words of a command; one that is a whole template gives as many words as it stands for. */
export function substitutedWords<T>(
  call: Call,
  words: readonly (T | string)[],
  values: Templates,
): readonly (T | string)[] {
  checkTemplates(call, words, values);
  return words.flatMap((word): readonly (T | string)[] => {
    if (typeof word !== 'string') return [word];
    const whole = values.get(word);
    if (whole !== undefined) return typeof whole === 'string' ? [whole] : whole;
    return [substituted(call, word, values)];
  });
}

function checkTemplates(call: Call, words: readonly unknown[], values: Templates): void {
  const texts = words.filter((word) => typeof word === 'string');
  const inputs = values.get('@INPUT@') ?? [];
  const outputs = values.get('@OUTPUT@') ?? [];
  for (const text of texts) {
    if (inputs.length === 0) {
      const named = /@INPUT\d*@|@PLAINNAME\d*@|@BASENAME\d*@/.exec(text)?.[0];
      if (named !== undefined)
        call.fail(`Command cannot have '${named}', since no input files were specified`);
    } else {
      if (inputs.length > 1 && /@(PLAINNAME|BASENAME)@/.test(text))
        call.fail(
          'Command cannot have @PLAINNAME@ or @BASENAME@ when there is more than one input file',
        );
      const index = /@INPUT(\d+)@/.exec(text)?.[0];
      if (index !== undefined && !values.has(index))
        call.fail(`Command cannot have '${index}' since there are only ${inputs.length} inputs`);
    }
    const index = /@OUTPUT(\d+)@/.exec(text)?.[0];
    if (index !== undefined && !values.has(index))
      call.fail(`Command cannot have '${index}' since there are only ${outputs.length} outputs`);
  }
}
