import { versionMatches } from '../../base/version.ts';
import type { DetectFault } from '../detect/request.ts';
import type { DetectTraits } from '../detect/traits.ts';

/** Emscripten is found as clang is, but for these. */
export const emscriptenTraits: DetectTraits = {
  archivers: () => ['emar'],
  refused: ({ cross }, version) => (cross ? tooOld(version) : notForHere),
  // Its linker is reached only where there is something to link.
  linkerQuestion: (command, output) => ({
    argv: [...command, '-Wl,--version', '-xc', '/dev/null', '-o', output],
  }),
  linkerId: 'ld.wasm',
};

const notForHere: DetectFault = {
  kind: 'broken',
  message: 'Emscripten compiler can only be used for cross compilation.',
  hint: "it is to be named in a --cross-file, with `system = 'emscripten'` in its [host_machine]",
};

function tooOld(version: string): DetectFault | undefined {
  return versionMatches(version, '>=1.39.19')
    ? undefined
    : { kind: 'broken', message: 'Meson requires Emscripten >= 1.39.19' };
}
