/** How build files shall look: the settings of `meson.format`, those of muon among them. */
export interface FormatStyle {
  /** Longer lines are split where they can be; 0: never. */
  readonly maxLineLength: number;
  readonly indentBy: string;
  /** `[ 1, 2 ]` instead of `[1, 2]`. */
  readonly spaceArray: boolean;
  /** Arguments stand on lines of their own where one of them has a keyword. */
  readonly kwargsForceMultiline: boolean;
  /** `key : value` instead of `key: value`. */
  readonly wideColon: boolean;
  /** No comma behind the only argument of a function. */
  readonly noSingleCommaFunction: boolean;
  readonly endOfLine: 'cr' | 'lf' | 'crlf' | 'native';
  readonly indentBeforeComments: string;
  /** No `'''` and no `f` where they change nothing. */
  readonly simplifyStringLiterals: boolean;
  readonly insertFinalNewline: boolean;
  readonly tabWidth: number;
  /** Arguments of `files()` are sorted. */
  readonly sortFiles: boolean;
  /** `'--option', 'value'` stay on one line. */
  readonly groupArgValue: boolean;
  /** muon's: parentheses around a condition stand beside what they hold, also where it has several lines. */
  readonly stickyParens: boolean;
  /** muon's: what is split in the condition of an `if` is indented once more. */
  readonly continuationIndent: boolean;
}

/** What the formatter does where no style file says otherwise; as Meson. */
export const defaultStyle: FormatStyle = {
  maxLineLength: 80,
  indentBy: '    ',
  spaceArray: false,
  kwargsForceMultiline: false,
  wideColon: false,
  noSingleCommaFunction: false,
  endOfLine: 'native',
  indentBeforeComments: '  ',
  simplifyStringLiterals: true,
  insertFinalNewline: true,
  tabWidth: 4,
  sortFiles: false,
  groupArgValue: false,
  stickyParens: false,
  continuationIndent: false,
};
