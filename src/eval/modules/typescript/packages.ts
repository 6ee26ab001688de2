import { posix } from 'node:path';
import type {
  BuildTargetInstall,
  CommandWord,
  CustomTarget,
  Item,
  Target,
} from '../../../model/target.ts';
import { installedRecord } from '../../../toolchains/typescript/install-packages.ts';
import { generatedFolder } from '../../../toolchains/typescript/mirror.ts';
import { lockNames } from '../../../toolchains/typescript/package-lock.ts';
import type { Call } from '../../call.ts';
import type { FileObject } from '../../objects/file.ts';
import {
  type CustomTargetIndexObject,
  customTargetIndexType,
  customTargetType,
  type TargetObject,
} from '../../objects/target.ts';
import {
  type TypescriptDependencies,
  typescriptDependenciesType,
} from '../../objects/typescript.ts';
import { absolutePath, joinPath, normalPath, sourceFileAt } from '../../paths.ts';
import { introspectionId, registerTarget } from '../../targets/register.ts';
import { isA } from '../../value.ts';

/** `dependencies()`: the packages of lock files, installed by an action of their own. */
export function declareDependencies(
  call: Call,
  given: {
    readonly locks: readonly [string | FileObject, ...(string | FileObject)[]];
    readonly scripts: readonly string[];
  },
): TypescriptDependencies {
  const { evaluation, scope } = call;
  const [first, ...more] = given.locks;
  const root = lockFile(call, first);
  const locks = [root, ...more.map((each) => lockFile(call, each))];
  const source = root.folder;
  const folders = locks.map(({ folder }) => posix.relative(source, folder) || '.');
  const stray = locks.find((_, index) => folders[index]?.startsWith('..'));
  if (stray !== undefined) {
    call.fail(`File ${stray.path} does not lie below ${source}`, {
      hint: 'The first lock file is that of the folder which holds all the others.',
    });
  }
  const folder = normalPath(
    joinPath(
      scope.buildSubdir,
      posix.relative(joinPath(evaluation.sourceRoot, scope.subdir), source),
    ),
  );
  const shown = joinPath(folder, 'typescript-packages');
  const mirror = joinPath(evaluation.buildRoot, shown);
  const name = posix.basename(source) === '' ? 'packages' : `packages-of-${posix.basename(source)}`;
  const { target } = register(call, {
    name,
    inputs: locks.flatMap(({ file }) => [
      fileItem(file),
      fileItem({ ...file, path: joinPath(posix.dirname(file.path), 'package.json') }),
    ]),
    outputs: [`${name}.installed`],
    // What someone removed is installed again.
    alsoMakes: folders.map((each) => normalPath(joinPath(shown, each, installedRecord))),
    command: [
      ...internalCommand(call, 'install', { source, mirror }),
      ...texts('--stamp', '@OUTPUT0@', '--depfile', '@DEPFILE@'),
      ...folders.flatMap((each) => texts('--folder', each)),
      ...given.scripts.flatMap((each) => texts('--script', each)),
    ],
    depends: [],
    depfile: `${name}.installed.d`,
    description: `Installing the packages of ${posix.basename(root.path)}`,
    buildByDefault: false,
    environment: [],
    install: undefined,
  });
  return {
    type: typescriptDependenciesType,
    target,
    source,
    mirror,
    generated: new Map(),
  };
}

interface LockFile {
  readonly file: FileObject['file'];
  /** Absolute, as is its folder. */
  readonly path: string;
  readonly folder: string;
}

function lockFile(call: Call, lock: string | FileObject): LockFile {
  const { evaluation, scope } = call;
  const file = typeof lock === 'string' ? sourceFileAt(evaluation, scope, lock) : lock.file;
  const path = absolutePath(evaluation, file);
  const folder = posix.dirname(path);
  const { files } = evaluation.host;
  if (!lockNames.includes(posix.basename(path))) {
    call.fail(`${posix.basename(path)} is no lock file of npm`, {
      hint: otherLock(posix.basename(path)),
    });
  }
  for (const needed of [path, joinPath(folder, 'package.json')]) {
    if (files.isFile(needed)) continue;
    const other = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock'].find((name) =>
      files.isFile(joinPath(folder, name)),
    );
    call.fail(`File ${needed} does not exist.`, {
      hint: other === undefined ? 'Make it with `npm install`.' : otherLock(other),
    });
  }
  return { file, path, folder };
}

