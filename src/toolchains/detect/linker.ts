import { quoteWord } from '../../base/shell-words.ts';
import { findInPath } from '../../host/find-in-path.ts';
import type { Finished, Host } from '../../host/host.ts';
import type { Linker } from '../../model/toolchain.ts';
import type { DetectFault, DetectRequest } from './request.ts';
import { findVersion, type Question } from './steps.ts';

/** The linker that `c_ld` asks for, as arguments of the compiler. */
export function linkerChoice(
  host: Host,
  { binary, language }: DetectRequest,
  compiler: { readonly id: string },
): readonly string[] {
  const [wanted] = binary(`${language}_ld`) ?? [];
  if (wanted === undefined) return [];
  const isClang = compiler.id === 'clang';
  const known = ['bfd', 'eld', 'gold', 'lld', 'mold', ...(isClang ? ['qcld'] : [])];
  const isPath = isClang && findInPath(host, wanted) !== undefined;
  return known.includes(wanted) || isPath ? [`-fuse-ld=${wanted}`] : [];
}

/** `c_ld` names something that the compiler takes for no linker. */
export function unsupportedLinker(
  host: Host,
  request: DetectRequest,
  compiler: { readonly id: string },
): DetectFault | undefined {
  const [wanted] = request.binary(`${request.language}_ld`) ?? [];
  if (wanted === undefined || linkerChoice(host, request, compiler).length > 0) return undefined;
  return {
    kind: 'broken',
    message: `Unsupported linker, only bfd, eld, gold, and lld are supported, not ${wanted}.`,
  };
}

/** Asks a compiler which linker it drives. */
export function linkerQuestion(
  command: readonly string[],
  choice: readonly string[],
  linkArgs: readonly string[],
): Question {
  return { argv: [...command, '-Wl,--version', ...linkArgs, ...choice] };
}

/** No linker answered, as the compiler would not take what it was given. */
export function undetectedLinker({ argv }: Question, answer: Finished | undefined): DetectFault {
  const { stdout = '', stderr = '' } = answer ?? {};
  const shown = argv.map(quoteWord).join(' ');
  return {
    kind: 'broken',
    message: `Unable to detect linker for compiler \`${shown}\`\nstdout: ${stdout}\nstderr: ${stderr}`,
  };
}

/** Which linker answered. Undefined for one that kaon does not know. */
export function linkerFrom(
  answer: Finished | undefined,
  command: readonly string[],
  choice: readonly string[],
): Linker | undefined {
  if (answer === undefined) return undefined;
  const { stdout, stderr } = answer;
  const linker = (id: string, version = findVersion(stdout + stderr)): Linker => ({
    id,
    version,
    command,
    ...(choice.length === 0 ? {} : { alwaysArgs: choice }),
  });
  const firstLine = stdout.split('\n', 1)[0] ?? '';
  if (firstLine.includes('LLD')) return linker('ld.lld');
  if (stdout.startsWith('GNU gold') || stderr.startsWith('GNU gold')) return linker('ld.gold');
  if (stdout.startsWith('mold') || stderr.startsWith('mold')) return linker('ld.mold');
  if (stdout.includes('GNU') || stderr.includes('GNU')) return linker('ld.bfd');
  if (stdout.startsWith('zig ld')) return linker('ld.zigcc');
  const apple =
    stderr.includes('macosx_version') ||
    stderr.includes('ld: unknown option') ||
    stderr.endsWith('(use -v to see invocation)\n');
  if (apple) return linker('ld64', /PROJECT:(?:ld64|dyld)-([\d.]+)/.exec(stderr)?.[1] ?? '0');
  return undefined;
}
