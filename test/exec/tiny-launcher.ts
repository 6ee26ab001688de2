import type { Witness } from '../../src/exec/witness.ts';
import { renewNoOpProof } from '../../src/store/no-op-look.ts';
import { proofFolder, stamp, writeNoOpProof } from '../../src/store/no-op-proof.ts';
import { privateFiles } from '../../src/store/setup-state.ts';
import type { MemoryHost } from '../support/memory-host.ts';

/** What `bin/kaon` does in a build directory, with the files of a pretended host: true when there is nothing to do. */
export function look(host: MemoryHost, buildRoot: string): boolean {
  const { files, system } = host;
  const read = (name: string): string | undefined => {
    const text = files.readText(`${buildRoot}/${proofFolder}/${name}`);
    return text.ok ? text.value : undefined;
  };
  const seen = read('seen');
  if (seen === undefined) return false;
  const variables = (read('key') ?? '').split('\n')[0]?.split(' ') ?? [];
  const values = variables.map((name) => {
    const value = system.environment[name];
    return value === undefined ? name : `${name}=${value}`;
  });
  const list = (name: string): readonly string[] => (read(name) ?? '').split('\0').slice(0, -1);
  const lines = (names: readonly string[], print: (name: string) => string | undefined) =>
    names.flatMap((name) => print(name) ?? []);
  const now = [
    buildRoot,
    ...values,
    ...lines(list('places'), (name) => {
      const stat = files.lstat(name);
      return stat && `${name} ${stamp(stat)}`;
    }),
    ...lines(list('paths'), (name) => {
      const stat = files.stat(name) ?? files.lstat(name);
      return stat && stamp(stat);
    }),
  ];
  const text = `${now.join('\n')}\n`;
  if (text === seen) return true;
  files.write(`${buildRoot}/${proofFolder}/now.${system.processId}`, text);
  return false;
}

/** What `kaon` leaves for the launcher after a build. */
export function leave(host: MemoryHost, buildRoot: string, witness: Witness): void {
  const { files, system } = host;
  if (witness.kind === 'since') {
    renewNoOpProof(files, buildRoot, { look: witness.look, seen: witness.files });
    return;
  }
  const setup = privateFiles(buildRoot).map((path) => ({ path, signature: files.stat(path) }));
  const { environment } = system;
  const about = { buildRoot, environment, program: '/kaon', says: 'Nothing to do.' };
  writeNoOpProof(files, { ...about, ...witness, setup });
}