/** What to do with a lock file of another package manager. */
function otherLock(name: string): string {
  const how = 'Packages are installed by npm, from its package-lock.json.';
  const make = '`npm install --package-lock-only` makes it';
  switch (name) {
    case 'yarn.lock':
      return `${how} ${make} beside yarn.lock, with the versions that are locked there.`;
    case 'pnpm-lock.yaml':
      return `${how} ${make} beside pnpm-lock.yaml; npm chooses versions itself, and knows no \`workspace:\` and no \`catalog:\`.`;
    default:
      return `${how} ${make} from package.json.`;
  }
}

/** A file of the package: as an item, and its path below the package's folder. */
export function inPackage(
  call: Call,
  { source }: TypescriptDependencies,
  file: string | FileObject,
): { readonly file: Item; readonly path: string } {
  const ref =
    typeof file === 'string' ? sourceFileAt(call.evaluation, call.scope, file) : file.file;
  const absolute = absolutePath(call.evaluation, ref);
  if (!call.evaluation.host.files.isFile(absolute))
    call.fail(`File ${typeof file === 'string' ? file : ref.path} does not exist.`);
  const path = posix.relative(source, absolute);
  if (path.startsWith('..')) {
    call.fail(`File ${absolute} is not part of the package in ${source}`, {
      hint: 'The file must lie below the folder of package-lock.json.',
    });
  }
  return { file: fileItem(ref), path };
}

/** A folder of the package, as a path below the package's own. */
export function folderInPackage(
  call: Call,
  { source }: TypescriptDependencies,
  folder: string,
): string {
  const { evaluation, scope } = call;
  const absolute = posix.resolve(evaluation.sourceRoot, scope.subdir, folder);
  const path = posix.relative(source, absolute) || '.';
  if (!evaluation.host.files.isDirectory(absolute) || path.startsWith('..'))
    call.fail(`${absolute} is no folder of the package in ${source}`);
  return path;
}

/** What a tool makes: files by name, a folder, or nothing but the news that it ended well. */
export type Making =
  | { readonly files: readonly [string, ...string[]] }
  | { readonly folder: string }
  | { readonly stamp: string };

/** One use of a tool of the packages: a custom target. */
export interface Tool {
  readonly name: string;
  readonly kind: 'check' | 'bundle' | 'compile' | 'run';
  readonly inputs: readonly Item[];
  readonly made: Making;
  readonly words: readonly string[];
  readonly depends: readonly GeneratedSource[];
  readonly description: string;
  readonly buildByDefault: boolean;
  readonly environment?: CustomTarget['environment'];
  readonly install?: BuildTargetInstall | undefined;
}

/** Registers a target that one of the TypeScript tools makes, with the packages that it needs. */
export function toolTarget(
  call: Call,
  dependencies: TypescriptDependencies,
  tool: Tool,
): TargetObject {
  const { outputs, contents, words } = making(call, tool.made);
  for (const output of outputs) checkName(call, output);
  const only = 'stamp' in tool.made ? { onlyStamp: true as const } : {};
  const own = texts(...words, '--depfile', '@DEPFILE@', ...tool.words);
  const target = register(call, {
    name: tool.name,
    inputs: tool.inputs,
    outputs,
    ...(contents !== undefined && { contents, alsoMakes: [contents] }),
    command: [
      ...internalCommand(call, tool.kind, dependencies),
      ...own,
      ...generatedWords(call, dependencies, tool.depends),
    ],
    // The stamp of the packages is an input by content: a new lock file runs the tools again.
    depends: [dependencies.target, ...tool.depends.map((each) => each.target)],
    depfile: `${outputs[0]}.d`,
    description: tool.description,
    buildByDefault: tool.buildByDefault,
    environment: tool.environment ?? [],
    install: tool.install,
  });
  return { ...target, ...only };
}

/** Outputs lie where the build file's own do, or below. */
function checkName(call: Call, output: string): void {
  if (output.split('/').some((part) => ['', '.', '..'].includes(part)))
    call.fail(`Output '${output}' is no name of a file`);
}

function making(call: Call, made: Making) {
  const { evaluation, scope } = call;
  if ('stamp' in made) return { outputs: [made.stamp], words: ['--stamp', '@OUTPUT0@'] };
  if ('files' in made)
    return {
      outputs: made.files,
      words: made.files.flatMap((_, at) => ['--output', `@OUTPUT${at}@`]),
    };
  checkName(call, made.folder);
  // What is made there is replaced as a whole.
  const own = joinPath(scope.subdir, made.folder);
  if (evaluation.host.files.isFile(joinPath(evaluation.sourceRoot, own, 'meson.build')))
    call.fail(`Folder '${made.folder}' is one that ${own}/meson.build builds in`);
  const contents = joinPath(scope.buildSubdir, `${made.folder}.contents`);
  return {
    outputs: [made.folder],
    contents,
    words: ['--outdir', '@OUTPUT0@', '--contents', contents],
  };
}

