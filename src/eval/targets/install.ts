import { unreachable } from '../../base/assert.ts';
import type { MachineChoice } from '../../model/machine.ts';
import type { BuildTargetInstall, BuildTargetType } from '../../model/target.ts';
import { isWindowsLike } from '../../toolchains/system.ts';
import type { Call } from '../call.ts';
import { shownFolder } from '../option-texts.ts';
import type { TargetNames } from './build/naming.ts';
import type { ValaOutput } from './build/vala.ts';
import { fileModeOf } from './install-mode.ts';
import { textOption } from './options.ts';

/** Where the outputs of a program or library are installed. */
export function buildTargetInstall(
  call: Call,
  keywords: {
    readonly install_dir: readonly (string | boolean)[];
    readonly install_mode: readonly (string | boolean | number)[];
    readonly install_tag: string | undefined;
  },
  made: {
    readonly type: BuildTargetType;
    readonly names: TargetNames;
    readonly vala: readonly ValaOutput[];
    readonly machine: MachineChoice;
  },
): BuildTargetInstall {
  const [given = true] = keywords.install_dir;
  const usual = defaultDirectory(call, made.type, made.machine);
  const main = given === true ? usual : given === false ? undefined : given;
  // Beside a DLL that is installed elsewhere, as nobody would look for it among the libraries.
  const importFolder = main === usual ? textOption(call, 'libdir') : main;
  const imported = made.names.importLibrary === undefined ? [] : [importFolder];
  const shown = typeof main === 'string' ? shownFolder(call.evaluation, main) : undefined;
  return {
    directories: [main, ...imported, ...made.vala.map(({ installDir }) => installDir)],
    // Now, as the same text may come from another option later.
    ...(shown !== undefined && shown !== main && { placeholders: [shown] }),
    ...(main === usual && { placeholders: [defaultNames[made.type]] }),
    mode: fileModeOf(call, keywords.install_mode),
    tags: [keywords.install_tag, ...imported.map(() => 'devel'), ...made.vala.map(() => 'devel')],
  };
}

/** The folder that a build file gives, be it installed or not, unless it is the usual one of its kind. */
export function customInstallFolder(
  call: Call,
  [given]: readonly (string | boolean)[],
  { type, machine }: { readonly type: BuildTargetType; readonly machine: MachineChoice },
): string | undefined {
  if (typeof given !== 'string') return undefined;
  return given === defaultDirectory(call, type, machine) ? undefined : given;
}

const defaultNames: Readonly<Record<BuildTargetType, string>> = {
  executable: '{bindir}',
  'shared-library': '{libdir_shared}',
  'static-library': '{libdir_static}',
  'shared-module': '{moduledir_shared}',
  jar: '{datadir}/java',
};

function defaultDirectory(call: Call, type: BuildTargetType, machine: MachineChoice): string {
  switch (type) {
    case 'executable':
      return textOption(call, 'bindir');
    case 'shared-library': {
      const row = call.evaluation.machines[machine];
      const beside = isWindowsLike(row.system);
      return textOption(call, beside ? 'bindir' : 'libdir');
    }
    case 'static-library':
    case 'shared-module':
      return textOption(call, 'libdir');
    case 'jar':
      return `${textOption(call, 'datadir')}/java`;
    default:
      return unreachable(type);
  }
}
