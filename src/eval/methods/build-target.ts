import type { BuildTarget, Item } from '../../model/target.ts';
import { bool, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { keyword, type MethodTable, methodOf, rest } from '../declare.ts';
import { fileObject } from '../objects/file.ts';
import {
  type IncludeDirectoriesObject,
  includeDirectoriesType,
} from '../objects/include-directories.ts';
import {
  buildTargetType,
  type ExtractedObjectsObject,
  extractedObjectsType,
  type TargetObject,
} from '../objects/target.ts';
import { joinPath, normalPath } from '../paths.ts';
import { customTarget, customTargetIndex, file, generatedList } from '../targets/argument-types.ts';
import { extractObjects, type ObjectSource } from '../targets/build/extract-objects.ts';

const method = methodOf<TargetObject>();

function buildTargetRow({ evaluation }: Call, { target }: TargetObject): BuildTarget {
  const row = evaluation.tables.targets.get(target);
  // Only build targets have objects of this type.
  return row as BuildTarget;
}

function fullPath(call: Call, self: TargetObject): string {
  const row = buildTargetRow(call, self);
  return normalPath(joinPath(call.evaluation.buildRoot, row.buildSubdir, row.filename));
}

function privateFolder(call: Call, self: TargetObject): string {
  const row = buildTargetRow(call, self);
  return `${normalPath(joinPath(row.buildSubdir, row.filename))}.p`;
}

const fullPathMethod = method({
  name: 'full_path',
  doc: 'Where its file is, absolute. Using it does not make the file.',
  returns: 'str',
  run: fullPath,
});

export const buildTargetMethods: MethodTable = {
  type: buildTargetType,
  doc: 'A program or library of this build.',
  methods: [
    method({
      name: 'found',
      doc: 'Always true.',
      since: '0.59.0',
      label: 'BuildTarget.found',
      returns: 'bool',
      run: () => true,
    }),
    method({
      name: 'private_dir_include',
      doc: 'Its private folder, as include directories.',
      returns: 'inc',
      run: (call, self): IncludeDirectoriesObject => ({
        type: includeDirectoriesType,
        directories: {
          paths: [],
          system: false,
          sourceOnly: false,
          buildPaths: [privateFolder(call, self)],
        },
      }),
    }),
    fullPathMethod,
    {
      ...fullPathMethod,
      name: 'path',
      label: 'BuildTarget.path',
      deprecated: { since: '0.55.0', instead: 'Use BuildTarget.full_path instead' },
    },
    method({
      name: 'outdir',
      doc: 'The folder of its file, relative to the build directory.',
      returns: 'str',
      run: (call, self) => buildTargetRow(call, self).buildSubdir,
    }),
    method({
      name: 'name',
      doc: 'Its name.',
      since: '0.54.0',
      returns: 'str',
      run: (call, self) => buildTargetRow(call, self).name,
    }),
    method({
      name: 'get_id',
      doc: 'Its id in introspection.',
      label: 'BuildTarget.get_id',
      deprecated: {
        since: '1.2.0',
        instead:
          'This was never formally documented and does not seem to have a real world use. See https://github.com/mesonbuild/meson/pull/6061',
      },
      returns: 'str',
      run: (call, self) => buildTargetRow(call, self).introspectionId,
    }),
    method({
      name: 'extract_objects',
      doc: 'The objects of some of its sources.',
      rest: rest(
        'sources',
        oneOf<ObjectSource>(file, str, customTarget, customTargetIndex, generatedList),
        'Sources of the target.',
      ),
      returns: 'extracted_obj',
      run: (call, self, { rest: sources }) => extractObjects(call, self, sources),
    }),
    method({
      name: 'extract_all_objects',
      doc: 'All of its objects.',
      keywords: {
        recursive: keyword(bool, false, 'Those that it was given as well.', {
          since: '0.46.0',
          unsetWarning: `extract_all_objects called without setting recursive
keyword argument. Meson currently defaults to
non-recursive to maintain backward compatibility but
the default will be changed in meson 2.0.
`,
        }),
      },
      returns: 'extracted_obj',
      run: (_call, self, { keywords: { recursive } }): ExtractedObjectsObject => {
        const item: Item = { kind: 'extracted', target: self.target, sources: 'all', recursive };
        return { type: extractedObjectsType, item };
      },
    }),
    valaFile('vala_header', 'header'),
    valaFile('vala_vapi', 'VAPI'),
    valaFile('vala_gir', 'GIR'),
  ],
};

function valaFile(name: 'vala_header' | 'vala_vapi' | 'vala_gir', what: string) {
  return method({
    name,
    doc: `The ${what} that Vala writes for it.`,
    since: '1.10.0',
    returns: 'file',
    run: (call, self) => {
      const row = buildTargetRow(call, self);
      const found = row.languageKeywords.get(name);
      if (typeof found !== 'string')
        return call.fail(`Attempted to get a Vala ${what} from a target that doesn't generate one`);
      return fileObject({ tree: 'build', path: joinPath(row.buildSubdir, found) });
    },
  });
}
