import type { Archiver } from '../../model/toolchain.ts';
import type { ArchiveRules } from '../rules.ts';
import { isDarwin } from '../system.ts';

/** GNU ar, llvm-ar and others that take its words. */
export function arRules(archiver: Archiver, system: string): ArchiveRules {
  const words = `csr${archiver.deterministic === false ? '' : 'D'}`;
  const canBeThin = archiver.thin !== false && !isDarwin(system) && system !== 'sunos';
  const flags: ArchiveRules['flags'] = ({ thin }) => [thin && canBeThin ? `${words}T` : words];
  return {
    command: archiver.command,
    flags,
    line: ({ thin, output, objects }) => [
      ...archiver.command,
      ...flags({ thin }),
      output,
      ...objects,
    ],
    response: archiver.responseFiles === false ? undefined : 'gcc',
  };
}
