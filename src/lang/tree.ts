import type { Span } from '../diag/source.ts';

/**
 * The syntax tree of a build file (Meson's reference: "Syntax"). Plain readonly data; every node
 * has the span of its text. Where Meson's messages point for a node says `headlineSpan` (one
 * file further); it is often not where the node starts.
 *
 * Chains are as deep on their left as they are long (`a + b + …`, `x.a().b()…`, `x[1][2]…`): walk
 * `left` and `object` with a loop. All other nesting is at most `maxDepth` deep.
 */
export type Expression =
  | {
      readonly kind: 'string';
      readonly span: Span;
      /** Escapes resolved; of an f-string the text between the quotes with `@name@` still in it. */
      readonly value: string;
      readonly format: boolean;
      readonly multiline: boolean;
    }
  | { readonly kind: 'number'; readonly span: Span; readonly value: number | bigint }
  | { readonly kind: 'boolean'; readonly span: Span; readonly value: boolean }
  | { readonly kind: 'identifier'; readonly span: Span; readonly name: string }
  | {
      readonly kind: 'array';
      readonly span: Span;
      readonly items: readonly Expression[];
      /**
       * Only of an array with keywords (`[a: 1]`): its items and keywords as arguments. Meson
       * parses it and refuses it when evaluated ("Keyword arguments are invalid in array construction.").
       */
      readonly args?: Arguments;
    }
  | { readonly kind: 'dictionary'; readonly span: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'not' | 'negate'; readonly span: Span; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly span: Span;
      readonly operator: BinaryOperator;
      readonly operatorSpan: Span;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'ternary';
      readonly span: Span;
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: 'index';
      readonly span: Span;
      readonly object: Expression;
      readonly index: Expression;
    }
  | { readonly kind: 'parentheses'; readonly span: Span; readonly inner: Expression }
  | {
      /**
       * Nothing, where an expression should stand (`x =`, `f(a: )`, `()`): Meson parses it and
       * says "Unknown statement." when it is evaluated.
       */
      readonly kind: 'missing';
      /** Empty, behind the text before it. */
      readonly span: Span;
      /** Where the next token begins: Meson's message points there. */
      readonly next: number;
    }
  /** An assignment inside an expression: parsed by Meson, has no value, refused in arguments when evaluated. */
  | Assignment
  | CallExpression
  | MethodCallExpression;

/** Operators between two expressions, weakest first. */
// biome-ignore format: grouped by precedence, weakest first
export type BinaryOperator =
  | 'or' | 'and'
  | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'
  | '+' | '-' | '*' | '/' | '%';

/** `key: value` of a dictionary. Which keys will do is decided by evaluation. */
export interface Entry {
  readonly key: Expression;
  readonly value: Expression;
}

/** `name(…)`. */
export interface CallExpression {
  readonly kind: 'call';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: Arguments;
}

/** `object.name(…)`. */
export interface MethodCallExpression {
  readonly kind: 'method-call';
  readonly span: Span;
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: Arguments;
}

/** What stands between the parentheses of a call. */
export interface Arguments {
  readonly span: Span;
  readonly positional: readonly Expression[];
  readonly keywords: readonly Keyword[];
  /**
   * The first positional argument that stands behind a keyword. Meson says "All keyword arguments
   * must be after positional arguments." when it evaluates the call.
   */
  readonly misplaced?: Span;
}

/** `name: value` among the arguments. The same name twice is only warned of. */
export interface Keyword {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** `name = value` or `name += value`. */
export interface Assignment {
  readonly kind: 'assignment';
  readonly span: Span;
  readonly operator: '=' | '+=';
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** One condition of an `if` and what it guards. */
export interface Branch {
  /** The `if` or `elif`. */
  readonly keywordSpan: Span;
  readonly condition: Expression;
  readonly body: Block;
}

/** What stands on a line of its own (Meson's reference: "Syntax"). */
export type Statement =
  | { readonly kind: 'expression'; readonly span: Span; readonly expression: Expression }
  | Assignment
  | {
      readonly kind: 'if';
      readonly span: Span;
      readonly branches: readonly Branch[];
      readonly otherwise?: Block;
      /** The `else`, where there is one. */
      readonly otherwiseSpan?: Span;
    }
  | {
      readonly kind: 'foreach';
      readonly span: Span;
      /** One name over a list or range, two over a dictionary. */
      readonly names: readonly { readonly name: string; readonly span: Span }[];
      readonly items: Expression;
      readonly body: Block;
    }
  | {
      readonly kind: 'break' | 'continue';
      readonly span: Span;
      /** Where the next token begins: Meson's message points there. */
      readonly next: number;
    }
  | {
      /** `testcase expect_error('…', how: 'literal')`: only where MESON_RUNNING_IN_PROJECT_TESTS is set. */
      readonly kind: 'testcase';
      readonly span: Span;
      readonly condition: Expression;
      readonly body: Block;
    };

/** Statements in the order in which they are evaluated. */
export type Block = readonly Statement[];

/** How deep brackets and blocks may nest; the parser refuses more, so that walking a tree may recurse. */
export const maxDepth = 250;

/** A comment, from `#` to the end of its line; kept for the formatter. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** A whole build file. */
export interface Tree {
  readonly statements: Block;
  readonly comments: readonly Comment[];
}
