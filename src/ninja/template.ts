/** A text of a `build.ninja` whose variables are not expanded yet. */
export type Template = string | readonly Part[];

/** A piece of a template: text, or the name of a variable. */
export type Part = string | { readonly variable: string };

/** Expands a template; `lookUp` answers an empty text for what nobody knows. */
export function expand(template: Template, lookUp: (variable: string) => string): string {
  if (typeof template === 'string') return template;
  let text = '';
  for (const part of template) text += typeof part === 'string' ? part : lookUp(part.variable);
  return text;
}

function unexpanded(template: Template): string {
  if (typeof template === 'string') return template;
  return template
    .map((part) => (typeof part === 'string' ? part : `\${${part.variable}}`))
    .join('');
}

/** Where variables and rules of a file are found: in the file, then in the one that has it as `subninja`. */
export class Scope {
  readonly #variables = new Map<string, string>();
  readonly #rules = new Map<string, Rule>();
  readonly #parent: Scope | undefined;

  constructor(parent?: Scope) {
    this.#parent = parent;
  }

  /** The value of a variable; empty when nobody set it. */
  readonly variable = (name: string): string =>
    this.#variables.get(name) ?? this.#parent?.variable(name) ?? '';

  rule(name: string): Rule | undefined {
    return this.#rules.get(name) ?? this.#parent?.rule(name);
  }

  setVariable(name: string, value: string): void {
    this.#variables.set(name, value);
  }

  /** Whether this very file has a rule of that name. */
  hasOwnRule(name: string): boolean {
    return this.#rules.has(name);
  }

  addRule(name: string, rule: Rule): void {
    this.#rules.set(name, rule);
  }

  /** What this file's own rules say of themselves, as it is written. */
  descriptions(): ReadonlyMap<string, string | undefined> {
    const written = [...this.#rules].map(([name, rule]) => {
      const description = rule.get('description');
      return [name, description === undefined ? undefined : unexpanded(description)] as const;
    });
    return new Map(written);
  }
}

/** The templates of a rule by the names of its variables. */
export type Rule = ReadonlyMap<string, Template>;
