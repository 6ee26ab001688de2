import { termVariables } from '../../base/cargo-variables.ts';
import { type ConfigValue, configAt, plainConfig } from './config-value.ts';

/** What `[term]` asks of whatever tells of a build; what nobody says is not there. */
export interface TermConfig {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: 'auto' | 'always' | 'never';
  /** `progress.when`. */
  readonly progress?: 'auto' | 'always' | 'never';
}

/** What files and variables say together; `--config` goes before these. What is none of the known words counts as if nobody said it. */
export function termConfig(
  { root, overridden }: { readonly root: ConfigValue; readonly overridden: readonly string[] },
  variables: Readonly<Record<string, string | undefined>>,
): TermConfig {
  const said = (key: keyof TermConfig, ...path: readonly string[]): string | undefined => {
    const name = termVariables[key];
    const variable = overridden.includes(name) ? undefined : variables[name];
    if (variable !== undefined) return variable;
    const value = configAt(root, 'term', ...path);
    return value === undefined ? undefined : String(plainConfig(value));
  };
  const truth = (text: string | undefined): boolean | undefined =>
    text === 'true' ? true : text === 'false' ? false : undefined;
  const when = (text: string | undefined): TermConfig['color'] =>
    text === 'auto' || text === 'always' || text === 'never' ? text : undefined;
  const found = {
    quiet: truth(said('quiet', 'quiet')),
    verbose: truth(said('verbose', 'verbose')),
    color: when(said('color', 'color')),
    progress: when(said('progress', 'progress', 'when')),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
