import { constants } from 'node:os';
import type { Ended } from '../host.ts';

/** What bin/starter.c tells of a command. */
export type StarterAnswer = CommandEnded | CommandSaid;

/** Bytes that a command that speaks wrote to standard error. */
export interface CommandSaid {
  readonly kind: 'said';
  readonly id: number;
  readonly bytes: Buffer;
}

/** How a command ended that the starter had started, or that it gave back before. */
export interface CommandEnded {
  readonly kind: 'ended';
  readonly id: number;
  readonly ended: Ended;
  readonly output: string;
  /** Zero where none was started. */
  readonly processId: number;
  readonly tookMs: number | undefined;
  readonly takenBack: boolean;
}

const headBytes = 24;
const saidKind = 4;
const mostMicroseconds = 2 ** 32 - 1;

/** Cuts the bytes that a starter sends into answers; keeps what is not whole yet. */
export function starterAnswers(): (chunk: Buffer) => readonly StarterAnswer[] {
  let parts: Buffer[] = [];
  let have = 0;
  let need = headBytes;
  return (chunk) => {
    parts.push(chunk);
    have += chunk.length;
    // Joined once there is a whole one: much output comes in many chunks.
    if (have < need) return [];
    const bytes = parts.length === 1 ? chunk : Buffer.concat(parts, have);
    const answers: StarterAnswer[] = [];
    let at = 0;
    while (bytes.length - at >= headBytes) {
      const size = bytes.readUInt32LE(at + 20);
      if (bytes.length - at - headBytes < size) break;
      answers.push(answerAt(bytes, at, size));
      at += headBytes + size;
    }
    const rest = bytes.subarray(at);
    have = rest.length;
    parts = have === 0 ? [] : [rest];
    need = headBytes + (have < headBytes ? 0 : rest.readUInt32LE(20));
    return answers;
  };
}

function answerAt(bytes: Buffer, at: number, size: number): StarterAnswer {
  const kind = bytes.readUInt32LE(at + 4);
  const id = bytes.readUInt32LE(at);
  const end = at + headBytes + size;
  if (kind === saidKind) return { kind: 'said', id, bytes: bytes.subarray(at + headBytes, end) };
  const text = size === 0 ? '' : bytes.toString('utf8', at + headBytes, end);
  const micros = bytes.readUInt32LE(at + 16);
  const started = kind < 2;
  return {
    kind: 'ended',
    id,
    ended: endedOf(kind, bytes.readUInt32LE(at + 8), text),
    output: started ? text : '',
    processId: bytes.readUInt32LE(at + 12),
    takenBack: kind === 3,
    tookMs: started && micros < mostMicroseconds ? micros / 1000 : undefined,
  };
}

function endedOf(kind: number, number: number, text: string): Ended {
  if (kind === 0) return { kind: 'exited', code: number };
  if (kind === 1) return { kind: 'killed', signal: signalName(number) };
  return { kind: 'not-started', reason: kind === 2 ? text : 'it was not its turn' };
}

function signalName(number: number): string {
  const found = Object.entries(constants.signals).find(([, known]) => known === number);
  return found === undefined ? `signal ${number}` : found[0];
}
