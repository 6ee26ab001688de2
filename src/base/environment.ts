import { unreachable } from './assert.ts';
/** One change to the environment of a process, as `environment()` objects of build files hold them. */
export type EnvironmentChange =
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'unset'; readonly name: string }
  | {
      readonly kind: 'append' | 'prepend';
      readonly name: string;
      readonly value: string;
      readonly separator: string;
    };

/** Variables by name; a missing name is an unset variable. */
export type Environment = Readonly<Record<string, string>>;

/** An environment with changes made to it, in their order. */
export function changedEnvironment(
  base: Environment,
  changes: readonly EnvironmentChange[],
): Environment {
  const result: Record<string, string> = { ...base };
  for (const change of changes) {
    const old = result[change.name];
    switch (change.kind) {
      case 'set':
        result[change.name] = change.value;
        break;
      case 'unset':
        delete result[change.name];
        break;
      case 'append':
        result[change.name] = old ? old + change.separator + change.value : change.value;
        break;
      case 'prepend':
        result[change.name] = old ? change.value + change.separator + old : change.value;
        break;
      default:
        return unreachable(change);
    }
  }
  return result;
}
