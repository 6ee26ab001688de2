import { pathBelow } from '../../base/path-below.ts';
import type { Finished, Host, Launch } from '../../host/host.ts';
import { rustupFiles, toolIdentity } from '../../host/tool-identity.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import type { Family } from '../rules.ts';

/** A trial as the memory of later runs sees it. */
export interface RememberedTrial {
  readonly mode: 'preprocess' | 'compile' | 'link';
  /** Its command line, apart from where the output goes. */
  readonly words: readonly string[];
  readonly text: string;
  /** The folder of the source, where it is a file. */
  readonly sourceFolder?: string;
  readonly workingDirectory: string;
}

/** What a launch needs for its answer to be remembered. */
export interface Remembered {
  /** Make the compiler tell which files it read, and change nothing else. */
  readonly telling: readonly string[];
  readonly remember: NonNullable<Launch['remember']>;
}

/**
 * How the answer of a trial is remembered: with the files that the compiler and the linker tell they
 * read, the folders they search, and all places where what the source includes might turn up.
 * Undefined where something may matter that is not seen.
 */
export function rememberTrial(
  host: Host,
  family: Family,
  trial: RememberedTrial,
): Remembered | undefined {
  const { toolchain } = family;
  const identity = toolIdentity(host, toolchain.command);
  if (identity === undefined) return undefined;
  const telling = tellingWords(toolchain, trial.mode);
  const searched = searchedFolders(host, family, trial);
  if (telling === undefined || searched === undefined) return undefined;
  const { facts, fullVersion, language } = toolchain;
  const folders = [facts['default-includes'], facts['library-folders'], facts['sysroot']];
  const { mode, words, text } = trial;
  return {
    telling,
    remember: {
      name: JSON.stringify([
        'trial',
        identity,
        language,
        fullVersion,
        folders,
        mode,
        telling,
        words,
        text,
      ]),
      restsOn: (finished) => {
        const read = filesTold(finished).filter((path) => host.files.exists(path));
        if (read.some((path) => !path.startsWith('/'))) return undefined;
        const wanted = [...includedNames(text), ...missingNames(finished.stderr)];
        return {
          files: [
            ...searched.system,
            ...searched.others,
            ...namesIn([...searched.given, ...searched.system], wanted),
            ...namesIn(searched.given, namesBelow([...searched.given, ...searched.system], read)),
            ...read,
          ],
          kept: withoutFilesTold(finished),
        };
      },
    },
  };
}

const cLike = ['c', 'cpp', 'objc', 'objcpp'];

/** Words by which a compiler and its linker tell what they read; undefined where they know none. */
export function tellingWords(
  { id, language, linker, facts }: Pick<Toolchain, 'id' | 'language' | 'linker' | 'facts'>,
  mode: RememberedTrial['mode'],
): readonly string[] | undefined {
  if (language === 'rust') return [];
  if (!cLike.includes(language) || (id !== 'gcc' && id !== 'clang')) return undefined;
  if (mode !== 'link') return ['-H'];
  // Other linkers may understand it otherwise; mold has no `-t`, and lld for Windows neither of them.
  if (linker?.id === 'ld.lld' && facts['__ELF__'] === undefined) return undefined;
  return traced.includes(linker?.id ?? '') ? ['-H', '-Wl,--trace'] : undefined;
}

const traced = ['ld.bfd', 'ld.gold', 'ld.lld', 'ld.mold'];

/** Words behind which there may be anything. */
const opaque =
  /^(@|-B|--sysroot|-isysroot|-iprefix|-specs|-fplugin|-wrapper|-fprofile-use|-T|-Xlinker|--gcc-toolchain|-include-pch|-Wl,(@|-T|--script|--sysroot|-plugin))/;

const takesFolder = /^(-I|-isystem|-iquote|-idirafter|-L|-F|-include|-imacros)(=?)(.*)$/;

interface Searched {
  /** Folders of headers that the compiler knows itself: nothing comes or goes there unseen. */
  readonly system: readonly string[];
  /** Folders of headers among the arguments, where files come and go that have nothing to do with it. */
  readonly given: readonly string[];
  readonly others: readonly string[];
}

function searchedFolders(
  { system: { environment } }: Host,
  { toolchain }: Family,
  { words, sourceFolder, workingDirectory }: RememberedTrial,
): Searched | undefined {
  const split = (text: string | undefined): readonly string[] =>
    (text ?? '').split(':').filter((folder) => folder !== '');
  if (toolchain.language === 'rust') {
    const natural = words.every((word) => !/^(-L|--extern|--sysroot|@)/.test(word));
    return natural ? { system: [], given: [], others: rustupFiles(workingDirectory) } : undefined;
  }
  const system = split(toolchain.facts['default-includes']);
  const given: string[] = [];
  const others = [
    ...split(toolchain.facts['library-folders']),
    ...split(environment['LIBRARY_PATH']),
  ];
  if (sourceFolder !== undefined) given.push(sourceFolder);
  for (let at = toolchain.command.length; at < words.length; at++) {
    const word = words[at] ?? '';
    if (opaque.test(word)) return undefined;
    const [, option, , attached] = takesFolder.exec(word) ?? [];
    const path = option === undefined ? word : attached || words[++at] || '';
    if (option !== undefined && !path.startsWith('/')) return undefined;
    if (option !== undefined && option !== '-L') given.push(path);
    else if (path.startsWith('/')) others.push(path);
  }
  return { system, given, others };
}

function namesIn(folders: readonly string[], names: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    names.map((name) => (name.startsWith('/') ? name : `${folder}/${name}`)),
  );
}

/** Headers as `#include` names them: another of the same name in a folder before would hide it. */
function namesBelow(folders: readonly string[], files: readonly string[]): readonly string[] {
  return files.flatMap((file) => folders.flatMap((folder) => pathBelow(folder, file) ?? []));
}

/** Files in the order of `-H` on standard error and `--trace` on standard output; the compiler's own temporary ones too. */
export function filesTold({ stdout, stderr }: Finished): readonly string[] {
  const headers = [...stderr.matchAll(/^\.+ (.+)$/gm)].map(([, path = '']) => path);
  const line = /^(?:trace: )?\(?(\/[^\s()]+)\)?\S*$/gm;
  const linked = [...stdout.matchAll(line)].map(([, path = '']) => path);
  return [...headers, ...linked];
}

/** What the compiler would have said without being asked for files. */
export function withoutFilesTold(finished: Finished): Finished {
  const kept: string[] = [];
  let guards = false;
  for (const line of finished.stderr.split('\n')) {
    if (line === 'Multiple include guards may be useful for:') guards = true;
    else if (guards && /^\/[^:]*$/.test(line)) continue;
    else {
      guards = false;
      if (!/^\.+ /.test(line)) kept.push(line);
    }
  }
  return { ...finished, stderr: kept.join('\n') };
}

function includedNames(text: string): readonly string[] {
  const pattern =
    /(?:#\s*(?:include|include_next|import)|__has_include\w*\s*\()\s*[<"]([^>"\n]+)[>"]/g;
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

function missingNames(stderr: string): readonly string[] {
  const pattern = /fatal error: '?([^':\n]+)'?(?:: No such file| file not found)/g;
  return [...stderr.matchAll(pattern)].map(([, name = '']) => name);
}
