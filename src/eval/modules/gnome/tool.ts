import { versionMatches } from '../../../base/version.ts';
import { startPkgConfig } from '../../../deps/pkg-config.ts';
import type { CommandWord } from '../../../model/target.ts';
import type { Call } from '../../call.ts';
import { dependencyContext } from '../../functions/dependency/context.ts';
import { ownVariable } from '../../functions/dependency/variable.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';
import type { ProgramObject } from '../../objects/program.ts';
import { overridesOf } from '../../overrides.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { commandProgram, findProgram } from '../../programs/find-program.ts';
import { requiredWord } from '../../programs/required-program.ts';
import { packageRow } from '../package-row.ts';

/** GNOME's tools, and the packages whose pkg-config files say where they are. */
const packages = {
  'gio-querymodules': 'gio-2.0',
  'glib-compile-schemas': 'gio-2.0',
  'glib-compile-resources': 'gio-2.0',
  'gdbus-codegen': 'gio-2.0',
  'glib-genmarshal': 'glib-2.0',
  'glib-mkenums': 'glib-2.0',
  'g-ir-scanner': 'gobject-introspection-1.0',
  'g-ir-compiler': 'gobject-introspection-1.0',
} as const;

export type GnomeTool = keyof typeof packages;

/** A tool: one of this build, of the machine file, as pkg-config says, or in PATH. */
export function gnomeTool(
  call: Call,
  name: GnomeTool,
  { required = true }: { readonly required?: boolean } = {},
): ProgramObject {
  const { evaluation } = call;
  const overridden = overridesOf(evaluation, 'host').programs.get(name);
  if (overridden !== undefined) return overridden;
  const configured = evaluation.configs.host.binaries.get(name);
  if (configured !== undefined) return commandProgram(call, name, configured);
  const machine = chosenMachine(call, packages[name] !== 'gobject-introspection-1.0');
  const told = packageRow(call, { name: packages[name], machine, required: false });
  const path = told.type === 'pkgconfig' ? ownVariable(call, told, name.replaceAll('-', '_')) : '';
  if (path) return commandProgram(call, name, [path]);
  return findProgram(call, { names: [name], machine: 'host', required });
}

/** The same as the first word of a command. */
export function gnomeWord(call: Call, name: GnomeTool): CommandWord {
  return requiredWord(call, gnomeTool(call, name));
}

const glib = perEvaluation((): { version?: string } => ({}));

/** Whether GLib of the build machine, whose tools run, is new enough. */
export function glibIs(call: Call, requirement: string): boolean {
  const state = glib(call.evaluation);
  state.version ??= glibVersion(call);
  return versionMatches(state.version, requirement);
}

function glibVersion(call: Call): string {
  const version = startPkgConfig(dependencyContext(call, 'build'), 'glib-2.0')?.version();
  if (version === undefined)
    call.warn(
      'Could not detect glib version, assuming 2.54. You may get build errors if your glib is older.',
    );
  return version ?? '2.54';
}
