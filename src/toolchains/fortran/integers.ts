import type { IntegerCode } from '../rules.ts';

/** How Fortran is asked for integers. A real of an impossible kind does not compile. */
export const fortranIntegers: IntegerCode = {
  print: (prefix, expression) =>
    `program test\n${prefix}\nprint '(i0)', ${expression}\nend program test\n`,
  declare: (prefix, declaration) => `program test\n${prefix}\n${declaration}\nend program test\n`,
  holds: (prefix, condition) =>
    `program test\n${prefix}\nreal(merge(kind(1.),-1,(${condition}))), parameter :: fail = 1.\nend program test\n`,
  and: '.and.',
  sizeof: (prefix, type) => ({
    prefix: `use iso_c_binding\n${prefix}\n${type} :: x`,
    expression: 'c_sizeof(x)',
    declares: '',
  }),
};
