import { type MethodTable, methodOf } from '../declare.ts';
import { type FileObject, fileType, writtenPath } from '../objects/file.ts';
import {
  type IncludeDirectoriesObject,
  includeDirectoriesType,
} from '../objects/include-directories.ts';
import { absolutePath, joinPath } from '../paths.ts';

const method = methodOf<FileObject>();
const includeMethod = methodOf<IncludeDirectoriesObject>();

/** Methods of files (Meson: "Reference manual", `file`). */
export const fileMethods: MethodTable = {
  type: fileType,
  doc: 'A file, as `files()` and `configure_file()` give it.',
  label: 'file',
  describe: (self: FileObject) =>
    `<File: ${writtenPath(self)}${self.file.tree === 'source' ? ' (not built)' : ''}>`,
  methods: [
    method({
      name: 'full_path',
      doc: 'Its absolute path.',
      since: '1.4.0',
      returns: 'str',
      run: ({ evaluation }, self) => absolutePath(evaluation, self.file),
    }),
  ],
};

/** Methods of `include_directories()` (Meson: "Reference manual", `inc`). */
export const includeDirectoriesMethods: MethodTable = {
  type: includeDirectoriesType,
  doc: 'Directories to look for headers in.',
  label: 'inc',
  methods: [
    includeMethod({
      name: 'to_list',
      doc: 'Their absolute paths, in the source tree and in the build tree.',
      since: '1.12.0',
      returns: 'array[str]',
      run: ({ evaluation }, { directories, written }) => {
        if (written === undefined) return directories.paths;
        const { subdir, folders } = written;
        if (directories.system) return folders;
        return folders.flatMap((folder) => [
          joinPath(evaluation.sourceRoot, subdir, folder),
          joinPath(evaluation.buildRoot, subdir, folder),
        ]);
      },
    }),
  ],
};
