import { configToolVariable } from '../../../deps/config-tool.ts';
import { pkgConfigVariable } from '../../../deps/pkg-config.ts';
import type { Dependency } from '../../../model/dependency.ts';
import type { Call } from '../../call.ts';
import { dependencyContext } from './context.ts';

/** Variables that pkg-config is told first: names and values. */
export type Defines = readonly (readonly [string, string])[];

/** The names a variable has in each way a dependency may have been found. */
interface VariableNames {
  readonly pkgconfig: string | undefined;
  readonly configtool: string | undefined;
  readonly internal: string | undefined;
  readonly cmake: string | undefined;
  readonly system: string | undefined;
}

/** A variable, and what pkg-config is told before it is asked for it. */
export interface VariableWanted extends VariableNames {
  readonly defines?: Defines;
}

/** A variable by the name that the way this dependency was found has for it. */
export function variableOf(
  call: Call,
  row: Dependency,
  { defines = [], ...names }: VariableWanted,
): string | undefined {
  const context = () => dependencyContext(call, row.machine ?? 'host');
  const told = (name: string | undefined) =>
    name === undefined ? undefined : row.variables.get(name);
  if (row.kind === 'not-found') return undefined;
  if (row.kind === 'internal') return told(names.internal);
  if (row.type === 'pkgconfig' && row.pkgconfigName !== undefined)
    return names.pkgconfig === undefined
      ? undefined
      : pkgConfigVariable(context(), {
          name: row.pkgconfigName,
          variable: names.pkgconfig,
          defines,
        });
  if (row.type === 'config-tool' && row.tool !== undefined)
    return names.configtool === undefined
      ? undefined
      : configToolVariable(context(), row.tool, names.configtool);
  return told(row.type === 'cmake' ? names.cmake : names.system);
}

/** A variable that pkg-config and `declare_dependency()` know by the same name. */
export function ownVariable(call: Call, row: Dependency, name: string): string | undefined {
  const names = { configtool: undefined, cmake: undefined, system: undefined };
  return variableOf(call, row, { ...names, pkgconfig: name, internal: name });
}
