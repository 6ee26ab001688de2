import type { IntegerCode } from '../rules.ts';

/** A whole program. */
export const dProgram = 'void main() { }\n';

/** Code that compiles where a module is there. */
export const importing = (module: string): string => `import ${module};\n`;

/** How D is asked for integers. */
export const dIntegers: IntegerCode = {
  print: (prefix, expression) =>
    `import std.stdio : writeln;\n${prefix}\nvoid main() { writeln(${expression}); }\n`,
  declare: (prefix, declaration) => `${prefix}\nvoid main() { ${declaration} }\n`,
  holds: (prefix, condition) => `${prefix}\nstatic assert(${condition});\nvoid main() { }\n`,
  and: '&&',
  sizeof: (prefix, type) => ({ prefix, expression: `(${type}).sizeof`, declares: '' }),
  alignment: (prefix, type) => ({ prefix, expression: `(${type}).alignof`, declares: '' }),
};

/** Checks of C's headers and preprocessor, and what Meson says where D is asked for them. */
export function refusedChecks(id: string): Readonly<Record<string, string>> {
  const language = (what: string): string => `Language D does not support ${what}.`;
  // With a space at the end, as Meson.
  const compiler = (what: string): string => `${id} does not support ${what} `;
  return {
    find_library: language('library finding'),
    get_define: compiler('get_define'),
    get_supported_function_attributes: language('function attributes'),
    has_define: compiler('get_define'),
    has_function: language('function checks'),
    has_function_attribute: language('function attributes'),
    has_header_symbol: language('header symbol checks'),
    has_member: compiler('has_member(s)'),
    has_members: compiler('has_member(s)'),
    has_type: compiler('has_type'),
    preprocess: `${id} does not support preprocessor`,
    symbols_have_underscore_prefix: compiler('symbols_have_underscore_prefix'),
  };
}
