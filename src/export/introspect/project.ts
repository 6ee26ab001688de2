import type { Machine, MachineChoice } from '../../model/machine.ts';
import type { Model } from '../../model/model.ts';
import type { Language, Toolchain } from '../../model/toolchain.ts';
import { absolute } from './targets.ts';

/** `intro-projectinfo.json`. */
export function introspectProject(model: Model): unknown {
  const [top, ...subprojects] = model.projects.values();
  const seen = new Set<string>();
  return {
    version: top?.version ?? 'undefined',
    descriptive_name: top?.name ?? '',
    license: top?.licenses ?? [],
    license_files: top?.licenseFiles.map((file) => file.path) ?? [],
    subproject_dir: model.subprojectDir ?? 'subprojects',
    subprojects: subprojects
      .filter(({ subproject }) => !seen.has(subproject) && seen.add(subproject))
      .map(({ subproject, version, name }) => ({
        name: subproject,
        version,
        descriptive_name: name,
      })),
  };
}

/** `intro-buildsystem_files.json`; without the files that Meson does not evaluate again for. */
export function introspectBuildFiles(model: Model): readonly string[] {
  return model.buildFiles
    .map((file) => absolute(model, file))
    .filter((path) => !/\.(wrap|qrc)$|\/LINGUAS$|\/packagefiles\/|\/bin\/rustc$|[/?]$/.test(path));
}

/** `intro-machines.json`. */
export function introspectMachines({ machines }: Model): unknown {
  return {
    host: shownMachine(machines.host),
    build: shownMachine(machines.build),
    target: shownMachine(machines.target),
  };
}

function shownMachine(machine: Machine): unknown {
  const isWindows = machine.system === 'windows' || machine.system === 'cygwin';
  return {
    system: machine.system,
    cpu_family: machine.cpuFamily,
    cpu: machine.cpu,
    endian: machine.endian,
    kernel: machine.kernel ?? null,
    subsystem: machine.subsystem || null,
    is_64_bit: /64$|^alpha$|^ia64$|^s390x$/.test(machine.cpuFamily),
    exe_suffix: isWindows ? 'exe' : '',
    object_suffix: isWindows ? 'obj' : 'o',
  };
}

/** `intro-compilers.json`. Suffixes are asked of whoever knows the languages. */
export function introspectCompilers(
  { toolchains }: Model,
  suffixesOf: (language: string) => readonly string[],
): unknown {
  const own = (machine: MachineChoice) => toolchains.get(machine) ?? new Map<Language, Toolchain>();
  const ofMachine = (machine: MachineChoice): unknown =>
    Object.fromEntries(
      [...own(machine)].map(([language, toolchain]) => [
        language,
        {
          id: toolchain.id,
          exelist: [...toolchain.wrapper, ...toolchain.command],
          linker_exelist:
            language === 'rust'
              ? argumentsOfItsLinker(toolchain)
              : (toolchain.linker?.command ?? toolchain.command),
          file_suffixes: suffixesOf(language),
          default_suffix: suffixesOf(language)[0] ?? '',
          version: toolchain.version,
          full_version: language === 'rust' ? toolchain.version : toolchain.fullVersion || null,
          linker_id: toolchain.linker?.id ?? toolchain.id,
        },
      ]),
    );
  return { host: ofMachine('host'), build: ofMachine('build') };
}

/** rustc links by another language's compiler, whose name Meson leaves out. */
function argumentsOfItsLinker({ command }: Toolchain): readonly string[] {
  const prefix = 'link-arg=';
  const ours = command.slice(command.findLastIndex((word) => word.startsWith('linker=')) + 1);
  return ours.flatMap((word) => (word.startsWith(prefix) ? [word.slice(prefix.length)] : []));
}
