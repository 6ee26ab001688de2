import type { Witness } from '../../src/exec/witness.ts';
import { leaveSince } from '../../src/store/no-op/grow-no-op-proof.ts';
import { nameNumber, namesNumber } from '../../src/store/no-op/listed-folders.ts';
import { listWords, proofFolder, writeNoOpProof } from '../../src/store/no-op/no-op-proof.ts';
import { isStampOf, stampPlace, stampSize } from '../../src/store/no-op/no-op-stamps.ts';
import { graphPath, logPath, privateFiles } from '../../src/store/setup/setup-state.ts';
import type { MemoryHost } from '../support/memory-host.ts';

/** What `bin/look.c` does in a build directory, with the files of a pretended host: true when there is nothing to do. */
export function look(host: MemoryHost, buildRoot: string): boolean {
  const { files, system } = host;
  const read = (name: string): Uint8Array | undefined => {
    const bytes = files.readBytes(`${buildRoot}/${proofFolder}/${name}`);
    return bytes.ok ? bytes.value.slice() : undefined;
  };
  const [list, stamps] = [read('list'), read('stamps')];
  if (list === undefined || stamps === undefined) return false;
  const words = new Uint32Array(list.buffer);
  const view = new DataView(stamps.buffer);
  const word = (name: keyof typeof listWords): number => words[listWords[name]] ?? 0;
  const text = (start: number): string =>
    Buffer.from(list).toString('utf8', start, list.indexOf(0, start));
  let at = (listWords.starts + word('files')) * 4;
  const next = (): string => {
    const found = text(at);
    at = list.indexOf(0, at) + 1;
    return found;
  };
  const [root] = [next(), next(), next()];
  const variables = Array.from({ length: word('variables') }, next);
  const holds = (variable: string): boolean => {
    const [name = '', value] = variable.split(/=(.*)/s);
    return system.environment[name] === value;
  };
  if (root !== buildRoot || !variables.every(holds)) return false;
  const changed: number[] = [];
  for (let number = 0; number < word('files'); number++) {
    const path = text(words[listWords.starts + number] ?? 0);
    const isLink = number >= word('plain');
    const stat = isLink ? files.lstat(path) : files.stat(path);
    const nothing = {
      ctimeNs: 0n,
      inode: 0n,
      size: 0,
      mtimeNs: 0n,
      mode: 0,
      kind: 'other',
    } as const;
    if (number < word('setup') && number >= word('setup') - word('folders')) {
      const names = files.list(path);
      const counts = new Set(new Uint32Array((read('names') ?? new Uint8Array(4)).buffer, 4));
      const count = (name: string): boolean => counts.has(nameNumber(name));
      const now = namesNumber(names.ok ? names.value.filter(count) : []);
      if (view.getBigInt64(stampPlace(number) + 16, true) === BigInt(now)) continue;
      return false;
    }
    if (isStampOf(view, stampPlace(number), stat ?? nothing)) continue;
    if (number < word('setup') || isLink) return false;
    changed.push(number - word('setup'));
  }
  if (changed.length === 0 && word('always') === 0) return true;
  const log = stamps.slice(stampPlace(word('log')), stampPlace(word('log')) + stampSize);
  const head = new Uint32Array([word('checksum'), changed.length]);
  const parts = ['KAONLOOK', head, log, new Uint32Array(changed)].map((part) =>
    typeof part === 'string' ? Buffer.from(part) : Buffer.from(part.buffer),
  );
  files.write(`${buildRoot}/${proofFolder}/now.${system.processId}`, Buffer.concat(parts));
  return false;
}

/** What `kaon` leaves for the launcher after a build. */
export function leave(host: MemoryHost, buildRoot: string, witness: Witness): void {
  const { files, system } = host;
  if (witness.kind !== 'whole') {
    leaveSince(files, buildRoot, witness);
    return;
  }
  const setup = privateFiles(buildRoot).map((path) => ({ path, signature: files.stat(path) }));
  const { environment } = system;
  const about = { buildRoot, environment, program: '/kaon', says: 'Nothing to do.' };
  const state = { log: logPath(buildRoot), graph: graphPath(buildRoot) };
  writeNoOpProof(files, { ...about, ...state, ...witness, setup });
}
