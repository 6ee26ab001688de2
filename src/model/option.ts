/** What an option can hold. A feature is the string `enabled`, `disabled` or `auto`. */
export type OptionValue = string | boolean | number | bigint | readonly string[];

/** What kind of values an option takes (Meson: "Build options"). */
export type OptionType =
  | { readonly kind: 'string' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min?: number | bigint; readonly max?: number | bigint }
  | { readonly kind: 'umask' }
  | {
      readonly kind: 'combo';
      readonly choices: readonly string[];
      /**
       * Only of `c_std` and its like: a value may be a list, of which the first among the choices
       * counts. `known` are the names any compiler has; others are an error.
       */
      readonly standards?: { readonly language: string; readonly known: readonly string[] };
    }
  | { readonly kind: 'feature' }
  | {
      readonly kind: 'array';
      /** Any string when absent. */
      readonly choices?: readonly string[];
      /** Split like a shell's words, for argument lists. */
      readonly shellWords: boolean;
      readonly allowDuplicates: boolean;
    };

/** A mask as people read and write it: its octal digits. */
export function maskText(mask: number): string {
  return mask.toString(8).padStart(4, '0');
}

/** Where introspection lists an option. */
export type OptionSection =
  | 'core'
  | 'backend'
  | 'base'
  | 'compiler'
  | 'directory'
  | 'test'
  | 'user';

/** An option of a project or of kaon (Meson's manual: "Build options", "Built-in options"). */
export interface OptionDeclaration {
  /** Without subproject and without `build.`. */
  readonly name: string;
  readonly type: OptionType;
  readonly default: OptionValue;
  readonly description: string;
  readonly section: OptionSection;
  /** Asks for its value at the top project and is not to be set per subproject. */
  readonly yielding: boolean;
  readonly deprecated?: OptionDeprecation;
}

/** `deprecated:` of an option: all of it, some values, values with a replacement, or a new name. */
export type OptionDeprecation =
  | { readonly kind: 'option' }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'replaced-values'; readonly replacements: ReadonlyMap<string, string> }
  | { readonly kind: 'renamed'; readonly to: string };

/** An option of one project for one machine: `sub:build.c_args`. */
export interface OptionKey {
  readonly name: string;
  /** Empty for the top project; undefined for options that all projects share. */
  readonly subproject: string | undefined;
  readonly machine: 'build' | 'host';
}

/** The options as they are read: by the planner, after evaluation is over. */
export interface ReadonlyOptions {
  /** The value in effect for a project; invariant when there is no such option. */
  get(key: OptionKey): OptionValue;
  find(key: OptionKey): OptionValue | undefined;
  /** Every option with declaration and value in effect, in introspection's order. */
  all(): Iterable<OptionRow>;
}

export interface OptionRow {
  readonly key: OptionKey;
  readonly declaration: OptionDeclaration;
  readonly value: OptionValue;
  /** What it would be if it did not ask the top project's option of its name; Meson introspects that. */
  readonly ownValue?: OptionValue;
}

/** The words that an option may be; none where there are too many. */
export function choicesOf(type: OptionType): readonly string[] {
  switch (type.kind) {
    case 'boolean':
      return ['true', 'false'];
    case 'feature':
      return ['enabled', 'disabled', 'auto'];
    case 'combo':
    case 'array':
      return type.choices ?? [];
    default:
      return [];
  }
}
