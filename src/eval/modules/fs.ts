import { createHash, getHashes } from 'node:crypto';
import { posix } from 'node:path';
import { unreachable } from '../../base/assert.ts';
import { isBelow } from '../../host/world-trace.ts';
import { object, oneOf, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, type Module, positional } from '../declare.ts';
import { lookInto } from '../look-into.ts';
import { type FileObject, fileType, writtenPath } from '../objects/file.ts';
import {
  buildTargetType,
  type CustomTargetIndexObject,
  customTargetIndexType,
  customTargetType,
  type TargetObject,
} from '../objects/target.ts';
import { absolutePath, joinPath, normalPath } from '../paths.ts';
import { isA } from '../value.ts';
import { copyfile } from './fs-copyfile.ts';

type PathLike = string | FileObject | TargetObject | CustomTargetIndexObject;
const textOrFile = oneOf<string | FileObject>(str, object(fileType));
const pathLike = oneOf<PathLike>(
  str,
  object(fileType),
  object(customTargetType),
  object(customTargetIndexType),
  object(buildTargetType),
);

/** A function of one path that is a string or a file, of which Meson says when files came. */
function question(
  {
    name,
    doc,
    returns = 'bool',
    files = true,
  }: {
    readonly name: string;
    readonly doc: string;
    readonly returns?: string;
    readonly files?: boolean;
  },
  answer: (call: Call, path: string) => boolean | number,
) {
  return builtin({
    name,
    doc,
    positional: [
      positional(
        'path',
        files ? textOrFile : oneOf<string | FileObject>(str),
        'A path; a string is relative to this folder.',
      ),
    ],
    returns,
    run: (call, { positional: [path] }) => {
      if (typeof path !== 'string') call.uses(`fs.${name} with file`, '0.59.0');
      return answer(call, absolute(call, path));
    },
  });
}

/** A function of the text of a path. */
function textual(
  { name, doc, since }: { readonly name: string; readonly doc: string; readonly since?: string },
  answer: (path: string) => string,
) {
  return builtin({
    name,
    doc,
    ...(since === undefined ? {} : { since }),
    positional: [positional('path', pathLike, 'A path, a file or a target.')],
    returns: 'str',
    run: (call, { positional: [path] }) => {
      const text = pathText(call, path, `fs.${name}`);
      lookIntoPath(call, text);
      return answer(text);
    },
  });
}

