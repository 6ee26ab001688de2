import { constants } from 'node:os';
import type { Environment } from '../../base/environment.ts';
import type { SpawnLaunch } from '../host.ts';

const kinds = { run: 1, kill: 2, drop: 3, goOn: 4, speak: 5, allow: 6 } as const;

interface RunTerms {
  /** How many may run in turn. */
  readonly limit: number;
  /** Of the environment. */
  readonly changes: readonly string[];
}

/** Bytes for bin/starter.c, gathered until they are taken. */
export class StarterRequests {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #size = 0;

  run(id: number, launch: SpawnLaunch, { limit, changes }: RunTerms): void {
    const start = this.#begin(launch.onErrorLine === undefined ? kinds.run : kinds.speak);
    this.#number(id);
    this.#number(limit);
    this.#number(launch.argv.length);
    this.#number(changes.length);
    this.#string(launch.workingDirectory);
    this.#string(launch.stdinFile ?? '');
    this.#string(launch.stdoutFile ?? '');
    for (const change of changes) this.#string(change);
    for (const word of launch.argv) this.#string(word);
    this.#end(start);
  }

  kill(id: number, signal: keyof typeof constants.signals): void {
    const start = this.#begin(kinds.kill);
    this.#number(id);
    this.#number(constants.signals[signal]);
    this.#end(start);
  }

  drop(): void {
    this.#end(this.#begin(kinds.drop));
  }

  goOn(): void {
    this.#end(this.#begin(kinds.goOn));
  }

  allow(limit: number): void {
    const start = this.#begin(kinds.allow);
    this.#number(limit);
    this.#end(start);
  }

  /** All that was gathered; what comes next is gathered anew. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#size);
    this.#bytes = Buffer.allocUnsafe(Math.max(1 << 16, this.#size));
    this.#size = 0;
    return taken;
  }

  #begin(kind: number): number {
    const start = this.#size;
    this.#number(0);
    this.#number(kind);
    return start;
  }

  #end(start: number): void {
    this.#bytes.writeUInt32LE(this.#size - start - 4, start);
  }

  #number(value: number): void {
    this.#room(4);
    this.#size = this.#bytes.writeUInt32LE(value, this.#size);
  }

  #string(text: string): void {
    this.#room(text.length * 3 + 1);
    this.#size += this.#bytes.write(text, this.#size);
    this.#bytes[this.#size++] = 0;
  }

  #room(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe((this.#size + more) * 2);
    this.#bytes.copy(larger, 0, 0, this.#size);
    this.#bytes = larger;
  }
}

/** How one environment becomes the other: `+NAME=VALUE` and `-NAME`. */
export function environmentChanges(before: Environment, after: Environment): readonly string[] {
  if (before === after) return [];
  const changes: string[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (value === before[name]) continue;
    changes.push(value === undefined ? `-${name}` : `+${name}=${value}`);
  }
  return changes;
}
