import type { DetectFault, DetectRequest } from './request.ts';
import type { Question } from './steps.ts';

/** What is peculiar to finding one of the compilers that are found alike; what is absent is as with the others. */
export interface DetectTraits {
  /** Archivers to try before `ar`: they know the compiler's objects of link time optimization. */
  readonly archivers?: (version: string) => readonly string[];
  /** Why one that is there cannot be used. */
  readonly refused?: (
    request: Pick<DetectRequest, 'cross'>,
    version: string,
  ) => DetectFault | undefined;
  /** Asks for its linker, where `-Wl,--version` alone reaches none; what is linked goes to `output`. */
  readonly linkerQuestion?: (command: readonly string[], output: string) => Question;
  /** What its linker is called, where that does not say what it links for. */
  readonly linkerId?: string;
}