/** Meson's module `fs`: questions about files, and the parts of paths. */
export const fsModule: Module = {
  name: 'fs',
  doc: 'Questions about files and folders, and the parts of paths.',
  since: '0.53.0',
  functions: [
    question(
      { name: 'exists', doc: 'Whether there is a file or folder.', files: false },
      (call, path) => call.evaluation.host.files.exists(path),
    ),
    question(
      { name: 'is_file', doc: 'Whether it is a file; links are followed.', files: false },
      (call, path) => call.evaluation.host.files.isFile(path),
    ),
    question(
      { name: 'is_dir', doc: 'Whether it is a folder; links are followed.', files: false },
      (call, path) => call.evaluation.host.files.isDirectory(path),
    ),
    question(
      { name: 'is_symlink', doc: 'Whether it is a symbolic link.' },
      (call, path) => call.evaluation.host.files.lstat(path)?.kind === 'symlink',
    ),
    question({ name: 'size', doc: 'Its size in bytes.', returns: 'int' }, (call, path) => {
      const stat = call.evaluation.host.files.stat(path);
      return stat?.kind === 'file'
        ? stat.size
        : call.fail(`${path} is not a file and therefore cannot be sized`);
    }),
    builtin({
      name: 'hash',
      doc: 'The digest of a file in hexadecimal.',
      positional: [
        positional('path', textOrFile, 'The file.'),
        positional('algorithm', str, 'As `md5` or `sha256`.'),
      ],
      returns: 'str',
      run: (call, { positional: [path, algorithm] }) => hashOf(call, path, algorithm),
    }),
    builtin({
      name: 'is_samepath',
      doc: 'Whether two paths are the same file or folder, links followed.',
      positional: [
        positional('a', textOrFile, 'One path.'),
        positional('b', textOrFile, 'The other.'),
      ],
      returns: 'bool',
      run: (call, { positional: [a, b] }) => {
        if (typeof a !== 'string' || typeof b !== 'string')
          call.uses('fs.is_samepath with file', '0.59.0');
        const [first, second] = [a, b].map((path) =>
          call.evaluation.host.files.realPath(absolute(call, path)),
        );
        return first?.ok === true && second?.ok === true && first.value === second.value;
      },
    }),
    builtin({
      name: 'is_absolute',
      doc: 'Whether a path starts at the root.',
      since: '0.54.0',
      positional: [positional('path', textOrFile, 'A path or file.')],
      returns: 'bool',
      run: (call, { positional: [path] }) => {
        if (typeof path === 'string') return path.startsWith('/');
        call.uses('fs.is_absolute with file', '0.59.0');
        return path.file.path.startsWith('/');
      },
    }),
    builtin({
      name: 'expanduser',
      doc: 'A path with `~` replaced by the home directory.',
      since: '0.54.0',
      positional: [positional('path', str, 'A path.')],
      returns: 'str',
      run: (call, { positional: [path] }) => expandUser(call, path),
    }),
    builtin({
      name: 'as_posix',
      doc: 'A Windows path with `/` in place of each `\\`.',
      since: '0.54.0',
      positional: [positional('path', str, 'A path.')],
      returns: 'str',
      run: (call, { positional: [path] }) => {
        lookInto(call, path);
        return path.replaceAll('\\', '/');
      },
    }),
    builtin({
      name: 'replace_suffix',
      doc: 'A path with another suffix, or none.',
      positional: [
        positional('path', pathLike, 'A path, a file or a target.'),
        positional('suffix', str, 'With its dot; empty for none.'),
      ],
      returns: 'str',
      run: (call, { positional: [path, suffix] }) => {
        if (suffix !== '' && !suffix.startsWith('.')) call.fail(`Invalid suffix '${suffix}'`);
        const text = pathText(call, path, 'fs.replace_suffix');
        lookIntoPath(call, text);
        return withoutSuffix(text) + suffix;
      },
    }),
    textual({ name: 'parent', doc: 'The folder of a path.' }, (path) => splitPath(path)[0] || '.'),
    textual({ name: 'name', doc: 'The last part of a path.' }, (path) => splitPath(path)[1]),
    textual(
      { name: 'stem', doc: 'The last part of a path, without its suffix.', since: '0.54.0' },
      (path) => withoutSuffix(splitPath(path)[1]),
    ),
    textual(
      { name: 'suffix', doc: 'The suffix of a path, with its dot.', since: '1.9.0' },
      (path) => path.slice(withoutSuffix(path).length),
    ),
    builtin({
      name: 'read',
      doc: 'The text of a file of the source tree. A change of it configures anew.',
      since: '0.57.0',
      positional: [positional('path', textOrFile, 'The file.')],
      keywords: { encoding: keyword(str, 'utf-8', 'How its bytes are to be read.') },
      returns: 'str',
      run: (call, { positional: [path], keywords: { encoding } }) =>
        readSource(call, path, encoding),
    }),
    copyfile,
    builtin({
      name: 'relative_to',
      doc: 'The way from one path to another.',
      since: '1.3.0',
      positional: [
        positional('path', pathLike, 'Where to.'),
        positional('from', pathLike, 'Where from.'),
      ],
      returns: 'str',
      run: (call, { positional: [path, from] }) => {
        const [start, end] = [absoluteOf(call, from), absoluteOf(call, path)];
        const { buildRoot } = call.evaluation;
        if (isBelow(start, buildRoot) !== isBelow(end, buildRoot)) lookInto(call, start, end);
        return posix.relative(start, end) || '.';
      },
    }),
  ],
};

