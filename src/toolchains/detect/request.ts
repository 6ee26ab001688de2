import type { Result } from '../../base/result.ts';
import type { Host } from '../../host/host.ts';
import type { Machine, MachineChoice } from '../../model/machine.ts';
import type { Language, Toolchain } from '../../model/toolchain.ts';
import type { Steps } from './steps.ts';

/** A compiler that is looked for. */
export interface DetectRequest {
  readonly language: Language;
  readonly machine: MachineChoice;
  readonly machineInfo: Machine;
  /** The machine is not the one kaon runs on: only what a machine file or the environment names counts. */
  readonly cross: boolean;
  /** A program of `[binaries]` or of the environment (`c`, `cpp`, `ar`, `c_ld`, …), as `programs` gives it. */
  readonly binary: (name: string) => readonly string[] | undefined;
  /** The options `LANGUAGE_args` and `LANGUAGE_link_args`. */
  readonly compileArgs: readonly string[];
  readonly linkArgs: readonly string[];
  /** The folder of the sources, which may choose one of several versions of a compiler. */
  readonly sourceFolder?: string;
  /** What the compiler makes is not looked at: it may need what only the project brings. */
  readonly untried?: boolean;
  /** Enough of it is wanted to know its options: its name and version. A detector may tell more. */
  readonly onlyNamed?: boolean;
  /** What programs of the machine are started with here; undefined where they cannot be. */
  readonly runner?: readonly string[] | undefined;
}

/** Why there is no such compiler. The message is Meson's. */
export interface DetectFault {
  readonly kind:
    | 'no-compiler'
    | 'not-in-cross-file'
    | 'no-archiver'
    | 'broken'
    | 'unknown-language';
  readonly message: string;
  /** What the compiler said that is there and does not work. */
  readonly hint?: string;
}

export type Detection = Steps<Result<Toolchain, DetectFault>>;

/** How the compilers of a language are found. */
export type Detector = (host: Host, request: DetectRequest) => Detection;
