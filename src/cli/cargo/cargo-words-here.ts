import type { Session } from '../session.ts';
import type { BuildDirectory } from '../setup/build-directory.ts';
import { isMesonProject, sourceRootOf } from './meson-project.ts';

/**
 * Why words of Cargo's mean nothing here, where they do not: a Cargo workspace alone has their options,
 * a project with a build file only those that it declares. To be asked before they are written down.
 */
export async function wordsWithoutOption(
  { host: { files } }: Pick<Session, 'host'>,
  directory: BuildDirectory,
  options: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const wanted = [...options.keys()].filter((name) => meanings.has(name));
  const sourceRoot = wanted.length === 0 ? undefined : sourceRootOf(files, directory);
  if (sourceRoot === undefined || !isMesonProject(files, sourceRoot)) return undefined;
  // Without words of Cargo's nothing is loaded that reads build files.
  const { declaredOptions } = await import('../setup/wanted-options.ts');
  const declared = declaredOptions(files, sourceRoot);
  const missing = wanted.find((name) => declared?.has(name) === false);
  const meaning = missing === undefined ? undefined : meanings.get(missing);
  if (meaning === undefined) return undefined;
  return (
    `${meaning.words}: a Cargo workspace without meson.build has the option "${missing}", ` +
    `but ${sourceRoot}/meson.build decides here, and its project declares no such option.\n` +
    `${meaning.instead}.`
  );
}

interface Meaning {
  readonly words: string;
  readonly instead: string;
}

const keyword = (said: string): string => `Say it there: rust.workspace('FOLDER', ${said})`;

/** By option. Those that every project has are none of them. */
const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['packages', { words: '--package and --workspace', instead: keyword("packages: ['NAME']") }],
  ['features', { words: '--features', instead: keyword("features: ['NAME']") }],
  ['all_features', { words: '--all-features', instead: keyword('all_features: true') }],
  [
    'default_features',
    { words: '--no-default-features', instead: keyword('default_features: false') },
  ],
  ['profile', { words: '--profile', instead: `${keyword("profile: 'NAME'")}, or use --release` }],
  ['target', { words: '--target', instead: `${keyword("target: 'TRIPLE'")}, or use a cross file` }],
  [
    'ignore_rust_version',
    { words: '--ignore-rust-version', instead: keyword('ignore_rust_version: true') },
  ],
  [
    'locked',
    {
      words: '--locked and --frozen',
      instead: `${keyword('locked: true')}; --offline alone can be used here`,
    },
  ],
]);
