import { isDarwin } from '../system.ts';

/** Words that `throughCompiler` wrapped for a C compiler, as LDC and DMD pass them on: `-L=-rpath -L=x`. */
export function forLinker(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, at) => {
    if (arg === '-Xlinker') return [];
    if (args[at - 1] === '-Xlinker') return [`-L=${arg}`];
    return arg.startsWith('-Wl,') ? wordsOf(arg) : [arg];
  });
}

const wordsOf = (arg: string): readonly string[] =>
  arg
    .slice('-Wl,'.length)
    .split(',')
    .map((word) => `-L=${word.trim()}`);

/** Options of linkers after which comes another word, in a `-L=` of its own. */
const withValue = [
  '-rpath',
  '-rpath-link',
  '-soname',
  '-compatibility_version',
  '-current_version',
];

const ofDriver = [
  ...['-link-defaultlib', '-linker', '-link-internally', '-linkonce-templates', '-lib'],
];

/**
 * Arguments as C's compilers write them (of dependencies, and of build files) in the words of LDC
 * and DMD. `-L` is everything that goes to the linker there, so that `-L/folder` becomes
 * `-L=-L/folder`; but some come as `-L…` in these words already.
 */
export function nativeArgs(args: readonly string[], system: string): readonly string[] {
  let isValue = false;
  return args.flatMap((arg): readonly string[] => {
    if (isDarwin(system) && arg.startsWith('-install_name')) return [`-L=${arg}`];
    if (!arg.startsWith('-L')) return translated(arg);
    if (isValue) {
      isValue = false;
      return [arg];
    }
    const word = arg.replace(/^-L=?/, '');
    isValue = withValue.includes(word);
    if (/^[-@]/.test(word)) return [arg];
    return word !== '' && isArchive(arg) ? [`-L=${word}`] : [`-L=${arg}`];
  });
}

function translated(arg: string): readonly string[] {
  if (arg === '-pthread' || arg.startsWith('-fstack-protector')) return [];
  // Macros mean nothing to D; `-Dd` and `-Df` say where documentation goes.
  if (/^-D(?![df]|$)/.test(arg)) return [];
  if (arg.startsWith('-Wl,')) return wordsOf(arg);
  if (ofDriver.some((option) => arg.startsWith(option))) return [arg];
  if (arg.startsWith('-l')) return [`-L=${arg}`];
  const [, folder] = /^-(?:isystem|idirafter)(.*)$/.exec(arg) ?? [];
  if (folder !== undefined) return [`-I${folder}`];
  return !arg.startsWith('-') && isArchive(arg) ? [`-L=${arg}`] : [arg];
}

const isArchive = (arg: string): boolean => /\.(a|lib)$/.test(arg);
