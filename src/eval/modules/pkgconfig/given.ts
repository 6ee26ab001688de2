import type { LinkItem } from '../../../model/target.ts';
import { familyOf } from '../../../toolchains/family.ts';
import type { Call } from '../../call.ts';
import { dependencyType } from '../../objects/dependency.ts';
import {
  type BothLibrariesObject,
  bothLibrariesType,
  type CustomTargetIndexObject,
  customTargetIndexType,
  type TargetObject,
} from '../../objects/target.ts';
import { preferredHalf } from '../../targets/argument-types.ts';
import { toolchainOf } from '../../targets/languages.ts';
import { isA } from '../../value.ts';
import { type PcValue, PkgConfigContents } from './contents.ts';
import type { LibraryValue } from './keywords.ts';
import { requirements } from './requires.ts';

/** What a .pc file says of libraries and flags, by the keywords that were given. */
export function contentsOf(
  call: Call,
  main: TargetObject | undefined,
  given: {
    readonly libraries: readonly LibraryValue[];
    readonly libraries_private: readonly LibraryValue[];
    readonly requires: readonly LibraryValue[];
    readonly requires_private: readonly LibraryValue[];
    readonly extra_cflags: readonly string[];
    readonly cflags_private: readonly string[];
    readonly d_module_versions: readonly (string | number)[];
  },
): PkgConfigContents {
  const contents = new PkgConfigContents(call);
  const all = [...(main === undefined ? [] : [main]), ...given.libraries];
  contents.addLibraries(all.map(pcValue), 'public');
  contents.addLibraries(given.libraries_private.map(pcValue), 'private');
  contents.publicRequires.push(...requirements(call, contents, given.requires.map(pcValue)));
  contents.privateRequires.push(
    ...requirements(call, contents, given.requires_private.map(pcValue)),
  );
  contents.cflags.push(...given.extra_cflags);
  contents.privateCflags.push(...given.cflags_private);
  contents.cflags.push(...versionArgs(call, given.d_module_versions.map(String)));
  contents.removeDuplicates();
  return contents;
}

/** The versions of D as its compiler is told, where there is one. */
function versionArgs(call: Call, versions: readonly string[]): readonly string[] {
  const toolchain = toolchainOf(call.evaluation, 'host', 'd');
  if (toolchain === undefined || versions.length === 0) return [];
  const nothing = { unittest: false, debug: [], importFolders: [] };
  return familyOf(toolchain).compile.features?.({ ...nothing, versions }) ?? [];
}

function pcValue(value: LibraryValue): PcValue {
  if (typeof value === 'string') return value;
  if (isA(value, dependencyType)) return { kind: 'dependency', dependency: value.dependency };
  return { kind: 'library', item: itemOf(value) };
}

function itemOf(value: TargetObject | BothLibrariesObject | CustomTargetIndexObject): LinkItem {
  if (isA(value, bothLibrariesType)) return { kind: 'target', target: preferredHalf(value).target };
  if (isA(value, customTargetIndexType))
    return { kind: 'output', target: value.target, output: value.output };
  return { kind: 'target', target: value.target };
}
