/** Which machine a thing runs on: where kaon runs, or where the product runs. The same unless cross-compiling. */
export type MachineChoice = 'build' | 'host';

/** Meson's machine object (Reference: "Cross compilation"). `target` exists for compilers that are being built. */
export interface Machine {
  readonly system: string;
  readonly subsystem: string;
  readonly kernel: string | undefined;
  readonly cpuFamily: string;
  readonly cpu: string;
  readonly endian: 'little' | 'big';
}
