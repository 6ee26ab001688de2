import { own } from '../../base/own.ts';
import { err, type Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import type { Toolchain } from '../../model/toolchain.ts';
import { detectCLike } from '../c-like/detect.ts';
import { detectCsharp } from '../csharp/detect.ts';
import { detectCython } from '../cython/detect.ts';
import { detectD } from '../d/detect.ts';
import { detectJava } from '../java/detect.ts';
import { displayLanguage } from '../languages.ts';
import { detectNasm } from '../nasm/detect.ts';
import { detectRustc } from '../rustc/detect.ts';
import { detectVala } from '../vala/detect.ts';
import { candidatesOf, firstKnown } from './candidates.ts';
import type { DetectFault, Detector, DetectRequest } from './request.ts';
import { runSteps } from './steps.ts';

/** Finds the compiler of a language for a machine. */
export function detectToolchain(
  host: Host,
  request: DetectRequest,
): Result<Toolchain, DetectFault> {
  const [found] = detectToolchains(host, [request]);
  return found ?? err(unknownLanguage(request));
}

/** Finds several at once; their processes run side by side. */
export function detectToolchains(
  host: Host,
  requests: readonly DetectRequest[],
): readonly Result<Toolchain, DetectFault>[] {
  return runSteps(
    host,
    requests.map((request) => (own(detectors, request.language) ?? notThere)(host, request)),
  );
}

/** How each language's compiler is found. A new language is one line. */
const detectors: Readonly<Record<string, Detector>> = {
  c: detectCLike,
  cpp: detectCLike,
  objc: detectCLike,
  objcpp: detectCLike,
  rust: detectRustc,
  nasm: detectNasm,
  fortran: detectCLike,
  vala: detectVala,
  cython: detectCython,
  java: detectJava,
  d: detectD,
  cs: detectCsharp,
  // Languages whose compilers kaon does not know yet: it says that they were not found.
  cuda: notKnown(['nvcc']),
  linearasm: notKnown(['cl6x']),
  masm: notKnown(['ml']),
  swift: notKnown(['swiftc']),
};

function notKnown(names: readonly string[]): Detector {
  return function* (host, request) {
    const candidates = candidatesOf(host, request, names);
    if (!candidates.ok) return candidates;
    const { commands } = candidates.value;
    const found = yield* firstKnown(host, commands, { known: () => undefined });
    if (found.ok) return err(unknownLanguage(request));
    // Where there is one, it is not the compiler's fault.
    const hint = `kaon does not build ${displayLanguage(request.language)} yet`;
    return err(found.error.hint === undefined ? found.error : { ...found.error, hint });
  };
}

// biome-ignore lint/correctness/useYield: it needs to ask nothing
const notThere: Detector = function* (_host, request) {
  return err(unknownLanguage(request));
};

function unknownLanguage({ language }: DetectRequest): DetectFault {
  return { kind: 'unknown-language', message: `Tried to use unknown language "${language}".` };
}

/** A compiler as messages name it: ccache is part of its name. */
export function programText({ wrapper, command }: Toolchain): string {
  return [...wrapper, ...command].join(' ');
}

/** What people read of a compiler that was found, in Meson's words. */
export function describeToolchain(toolchain: Toolchain): readonly string[] {
  const { language, machine, id, version, fullVersion, linker } = toolchain;
  const name = displayLanguage(language);
  const program = programText(toolchain);
  const told = fullVersion === '' ? `${id} ${version}` : `${id} ${version} "${fullVersion}"`;
  return [
    `${name} compiler for the ${machine} machine: ${program} (${told})`,
    ...(linker === undefined
      ? []
      : [
          `${name} linker for the ${machine} machine: ${linker.command.join(' ')} ${linker.id} ${linker.version}`,
        ]),
  ];
}
