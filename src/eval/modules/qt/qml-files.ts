import { posix } from 'node:path';
import { escapeMarkup } from '../../../base/escape-markup.ts';
import type { FileRef } from '../../../model/file.ts';
import type { Call } from '../../call.ts';
import { type FileObject, fileObject } from '../../objects/file.ts';
import { absolutePath, joinPath } from '../../paths.ts';
import { moduleName } from './qml-name.ts';

/** Writes a list of resources into this folder of the build tree: files under their names, or one under another. */
export function resourceList(
  call: Call,
  name: string,
  {
    prefix,
    files,
    alias,
  }: { readonly prefix: string; readonly files: readonly FileRef[]; readonly alias?: string },
): FileObject {
  const lines = files.map((file) => {
    const shown = alias ?? posix.basename(file.path);
    return `<file alias="${escapeMarkup(shown)}">${escapeMarkup(absolutePath(call.evaluation, file))}</file>`;
  });
  const text = `<RCC><qresource prefix="/${escapeMarkup(prefix)}">${lines.join('')}</qresource></RCC>`;
  return fileObject(written(call, name, text));
}

/** What `qmldir` says of a module. */
export interface QmlDescription {
  readonly name: string;
  readonly version: string;
  readonly prefix: string;
  /** By what the lines begin with. */
  readonly imports: readonly (readonly [string, readonly string[]])[];
  readonly types: readonly {
    readonly qualifier: string;
    readonly versioned: boolean;
    readonly files: readonly FileRef[];
  }[];
  readonly typeFile: string | undefined;
  readonly designerSupported: boolean;
}

/** Writes the file `qmldir` of a QML module, and answers it. */
export function qmlModuleFile(call: Call, name: string, module: QmlDescription): FileRef {
  const lines = [
    `module ${module.name}`,
    `prefer :/${module.prefix}/`,
    ...module.imports.flatMap(([kind, names]) => names.map((one) => importLine(call, kind, one))),
    ...module.types.flatMap(({ qualifier, versioned, files }) =>
      files.map((file) => {
        const base = posix.basename(file.path);
        const version = versioned ? ` ${module.version}` : '';
        return `${qualifier}${typeName(call, file)}${version} ${base}`;
      }),
    ),
    ...(module.typeFile === undefined ? [] : [`typeinfo ${module.typeFile}`]),
    ...(module.designerSupported ? ['designersupported'] : []),
  ];
  return written(call, name, `${lines.join('\n')}\n`);
}

const importPattern = new RegExp(`^(${moduleName})(?:/((?:\\d+(?:\\.\\d+)?)|auto))?$`, 'u');

function importLine(call: Call, kind: string, text: string): string {
  const match = importPattern.exec(text);
  if (match === null) return call.fail(`invalid syntax for qml import ${text}`);
  return `${kind} ${match[1]} ${match[2] ?? ''}`;
}

/** The type that a file declares: its name without suffix. */
function typeName(call: Call, file: FileRef): string {
  const base = posix.basename(file.path);
  if (!/\.(qml|js|mjs)$/.test(base))
    call.fail(`unexpected file type declared in qml sources ${file.path}`);
  const name = base.slice(0, base.lastIndexOf('.'));
  const first = name.charAt(0);
  const isLower = first !== first.toUpperCase() && first === first.toLowerCase();
  if (name === '' || name.includes('.') || isLower)
    call.fail(`${base} is not a valid QML file name`);
  return name;
}

function written(call: Call, name: string, text: string): FileRef {
  const { evaluation, scope } = call;
  const path = joinPath(scope.buildSubdir, name);
  const { files } = evaluation.host;
  files.makeDirectory(joinPath(evaluation.buildRoot, scope.buildSubdir));
  const done = files.write(joinPath(evaluation.buildRoot, path), text);
  if (!done.ok) call.fail(`${path}: ${done.error.reason}`);
  return { tree: 'build', path };
}
