import { err, ok, type Result } from '../../base/result.ts';
import type { Finished, Host } from '../../host/host.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import type { DetectRequest } from '../detect/request.ts';
import { type Steps, succeeded } from '../detect/steps.ts';
import { trialPath, wholeTrialQuestion } from './trial.ts';

/** What a compiler that is there fails at, and how. */
export interface Failed {
  readonly lacking: Lacking;
  readonly finished: Finished | undefined;
}

/** It makes none; what starts them fails; or nobody told that they are not for here. */
export type Lacking = 'programs' | 'a runner' | 'another machine';

/**
 * Whether programs that a compiler makes run here. Meson runs one of each compiler. Of a compiler that
 * makes them for the machine kaon runs on it shows without that, so only others are tried: those of
 * another machine if there is what starts them, and those that nobody called another machine's.
 */
export function* programRuns(
  host: Host,
  request: DetectRequest,
  toolchain: Toolchain,
): Steps<Result<undefined, Failed>> {
  const { runner, untried, cross } = request;
  if (untried === true || runner === undefined) return ok(undefined);
  if (!cross && !isForeign(toolchain, request)) return ok(undefined);
  const made = wholeTrialQuestion(host, request, toolchain.command);
  const path = trialPath(host, request);
  const run = { argv: [...runner, path], runs: made, rememberSuccessOnly: true } as const;
  const [linked] = yield [made];
  if (!succeeded(linked)) return err({ lacking: 'programs', finished: linked });
  let [ran] = yield [run];
  // How it is made may be remembered while how it runs is not; then it is not there.
  if (!succeeded(ran) && !host.files.isFile(path)) {
    yield [{ ...made, askAnew: true }];
    [ran] = yield [run];
  }
  host.files.remove(path);
  // Of a program that JavaScript runs the greater part lies beside it.
  host.files.remove(`${path}.wasm`);
  if (succeeded(ran)) return ok(undefined);
  return err({ lacking: cross ? 'a runner' : 'another machine', finished: ran });
}

/** Macros of compilers, and the processors that run what they make. */
const processors: readonly (readonly [macro: string, families: readonly string[]])[] = [
  ['__x86_64__', ['x86_64']],
  ['__i386__', ['x86', 'x86_64']],
  ['__aarch64__', ['aarch64']],
  ['__arm__', ['arm', 'aarch64']],
  ['__riscv', ['riscv32', 'riscv64']],
  ['__powerpc64__', ['ppc64']],
  ['__powerpc__', ['ppc', 'ppc64']],
  ['__s390x__', ['s390x']],
  ['__mips__', ['mips', 'mips64']],
  ['__loongarch__', ['loongarch64']],
  ['__sparc__', ['sparc', 'sparc64']],
  ['__wasm__', ['wasm32', 'wasm64']],
];

/** Whether a compiler says that it makes programs for another processor or system than this one. */
function isForeign({ facts }: Toolchain, { machineInfo: { cpuFamily, system } }: DetectRequest) {
  const [, families] = processors.find(([macro]) => macro in facts) ?? [];
  return (
    (families !== undefined && !families.includes(cpuFamily)) ||
    ('_WIN32' in facts && system === 'linux')
  );
}
