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
