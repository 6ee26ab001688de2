import type { Subtest } from '../../events/event.ts';

/**
 * What a TAP stream says, by Meson's rules, versions 12 to 14. The subtests of version 14 count by the
 * line of their parent; those that failed are told in its detail.
 */
export type TapEvent =
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'plan'; readonly tests: number; readonly skipped: boolean }
  | { readonly kind: 'test'; readonly number: number; readonly subtest: Subtest }
  /** More about the test before: a YAML block, or subtests that failed. */
  | { readonly kind: 'detail'; readonly number: number; readonly text: string }
  | { readonly kind: 'bail-out'; readonly message: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'unknown'; readonly line: string; readonly lineNumber: number };

const directive = String.raw`(?:\s*#\s*([Ss][Kk][Ii][Pp]\S*|[Tt][Oo][Dd][Oo])\b\s*(.*))?`;
const testLine = new RegExp(String.raw`^((?:not )?ok)\s*(?:([0-9]+)\s*)?([^#]*)${directive}`);
/** In version 14 a `#` of a name is written `\#`. */
const testLine14 = new RegExp(
  String.raw`^((?:not )?ok)\s*(?:([0-9]+)\s*)?((?:\\.|[^#\\])*)${directive}`,
);
const pragmaLine = /^pragma\s+[+-]/;
const planLine = new RegExp(String.raw`^1\.\.([0-9]+)${directive}`);
const bailOutLine = /^Bail out!\s*(.*)/;
const versionLine = /^TAP version ([0-9]+)/;
const yamlStart = /^(\s+)---.*/;
const yamlEnd = /^\s+\.\.\.\s*/;

type State =
  | { readonly kind: 'main' }
  | { readonly kind: 'after-test' }
  | {
      readonly kind: 'yaml';
      readonly line: number;
      readonly indent: string;
      readonly lines: string[];
    };

/** Reads a TAP stream by lines; `end` tells what only shows when it is over. */
export class TapParser {
  #state: State = { kind: 'main' };
  #version = 12;
  #line = 0;
  #tests = 0;
  #last = 0;
  #highest = 0;
  #plan: { readonly tests: number; readonly late: boolean } | undefined;
  #foundLateTest = false;
  #bailedOut = false;
  /** Subtests that failed and whose parent is still to come. */
  #failedInside: string[] = [];

