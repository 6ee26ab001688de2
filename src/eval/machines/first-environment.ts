import type { Environment } from '../../base/environment.ts';
import { argumentVariables, binaryVariables } from '../../toolchains/languages.ts';

const shared = ['CPPFLAGS', 'LDFLAGS', 'PKG_CONFIG_PATH', 'CMAKE_PREFIX_PATH'];
const names = [...Object.values(binaryVariables), ...Object.values(argumentVariables), ...shared];

/**
 * Variables that choose compilers and what they are told. As with Meson those of the first setup of a build
 * directory count as long as it is there: who edits a build file later may sit in another shell.
 */
const deciding: ReadonlySet<string> = new Set(names.flatMap((name) => [name, `${name}_FOR_BUILD`]));

/** Those that are set. */
export function decidingVariables(environment: Environment): ReadonlyMap<string, string> {
  const found = [...deciding].flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return new Map(found);
}

/** An environment in which what was chosen stays so. */
export function withChosen(
  environment: Environment,
  chosen: ReadonlyMap<string, string>,
): Environment {
  const others = Object.entries(environment).filter(([name]) => !deciding.has(name));
  return Object.fromEntries([...others, ...chosen]);
}
