import { posix } from 'node:path';
import { installedRecord } from '../../../toolchains/typescript/install-packages.ts';
import { lockNames } from '../../../toolchains/typescript/package-lock.ts';
import type { Call } from '../../call.ts';
import type { FileObject } from '../../objects/file.ts';
import {
  type TypescriptDependencies,
  typescriptDependenciesType,
} from '../../objects/typescript.ts';
import { absolutePath, joinPath, normalPath, sourceFileAt } from '../../paths.ts';
import { fileItem } from '../../targets/sources.ts';
import { textWords } from '../module-target.ts';
import { internalCommand, packageTarget } from './package-target.ts';

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
  const source = root.folder;
  const locks = [root, ...more.map((each) => lockFile(call, each))];
  const folders = foldersBelow(call, source, locks);
  const folder = normalPath(
    joinPath(
      scope.buildSubdir,
      posix.relative(joinPath(evaluation.sourceRoot, scope.subdir), source),
    ),
  );
  const shown = joinPath(folder, 'typescript-packages');
  const mirror = joinPath(evaluation.buildRoot, shown);
  const name = posix.basename(source) === '' ? 'packages' : `packages-of-${posix.basename(source)}`;
  const { target } = packageTarget(call, {
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
      ...textWords(['--stamp', '@OUTPUT0@', '--depfile', '@DEPFILE@']),
      ...folders.flatMap((each) => textWords(['--folder', each])),
      ...given.scripts.flatMap((each) => textWords(['--script', each])),
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

/** Where lock files lie, below the folder of the first. */
function foldersBelow(call: Call, source: string, locks: readonly LockFile[]): readonly string[] {
  return locks.map(({ path, folder }) => {
    const below = posix.relative(source, folder) || '.';
    if (below.startsWith('..'))
      call.fail(`File ${path} does not lie below ${source}`, {
        hint: 'The first lock file is that of the folder which holds all the others.',
      });
    return below;
  });
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
