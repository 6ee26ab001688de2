import { findInPath } from '../../host/find-in-path.ts';
import type { Finished, Host } from '../../host/host.ts';
import { realPath } from '../../host/real-path.ts';
import { findVersion, type Steps } from '../detect/steps.ts';
import type { DetectTraits } from '../detect/traits.ts';
import { emscriptenTraits } from '../emscripten/detect.ts';

/** A compiler that is found by what it answers to `--version`. */
export interface Identified {
  readonly id: CLikeId;
  readonly command: readonly string[];
  readonly version: string;
  /** The first line of its answer. */
  readonly fullVersion: string;
}

type CLikeId = 'gcc' | 'clang' | 'emscripten' | 'flang' | 'llvm-flang';

/** Which compiler answered to `--version`; undefined for one that kaon does not know. */
export function identify(
  language: string,
  command: readonly string[],
  { stdout }: Pick<Finished, 'stdout'>,
): Identified | undefined {
  const id = idOf(language, stdout);
  if (id === undefined) return undefined;
  const fullVersion = stdout.split('\n', 1)[0] ?? '';
  return { id, command, version: findVersion(stdout), fullVersion };
}

/** The order counts: Emscripten names clang, and gcc, too. */
function idOf(language: string, text: string): CLikeId | undefined {
  if (text.includes('Free Software Foundation') || text.startsWith('xt-')) return 'gcc';
  if (text.includes('Emscripten')) return 'emscripten';
  if (language === 'fortran' && /[cf]lang/.test(text)) return 'flang';
  return /clang/i.test(text) ? 'clang' : undefined;
}

/** LLVM's flang names itself in its help; the one before it names clang, or nothing. */
export function* flangId({ command, fullVersion }: Identified): Steps<'flang' | 'llvm-flang'> {
  if (fullVersion.includes('flang-new')) return 'llvm-flang';
  const [help] = yield [{ argv: [...command, '--help'] }];
  return help?.stdout.includes('flang LLVM compiler') === true ? 'llvm-flang' : 'flang';
}

/** What a compiler will turn out to be, by the name of its program; nothing breaks when it is another. */
export function guessed(
  host: Host,
  command: readonly string[],
): Pick<Identified, 'id' | 'command' | 'version'> {
  const path = findInPath(host, command[0] ?? '') ?? '';
  return { id: /clang/.test(realPath(host.files, path)) ? 'clang' : 'gcc', command, version: '' };
}

/** What is peculiar to finding a compiler. */
export function traitsOf({ id }: Pick<Identified, 'id'>): DetectTraits {
  return traits[id];
}

const traits: Readonly<Record<CLikeId, DetectTraits>> = {
  gcc: { archivers: () => ['gcc-ar'] },
  clang: { archivers: (version) => [`llvm-ar-${version.split('.')[0] ?? ''}`, 'llvm-ar'] },
  emscripten: emscriptenTraits,
  flang: {},
  'llvm-flang': {},
};
