/**
 * The assembler: two passes over the lines. The first gives every line an address, the second
 * fills in the bytes.
 */

import { evaluate, SourceError, unescape } from './expression.ts';
import { encode } from './instructions.ts';
import { expand, type Instruction, relocate } from './pseudo.ts';

/** A program that starts at `base`; a file that was read is in `files`. */
export interface Program {
  readonly base: number;
  readonly entry: number;
  readonly bytes: Uint8Array;
  readonly files: readonly string[];
}

/** How the assembler reads the file that it is given, and those it includes. */
export type ReadFile = (path: string) => string;

interface Piece {
  readonly where: string;
  readonly size: number;
  address: number;
  /** Called in the second pass. */
  readonly write: (view: DataView, offset: number) => void;
}

interface Assembly {
  readonly read: ReadFile;
  readonly files: string[];
  readonly symbols: Map<string, number>;
  readonly pieces: Piece[];
  address: number;
}

export const base = 0x80000000;

function split(operands: string): string[] {
  const parts = operands.match(/(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'|[^,])+/g) ?? [];
  return parts.map((part) => part.trim());
}

function withoutComment(line: string): string {
  return line.replace(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])')|(?:#|\/\/).*/g, '$1').trim();
}

function define(assembly: Assembly, name: string, value: number): void {
  if (assembly.symbols.has(name)) throw new SourceError(`"${name}" is defined twice`);
  assembly.symbols.set(name, value);
}

function place(assembly: Assembly, where: string, size: number, write: Piece['write']): void {
  assembly.pieces.push({ where, size, address: assembly.address, write });
  assembly.address += size;
}

function text(operand: string): Uint8Array {
  const match = /^"(.*)"$/.exec(operand);
  if (!match) throw new SourceError(`${operand} should be a string`);
  return new TextEncoder().encode(unescape(match[1] ?? ''));
}

function placeBytes(assembly: Assembly, where: string, bytes: Uint8Array): void {
  place(assembly, where, bytes.length, (view, offset) => {
    for (const [index, byte] of bytes.entries()) view.setUint8(offset + index, byte);
  });
}

function placeNumbers(assembly: Assembly, where: string, size: 1 | 4, operands: string[]): void {
  for (const operand of operands) {
    place(assembly, where, size, (view, offset) => {
      const value = evaluate(operand, assembly.symbols);
      if (size === 1) view.setUint8(offset, value);
      else view.setUint32(offset, value, true);
    });
  }
}

function pad(assembly: Assembly, where: string, size: number): void {
  place(assembly, where, size, () => {});
}

function include(assembly: Assembly, where: string, operand: string): void {
  const from = where.slice(0, where.lastIndexOf(':'));
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/') + 1) : '';
  assembleFile(assembly, folder + new TextDecoder().decode(text(operand)));
}

function directive(assembly: Assembly, where: string, name: string, operands: string[]): void {
  const [first = '', second = ''] = operands;
  const number = (): number => evaluate(first, assembly.symbols);
  switch (name) {
    case '.equ': return define(assembly, first, evaluate(second, assembly.symbols));
    case '.globl': return;
    case '.include': return include(assembly, where, first);
    case '.word': return placeNumbers(assembly, where, 4, operands);
    case '.byte': return placeNumbers(assembly, where, 1, operands);
    case '.ascii': return placeBytes(assembly, where, text(first));
    case '.asciz': return placeBytes(assembly, where, Uint8Array.of(...text(first), 0));
    case '.space': return pad(assembly, where, number());
    case '.align': return pad(assembly, where, -(assembly.address - base) & ((1 << number()) - 1));
    default: throw new SourceError(`unknown directive "${name}"`);
  }
}

function placeInstruction(assembly: Assembly, where: string, instruction: Instruction): void {
  const [mnemonic, ...operands] = instruction;
  const { address, symbols } = assembly;
  place(assembly, where, 4, (view, offset) => {
    const final = operands.map((operand) => relocate(operand, symbols));
    view.setUint32(offset, encode(mnemonic, final, { address, symbols }), true);
  });
}

function assembleLine(assembly: Assembly, where: string, line: string): void {
  const [, label, rest = ''] = /^(?:([\w.$]+):)?\s*(.*)$/.exec(line) ?? [];
  if (label !== undefined) define(assembly, label, assembly.address | 0);
  const [, name, operands = ''] = /^(\S+)\s*(.*)$/.exec(rest) ?? [];
  if (name === undefined) return;
  if (name.startsWith('.')) return directive(assembly, where, name, split(operands));
  for (const real of expand([name, ...split(operands)], assembly.symbols)) {
    placeInstruction(assembly, where, real);
  }
}

/** Runs an action, and says of its error where in the source it is. */
function located(where: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof SourceError) || error.isLocated) throw error;
    throw new SourceError(error.message, where);
  }
}

function assembleFile(assembly: Assembly, path: string): void {
  if (assembly.files.includes(path)) throw new SourceError(`"${path}" is included twice`);
  const source = assembly.read(path);
  assembly.files.push(path);
  for (const [index, line] of source.split('\n').entries()) {
    const where = `${path}:${index + 1}`;
    located(where, () => assembleLine(assembly, where, withoutComment(line)));
  }
}

/** Assembles a file. Throws a SourceError that begins with `FILE:LINE: `. */
export function assemble(path: string, read: ReadFile): Program {
  const assembly: Assembly = { read, files: [], symbols: new Map(), pieces: [], address: base };
  assembleFile(assembly, path);
  const bytes = new Uint8Array(assembly.address - base);
  const view = new DataView(bytes.buffer);
  for (const { where, address, write } of assembly.pieces) {
    located(where, () => write(view, address - base));
  }
  const entry = assembly.symbols.get('_start');
  if (entry === undefined) throw new SourceError('"_start" is not defined', `${path}:1`);
  return { base, entry: entry >>> 0, bytes, files: assembly.files };
}
