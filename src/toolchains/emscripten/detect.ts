import { versionMatches } from '../../base/version.ts';
import type { DetectFault, DetectRequest } from '../detect/request.ts';
import type { Question } from '../detect/steps.ts';

/** Why an Emscripten that is there cannot be used; the messages are Meson's. */
export function emscriptenRefused(
  { cross }: Pick<DetectRequest, 'cross'>,
  { version }: { readonly version: string },
): DetectFault | undefined {
  if (!cross)
    return {
      kind: 'broken',
      message: 'Emscripten compiler can only be used for cross compilation.',
      hint: "it is to be named in a --cross-file, with `system = 'emscripten'` in its [host_machine]",
    };
  return versionMatches(version, '>=1.39.19')
    ? undefined
    : { kind: 'broken', message: 'Meson requires Emscripten >= 1.39.19' };
}

/** Asks for the linker, which is reached only where there is something to link. */
export function emscriptenLinkerQuestion(command: readonly string[], output: string): Question {
  return { argv: [...command, '-Wl,--version', '-xc', '/dev/null', '-o', output] };
}