/** A part of a path in the build directory says nothing of where that lies. */
function lookIntoPath(call: Call, path: string): void {
  if (!path.startsWith(`${call.evaluation.buildRoot}/`)) lookInto(call, path);
}

function absolute(call: Call, path: string | FileObject): string {
  const { evaluation, scope } = call;
  if (typeof path !== 'string') return absolutePath(evaluation, path.file);
  return normalPath(joinPath(evaluation.sourceRoot, scope.subdir, expandUser(call, path)));
}

function expandUser({ evaluation }: Call, path: string): string {
  return path === '~' || path.startsWith('~/')
    ? evaluation.host.system.homeDirectory + path.slice(1)
    : path;
}

/** A path's text as Meson shows it: of a target, its output relative to the build directory. */
function pathText(call: Call, path: PathLike, feature: string): string {
  if (typeof path === 'string') return path;
  if (isA(path, fileType)) {
    call.uses(`${feature} with file`, '0.59.0');
    return writtenPath(path);
  }
  call.uses(`${feature} with build_tgt, custom_tgt, and custom_idx`, '1.4.0');
  return outputPath(call, path);
}

function outputPath({ evaluation }: Call, object: TargetObject | CustomTargetIndexObject): string {
  const target = evaluation.tables.targets.get(object.target);
  const index = 'output' in object ? object.output : 0;
  switch (target.kind) {
    case 'build':
      return normalPath(joinPath(target.buildSubdir, target.filename));
    case 'custom':
      return normalPath(joinPath(target.buildSubdir, target.outputs[index] ?? ''));
    case 'run':
    case 'alias':
      return target.name;
    default:
      return unreachable(target);
  }
}

function absoluteOf(call: Call, path: PathLike): string {
  if (typeof path === 'string' || isA(path, fileType)) return absolute(call, path);
  return joinPath(call.evaluation.buildRoot, outputPath(call, path));
}

function hashOf(call: Call, path: string | FileObject, algorithm: string): string {
  if (typeof path !== 'string') call.uses('fs.hash with file', '0.59.0');
  const file = absolute(call, path);
  const bytes = call.evaluation.host.files.readBytes(file);
  if (!bytes.ok) return call.fail(`${file} is not a file and therefore cannot be hashed`);
  const name = algorithm.toLowerCase().replace('_', '-');
  if (!getHashes().includes(name)) return call.fail(`hash algorithm ${algorithm} is not available`);
  return createHash(name).update(bytes.value).digest('hex');
}

function readSource(call: Call, path: string | FileObject, encoding: string): string {
  const { evaluation, scope } = call;
  if (typeof path !== 'string' && path.file.tree === 'build') {
    return call.fail('fs.read does not accept built files() objects');
  }
  const file =
    typeof path === 'string'
      ? normalPath(joinPath(evaluation.sourceRoot, scope.subdir, path))
      : absolutePath(evaluation, path.file);
  if (`${file}/`.startsWith(`${evaluation.buildRoot}/`))
    return call.fail('path must not be in the build tree');
  const shown = typeof path === 'string' ? path : path.file.path;
  const bytes = evaluation.host.files.readBytes(file);
  if (!bytes.ok) return call.fail(`File ${shown} does not exist.`);
  evaluation.tables.buildFiles.set(file, { tree: 'source', path: file });
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
      .decode(bytes.value)
      .replace(/\r\n?/g, '\n');
  } catch (error) {
    if (error instanceof RangeError) return call.fail(`unknown encoding: ${encoding}`);
    return call.fail(`decoding failed for ${shown}`);
  }
}

/** Python's `os.path.split`. */
function splitPath(path: string): [string, string] {
  const at = path.lastIndexOf('/') + 1;
  const head = path.slice(0, at);
  return [/^\/*$/.test(head) ? head : head.replace(/\/+$/, ''), path.slice(at)];
}

/** Python's `os.path.splitext`: dots that lead a name are no suffix. */
function withoutSuffix(path: string): string {
  return path.replace(/(?<=[^/.][^/]*)\.[^./]*$/, '');
}