/** A target that makes what sources import. */
export type GeneratedSource = TargetObject | CustomTargetIndexObject;

/**
 * Tells tools where the outputs of custom targets lie, which they see in a folder of the package; and where
 * programs lie that are JavaScript, as Emscripten makes them.
 */
export function generatedWords(
  call: Call,
  { source, generated }: Pick<TypescriptDependencies, 'source' | 'generated'>,
  depends: readonly GeneratedSource[],
): readonly CommandWord[] {
  const { evaluation } = call;
  const imported = depends.flatMap((each) => {
    const row = evaluation.tables.targets.get(each.target);
    const isStamp = 'onlyStamp' in each && each.onlyStamp;
    const output = isA(each, customTargetIndexType) ? each.output : ('all-beside' as const);
    const all = isStamp ? [] : namesOf(row);
    const names = output === 'all-beside' ? all : all.slice(output, output + 1);
    const paths = names.map((name) => joinPath(evaluation.buildRoot, row.buildSubdir, name));
    return paths.length === 0 ? [] : [{ target: each.target, output, paths }];
  });
  const paths = imported.flatMap((each) => each.paths);
  if (paths.length > 0 && evaluation.host.files.exists(posix.join(source, generatedFolder)))
    call.fail(`Folder ${posix.join(source, generatedFolder)} is in the way of generated sources.`, {
      hint: `What targets in "depends" make is imported from "${generatedFolder}/", as if it lay beside package.json.`,
    });
  for (const path of paths) showGenerated(call, generated, path);
  return imported.flatMap(({ target, output }): readonly CommandWord[] => [
    ...texts('--generated'),
    { kind: 'target', target, output },
  ]);
}

/** Outputs that sources can import. */
function namesOf(row: Target): readonly string[] {
  if (row.kind === 'custom') return row.outputs;
  return row.kind === 'build' && /\.m?js$/.test(row.filename) ? [row.filename] : [];
}

/** Sources import by name alone, so two files of one name cannot both be there. */
function showGenerated(
  call: Call,
  generated: TypescriptDependencies['generated'],
  path: string,
): void {
  const name = posix.basename(path);
  const place = call.keywordPlace('depends');
  const other = generated.get(name);
  if (other === undefined) generated.set(name, { path, place });
  else if (other.path !== path) {
    call.fail(
      `Both ${other.path} and ${path} would be imported from "${generatedFolder}/${name}".`,
      {
        at: place,
        hint: 'Give one of the outputs another name.',
        related: [{ message: 'the other one is asked for here', place: other.place }],
      },
    );
  }
}

function register(
  call: Call,
  row: Pick<
    CustomTarget,
    | 'name'
    | 'inputs'
    | 'outputs'
    | 'alsoMakes'
    | 'contents'
    | 'command'
    | 'depends'
    | 'description'
    | 'buildByDefault'
    | 'environment'
    | 'install'
  > & { readonly depfile: string | undefined },
): TargetObject {
  const { scope } = call;
  const { depfile, ...given } = row;
  const target = registerTarget(call, {
    ...given,
    kind: 'custom',
    project: scope.project,
    subdir: scope.subdir,
    buildSubdir: scope.buildSubdir,
    introspectionId: introspectionId(scope.buildSubdir, row.name, '@cus'),
    definedIn: { tree: 'source', path: normalPath(joinPath(scope.subdir, 'meson.build')) },
    capture: false,
    feed: false,
    console: false,
    depfile: depfile === undefined ? undefined : { name: depfile, format: 'make' },
    dependFiles: [],
    buildAlwaysStale: false,
  });
  return { type: customTargetType, target };
}

/** `kaon internal typescript KIND --source … --mirror …`. */
export function internalCommand(
  call: Call,
  kind: string,
  { source, mirror }: Pick<TypescriptDependencies, 'source' | 'mirror'>,
): readonly CommandWord[] {
  return [
    { kind: 'program', command: call.evaluation.self },
    ...texts('internal', 'typescript', kind, '--source', source, '--mirror', mirror),
  ];
}

/** Words of a command that are plain text. */
export function texts(...words: readonly string[]): readonly CommandWord[] {
  return words.map((text) => ({ kind: 'text', text }));
}

function fileItem(file: FileObject['file']): Item {
  return { kind: 'file', file };
}
