import { sourceKind } from '../../../toolchains/languages.ts';
import {
  type ArgumentType,
  anything,
  bool,
  int,
  listOf,
  object,
  oneOf,
  str,
} from '../../argument-type.ts';
import { type Keyword, keyword } from '../../declare.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';
import type { FileObject } from '../../objects/file.ts';
import type { GeneratedListObject } from '../../objects/generator.ts';
import {
  type IncludeDirectoriesObject,
  includeDirectoriesType,
} from '../../objects/include-directories.ts';
import {
  buildTargetType,
  type CustomTargetIndexObject,
  type ExtractedObjectsObject,
  type TargetObject,
} from '../../objects/target.ts';
import { isA, type Value } from '../../value.ts';
import {
  customTarget,
  customTargetIndex,
  extractedObjects,
  file,
  generatedList,
  type Linkable,
  linkable,
  strOrFile,
  wholeLinkable,
} from '../argument-types.ts';

const dependency = object(dependencyType);

/** An empty string that old build files give for nothing. */
function emptyText(name: string, since: string) {
  return {
    text: '',
    broken: {
      since,
      instead: `Replace an empty string with an empty array: \`${name} : ''\` -> \`${name} : []\``,
    },
  };
}

export const dependencies: Keyword<readonly DependencyObject[]> = keyword(
  { ...listOf(dependency), names: ['array[Dependency | InternalDependency]'] },
  [],
  'What it needs from elsewhere.',
  {
    asDefault: [emptyText('dependencies', '1.11.1')],
    wrongType: (value, { tables }) =>
      isA(value, buildTargetType)
        ? `Tried to use a build_target "${tables.targets.get(value.target).name}" as a dependency. This should be in \`link_with\` or \`link_whole\` instead.`
        : undefined,
  },
);

const linkNote = (value: Value): string | undefined =>
  isA(value, dependencyType)
    ? 'Dependency and external_library objects must go in the "dependencies" keyword argument'
    : undefined;

export const linkWith: Keyword<readonly Linkable[]> = keyword(
  listOf(linkable),
  [],
  'Libraries of this build that it links.',
  { wrongType: linkNote, asDefault: [emptyText('link_with', '1.11.0')] },
);

export const linkWhole: Keyword<readonly Linkable[]> = keyword(
  listOf(wholeLinkable),
  [],
  'Static libraries that it takes in whole.',
  { wrongType: linkNote, asDefault: [emptyText('link_whole', '1.11.0')] },
);

export const linkArgs = keyword(listOf(str), [], 'Arguments for the linker.', {
  asDefault: [emptyText('link_args', '1.10.1')],
});

export type IncludeValue = string | IncludeDirectoriesObject;

export const includeDirectories: Keyword<readonly IncludeValue[]> = keyword(
  listOf(oneOf<IncludeValue>(str, object(includeDirectoriesType))),
  [],
  'Where headers are looked for.',
  {
    sinceValues: [
      {
        feature: 'of type array[str]',
        since: '0.50.0',
        used: (values) => values.some((value) => typeof value === 'string'),
      },
    ],
  },
);

/** Folders of interfaces of D: texts were always taken. */
const { sinceValues: _taken, ...importFolders } = includeDirectories;
export const importDirectories: typeof includeDirectories = importFolders;

export const extraFiles: Keyword<readonly (string | FileObject)[]> = keyword(
  listOf(strOrFile),
  [],
  'Files that belong to it and are not compiled: for editors.',
  {
    check: (values) => {
      const built = values.filter(
        (value) => typeof value !== 'string' && value.file.tree === 'build',
      ) as readonly FileObject[];
      return built.length === 0
        ? undefined
        : `extra_files contains generated files: ${built.map(({ file: { path } }) => path.slice(path.lastIndexOf('/') + 1)).join(', ')}`;
    },
  },
);

export type ObjectValue =
  | string
  | FileObject
  | TargetObject
  | CustomTargetIndexObject
  | GeneratedListObject
  | ExtractedObjectsObject;

const generatedObject = (value: ObjectValue): boolean =>
  typeof value !== 'string' && ('target' in value || 'list' in value);

export const objects: Keyword<readonly ObjectValue[]> = keyword(
  listOf(
    oneOf<ObjectValue>(str, file, customTarget, customTargetIndex, generatedList, extractedObjects),
  ),
  [],
  'Object files that are linked into it.',
  {
    sinceValues: [
      {
        feature: 'of type array[GeneratedList | CustomTarget | CustomTargetIndex]',
        since: '1.1.0',
        used: (values) => values.some(generatedObject),
      },
    ],
  },
);

export const native = keyword(bool, false, 'For the build machine, not for the host machine.');
export const buildSubdir = keyword(str, '', 'Folder of the build tree, below its usual one.', {
  since: '1.10.0',
});

/** `install` of targets: old build files give other values than booleans. */
const truthy: ArgumentType<Value> = { ...anything, names: ['object'] };
export const installTarget = keyword<Value>(truthy, false, 'Install it.', {
  sinceValues: [
    {
      feature: 'install kwarg with non-boolean value',
      whole: true,
      broken: {
        since: '1.3.0',
        instead:
          'This was never intended to work, and is essentially the same as using `install: true` regardless of value.',
      },
      used: (value) => typeof value !== 'boolean',
    },
  ],
});

export const targetInstallDir = keyword(
  listOf(oneOf<string | boolean>(str, bool)),
  [],
  'Where it is installed; false leaves an output out.',
  {
    sinceValues: [
      {
        feature: 'passing more than one argument to install_dir',
        whole: true,
        deprecated: { since: '1.11.0', instead: 'use the install_vala_* arguments instead' },
        used: (values) => values.length > 1,
      },
    ],
  },
);

/** `c_pch`, `cpp_pch`: a header, and for some compilers its source. */
export function precompiledHeader(language: string): Keyword<readonly string[]> {
  return keyword(listOf(str), [], `Header of ${language} that is compiled ahead.`, {
    check: checkHeader,
    sinceValues: [
      {
        feature: 'PCH source files',
        whole: true,
        deprecated: { since: '0.50.0', instead: 'Only a single header file should be used.' },
        used: (values) => values.length > 1,
      },
    ],
  });
}

function checkHeader(files: readonly string[]): string | undefined {
  const [first = '', second = ''] = files;
  const isHeader = (path: string): boolean => sourceKind(path).kind === 'header';
  const isSource = (path: string): boolean => sourceKind(path).kind === 'source';
  const folder = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (files.length > 2) return 'A maximum of two elements are allowed for PCH arguments';
  if (files.length === 1 && !isHeader(first)) return `PCH argument ${first} is not a header.`;
  if (files.length === 2) {
    if (!isHeader(first) && !isSource(first))
      return `PCH argument ${first} has neither a known header or code extension.`;
    if (isHeader(first) ? !isSource(second) : !isHeader(second))
      return 'PCH definition must contain one header and at most one source.';
    if (folder(first) !== folder(second)) return 'PCH files must be stored in the same folder.';
  }
  if (files.length >= 1 && !first.includes('/'))
    return `PCH header ${first} must not be in the same directory as source files`;
  return undefined;
}

export const strOrInt = oneOf<string | number>(str, int);
