import { unreachable } from '../../../base/assert.ts';
import type { Machine } from '../../../model/machine.ts';
import type { BuildTargetType } from '../../../model/target.ts';
import { isDarwin, isWindowsLike } from '../../../toolchains/system.ts';

/** What the file names of a target follow from. */
export interface NameParts {
  readonly type: BuildTargetType;
  readonly name: string;
  /** `name_prefix` and `name_suffix`, where given. */
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
  readonly machine: Machine;
  /** C# names its files alike on all systems. */
  readonly isAssembly: boolean;
  /** The kind of crate, of a target that is one. */
  readonly crateType: string | undefined;
  readonly version: string | undefined;
  readonly soversion: string | undefined;
  /** `namingscheme=platform`: as compilers of the system itself call libraries. */
  readonly asPlatform: boolean;
  /** Name of the import library of a program that exports symbols, without prefix and suffix. */
  readonly importName: string | undefined;
}

export interface TargetNames {
  readonly filename: string;
  readonly soname: string | undefined;
  readonly aliases: readonly { readonly name: string; readonly to: string }[];
  readonly importLibrary: string | undefined;
}

/** The names of a target's files, as the machine it runs on wants them. */
export function targetNames(parts: NameParts): TargetNames {
  switch (parts.type) {
    case 'executable':
      return executableNames(parts);
    case 'static-library': {
      const suffix = parts.suffix ?? (parts.crateType === 'rlib' ? 'rlib' : 'a');
      return plain(`${parts.prefix ?? 'lib'}${parts.name}.${suffix}`);
    }
    case 'shared-library':
    case 'shared-module':
      return parts.isAssembly ? plain(`${parts.name}.dll`) : sharedNames(parts);
    case 'jar':
      return plain(`${parts.name}.jar`);
    default:
      return unreachable(parts.type);
  }
}

function plain(filename: string): TargetNames {
  return { filename, soname: undefined, aliases: [], importLibrary: undefined };
}

function executableNames(parts: NameParts): TargetNames {
  const { name, prefix, suffix, machine, importName, isAssembly } = parts;
  const windows = isWindowsLike(machine.system);
  const wasm = machine.system.startsWith('wasm') || machine.system === 'emscripten';
  const ending = suffix ?? (windows || isAssembly ? 'exe' : wasm ? 'js' : '');
  return {
    ...plain((prefix ?? '') + name + (ending === '' ? '' : `.${ending}`)),
    importLibrary: windows && importName !== undefined ? `lib${importName}.a` : undefined,
  };
}

/** Only names of these systems carry versions as Unix does: `libfoo.so.1.2.3` or `libfoo.1.dylib`. */
function sharedNames(parts: NameParts): TargetNames {
  const { name, machine, crateType } = parts;
  if (machine.system === 'windows') {
    const asMicrosoft = crateType !== undefined || parts.asPlatform;
    const prefix = parts.prefix ?? (asMicrosoft ? '' : 'lib');
    const suffix = parts.suffix ?? 'dll';
    return {
      ...plain(`${prefix}${name}${dashed(parts.soversion)}.${suffix}`),
      importLibrary: `${prefix}${name}.dll.${asMicrosoft ? 'lib' : 'a'}`,
    };
  }
  if (machine.system === 'cygwin') {
    return {
      ...plain(
        `${parts.prefix ?? 'cyg'}${name}${dashed(parts.soversion)}.${parts.suffix ?? 'dll'}`,
      ),
      importLibrary: `${parts.prefix ?? 'lib'}${name}.dll.a`,
    };
  }
  return isDarwin(machine.system) ? darwinNames(parts) : unixNames(parts);
}

function dashed(version: string | undefined): string {
  return version === undefined ? '' : `-${version}`;
}

function darwinNames({
  name,
  prefix = 'lib',
  suffix = 'dylib',
  soversion,
}: NameParts): TargetNames {
  const bare = `${prefix}${name}.${suffix}`;
  const filename = soversion === undefined ? bare : `${prefix}${name}.${soversion}.${suffix}`;
  const aliases =
    suffix === 'dylib' && soversion !== undefined ? [{ name: bare, to: filename }] : [];
  return { filename, soname: filename, aliases, importLibrary: undefined };
}

function unixNames(parts: NameParts): TargetNames {
  const { name, machine, prefix = 'lib', suffix = 'so' } = parts;
  const android = machine.system === 'android';
  const version = android ? undefined : parts.version;
  const soversion = android ? undefined : parts.soversion;
  const bare = `${prefix}${name}.${suffix}`;
  const soname = soversion === undefined ? bare : `${bare}.${soversion}`;
  const filename = version === undefined ? soname : `${bare}.${version}`;
  const versioned = suffix === 'so' && soversion !== undefined;
  const middle = versioned && version !== undefined && version !== soversion;
  return {
    filename,
    soname,
    aliases: [
      ...(middle ? [{ name: soname, to: filename }] : []),
      ...(versioned ? [{ name: bare, to: middle ? soname : filename }] : []),
    ],
    importLibrary: undefined,
  };
}