  /** The events of one line, given with or without its end. */
  line(raw: string): readonly TapEvent[] {
    this.#line++;
    const before: TapEvent[] = [];
    if (this.#state.kind === 'after-test') {
      // Only a test is followed by a YAML block.
      const start = this.#version >= 13 ? yamlStart.exec(raw) : null;
      if (start !== null) {
        this.#state = { kind: 'yaml', line: this.#line, indent: start[1] ?? '', lines: [] };
        return [];
      }
    } else if (this.#state.kind === 'yaml') {
      const { indent, lines } = this.#state;
      if (yamlEnd.test(raw)) {
        this.#state = { kind: 'main' };
        return lines.length === 0 ? [] : [this.#detail(lines.join('\n'))];
      }
      if (raw.startsWith(indent)) {
        lines.push(raw.slice(indent.length).trimEnd());
        return [];
      }
      before.push(unterminated(this.#state.line));
    }
    this.#state = { kind: 'main' };
    if (this.#version >= 14 && raw.startsWith('    ')) {
      this.#inside(raw.trim());
      return before;
    }
    const text = raw.trimEnd();
    if (text === '' || text.startsWith('#')) return before;
    return [...before, ...this.#statement(text)];
  }

  end(): readonly TapEvent[] {
    const events: TapEvent[] = [];
    if (this.#state.kind === 'yaml') events.push(unterminated(this.#state.line));
    if (this.#bailedOut) return events;
    const [ran, planned] = [this.#tests, this.#plan?.tests ?? this.#tests];
    if (ran !== planned) {
      const how = ran < planned ? 'few' : 'many';
      events.push(error(`Too ${how} tests run (expected ${planned}, got ${ran})`));
    } else if (this.#highest !== ran) {
      const what = this.#highest < ran ? 'Duplicate' : 'Missing';
      // The bracket that is never closed is Meson's.
      events.push(
        error(`${what} test numbers (expected ${ran}, got test numbered ${this.#highest}`),
      );
    }
    return events;
  }

  #detail(text: string): TapEvent {
    return { kind: 'detail', number: this.#last, text };
  }

  /** A line of a subtest. */
  #inside(text: string): void {
    const [, word, , name = '', word2] = testLine14.exec(text) ?? [];
    if (word === 'not ok' && word2 === undefined) this.#failedInside.push(unescaped(name.trim()));
  }

  #statement(text: string): readonly TapEvent[] {
    if (this.#version >= 14 && pragmaLine.test(text)) return [];
    const test = (this.#version >= 14 ? testLine14 : testLine).exec(text);
    if (test !== null) return this.#test(test);
    const plan = planLine.exec(text);
    if (plan !== null) return this.#planned(plan);
    const bailOut = bailOutLine.exec(text);
    if (bailOut !== null) {
      this.#bailedOut = true;
      return [{ kind: 'bail-out', message: bailOut[1] ?? '' }];
    }
    const version = versionLine.exec(text);
    if (version === null) return [{ kind: 'unknown', line: text, lineNumber: this.#line }];
    if (this.#line !== 1) return [error('version number must be on the first line')];
    this.#version = Number(version[1]);
    if (this.#version < 13) return [error('version number should be at least 13')];
    return [{ kind: 'version', version: this.#version }];
  }

  #test([, word, number, name = '', word2, explanation]: RegExpExecArray): readonly TapEvent[] {
    const events: TapEvent[] = [];
    if (this.#plan?.late === true && !this.#foundLateTest) {
      events.push(error('unexpected test after late plan'));
      this.#foundLateTest = true;
    }
    this.#tests++;
    this.#last = number === undefined ? this.#last + 1 : Number(number);
    this.#highest = Math.max(this.#highest, this.#last);
    if (this.#plan !== undefined && this.#last > this.#plan.tests) {
      events.push(error('test number exceeds maximum specified in test plan'));
    }
    const why = explanation?.trim();
    const subtest: Subtest = {
      name: this.#version >= 14 ? unescaped(name.trim()) : name.trim(),
      outcome: outcomeOf(word, word2),
      ...(why !== undefined && why !== '' && { explanation: why }),
    };
    this.#state = { kind: 'after-test' };
    const inside = this.#failedInside;
    this.#failedInside = [];
    events.push({ kind: 'test', number: this.#last, subtest });
    return inside.length === 0 ? events : [...events, this.#detail(`not ok: ${inside.join(', ')}`)];
  }

  #planned([, count, word]: RegExpExecArray): readonly TapEvent[] {
    if (this.#plan !== undefined) return [error('more than one plan found')];
    const tests = Number(count);
    const events: TapEvent[] = [];
    let skipped = tests === 0;
    if (word?.toUpperCase().startsWith('SKIP') === true) {
      if (tests > 0) events.push(error('invalid SKIP directive for plan'));
      skipped = true;
    } else if (word !== undefined) {
      events.push(error('invalid directive for plan'));
    }
    this.#plan = { tests, late: this.#tests > 0 };
    return [...events, { kind: 'plan', tests, skipped }];
  }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([#\\])/g, '$1');
}

/** `ok - name # TODO why`: the first word and the one behind `#`. */
function outcomeOf(word: string | undefined, directive: string | undefined): Subtest['outcome'] {
  const passed = word === 'ok';
  const directiveWord = directive?.toUpperCase() ?? '';
  if (directiveWord === 'TODO') return passed ? 'unexpected-pass' : 'expected-fail';
  if (directiveWord.startsWith('SKIP') && passed) return 'skip';
  return passed ? 'ok' : 'fail';
}

function unterminated(line: number): TapEvent {
  return error(`YAML block not terminated (started on line ${line})`);
}

function error(message: string): TapEvent {
  return { kind: 'error', message };
}
