import { stringLiteral } from '../../lang/string-literal.ts';

/** A value as a build file writes it: a text, a flag, a list, or something that has a name. */
export type Word = string | boolean | Name | readonly Word[];

/** An expression that is written as it is: a variable, `variable[1]`, `target.extract_all_objects()`. */
export interface Name {
  readonly expression: string;
}

/** A variable or a call in the place of a text. */
export function name(expression: string): Name {
  return { expression };
}

type Keywords = Readonly<Record<string, Word>>;

/** Words that no variable can be named by. */
const reserved = new Set([
  ...['and', 'or', 'not', 'in', 'true', 'false', 'if', 'elif', 'else', 'endif'],
  ...['foreach', 'endforeach', 'break', 'continue', 'testcase', 'endtestcase'],
]);

/** The text of a build file, put together call by call. */
export class Code {
  #text = '';

  get text(): string {
    return this.#text;
  }

  line(text = ''): void {
    this.#text += `${text}\n`;
  }

  comment(text: string): void {
    this.line(`# ${text.replaceAll(/[\r\n]/g, ' ')}`);
  }

  call(called: string, args: readonly Word[], keywords: Keywords = {}): void {
    this.line(callOf(called, args, keywords).expression);
  }

  /** `variable = value` */
  set(variable: string, value: Word): void {
    if (reserved.has(variable))
      this.line(`set_variable(${wordText(variable)}, ${wordText(value)})`);
    else this.line(`${variable} = ${wordText(value)}`);
  }
}

/** What a function returns: `called(…)`. */
export function callOf(called: string, args: readonly Word[], keywords: Keywords = {}): Name {
  const lines = [
    ...(args.length === 0 ? [] : [args.map(wordText).join(', ')]),
    ...Object.entries(keywords).map(([keyword, value]) => `${keyword}: ${wordText(value)}`),
  ];
  const [only = ''] = lines;
  return name(
    lines.length <= 1
      ? `${called}(${only})`
      : `${called}(\n${lines.map((line) => `  ${line},\n`).join('')})`,
  );
}

/** A value as it is written. */
export function wordText(word: Word): string {
  if (typeof word === 'string') return stringLiteral(word);
  if (typeof word === 'boolean') return String(word);
  if ('expression' in word)
    return reserved.has(word.expression)
      ? `get_variable(${stringLiteral(word.expression)})`
      : word.expression;
  return `[${word.map(wordText).join(', ')}]`;
}
