import { invariant } from '../../base/assert.ts';
import type { Builtin, MethodTable } from '../declare.ts';
import type { Evaluation } from '../evaluation.ts';
import type { ProjectScope } from '../project-scope.ts';
import type { Value } from '../value.ts';

/** What build files can call and name. */
export interface Builtins {
  readonly functions: ReadonlyMap<string, Builtin>;
  readonly methods: readonly MethodTable[];
  /** `meson`, `host_machine`, …: not to be assigned. */
  readonly variables: ReadonlyMap<string, Value>;
}

/** The value of such a variable: to a subproject that is for the build machine that is the host machine. */
export function builtinVariable(
  evaluation: Evaluation,
  scope: Pick<ProjectScope, 'forBuildMachine'>,
  name: string,
): Value {
  const own = scope.forBuildMachine && name === 'host_machine' ? 'build_machine' : name;
  return builtinsOf(evaluation).variables.get(own);
}

const known = new WeakMap<Evaluation, Builtins>();

/** Declarations know of calls, and calls of evaluation: so evaluation cannot know of these itself. */
export function setBuiltins(evaluation: Evaluation, builtins: Builtins): void {
  known.set(evaluation, builtins);
}

/** The functions, methods and modules that build files may use. */
export function builtinsOf(evaluation: Evaluation): Builtins {
  const builtins = known.get(evaluation);
  invariant(builtins !== undefined, 'builtins are set before any build file is read');
  return builtins;
}
