/** RV32IM and Zicsr: from a mnemonic and its operands to a word. */

import { evaluate, SourceError, type Symbols } from './expression.ts';

/** Where an instruction stands, and what names mean there. */
export interface Place {
  readonly address: number;
  readonly symbols: Symbols;
}

type Encoder = (operands: readonly string[], place: Place) => number;

const names =
  'zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6';
const registers = new Map<string, number>([
  ...names.split(' ').map((name, number) => [name, number] as const),
  ...Array.from({ length: 32 }, (_, number) => [`x${number}`, number] as const),
  ['fp', 8],
]);

const csrs = new Map(
  Object.entries({
    mstatus: 0x300, misa: 0x301, mie: 0x304, mtvec: 0x305, mscratch: 0x340, mepc: 0x341,
    mcause: 0x342, mtval: 0x343, mip: 0x344, mcycle: 0xb00, minstret: 0xb02, cycle: 0xc00,
    instret: 0xc02, mhartid: 0xf14,
  }),
);

function register(operand: string): number {
  const number = registers.get(operand);
  if (number === undefined) throw new SourceError(`"${operand}" is no register`);
  return number;
}

function within(value: number, least: number, most: number, what: string): number {
  if (value < least || value > most) {
    throw new SourceError(`${what} ${value} is not between ${least} and ${most}`);
  }
  return value;
}

function immediate12(operand: string, place: Place): number {
  return within(evaluate(operand, place.symbols), -2048, 2047, 'the immediate');
}

/** `OFFSET(REGISTER)`, where the offset may be left out. */
function memory(operand: string, place: Place): { base: number; offset: number } {
  const match = /^(.*)\((\w+)\)$/.exec(operand);
  if (!match) throw new SourceError(`"${operand}" should be OFFSET(REGISTER)`);
  return { base: register(match[2] ?? ''), offset: immediate12(match[1]?.trim() || '0', place) };
}

/** The distance to a target, which must be even and not too far. */
function distance(operand: string, place: Place, bits: number): number {
  const value = (evaluate(operand, place.symbols) - place.address) | 0;
  const reach = 2 ** (bits - 1);
  if (value & 1) throw new SourceError(`the target "${operand}" is at an odd address`);
  return within(value, -reach, reach - 2, 'the distance');
}

function expect(operands: readonly string[], count: number): void {
  if (operands.length !== count) {
    throw new SourceError(`${count} operands are needed, not ${operands.length}`);
  }
}

const typeR =
  (funct3: number, funct7: number): Encoder =>
  (operands) => {
    expect(operands, 3);
    const [rd, rs1, rs2] = operands.map(register) as [number, number, number];
    return (funct7 << 25) | (rs2 << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | 0x33;
  };

const typeI =
  (funct3: number): Encoder =>
  (operands, place) => {
    expect(operands, 3);
    const [rd = '', rs1 = '', value = ''] = operands;
    const immediate = immediate12(value, place);
    return (immediate << 20) | (register(rs1) << 15) | (funct3 << 12) | (register(rd) << 7) | 0x13;
  };

const shift =
  (funct3: number, funct7: number): Encoder =>
  (operands, place) => {
    expect(operands, 3);
    const [rd = '', rs1 = '', value = ''] = operands;
    const by = within(evaluate(value, place.symbols), 0, 31, 'the shift');
    const upper = (funct7 << 25) | (by << 20);
    return upper | (register(rs1) << 15) | (funct3 << 12) | (register(rd) << 7) | 0x13;
  };

/** Loads, and `jalr`, which takes the same operands. */
const load =
  (funct3: number, opcode = 0x03): Encoder =>
  (operands, place) => {
    expect(operands, 2);
    const [rd = '', from = ''] = operands;
    const { base, offset } = memory(from, place);
    return (offset << 20) | (base << 15) | (funct3 << 12) | (register(rd) << 7) | opcode;
  };

const store =
  (funct3: number): Encoder =>
  (operands, place) => {
    expect(operands, 2);
    const [rs2 = '', to = ''] = operands;
    const { base, offset } = memory(to, place);
    const upper = ((offset >> 5) & 0x7f) << 25;
    const lower = (offset & 0x1f) << 7;
    return upper | (register(rs2) << 20) | (base << 15) | (funct3 << 12) | lower | 0x23;
  };

const branch =
  (funct3: number): Encoder =>
  (operands, place) => {
    expect(operands, 3);
    const [rs1 = '', rs2 = '', target = ''] = operands;
    const d = distance(target, place, 13);
    const upper = (((d >> 12) & 1) << 31) | (((d >> 5) & 0x3f) << 25);
    const lower = (((d >> 1) & 0xf) << 8) | (((d >> 11) & 1) << 7);
    return upper | (register(rs2) << 20) | (register(rs1) << 15) | (funct3 << 12) | lower | 0x63;
  };

const upper =
  (opcode: number): Encoder =>
  (operands, place) => {
    expect(operands, 2);
    const [rd = '', value = ''] = operands;
    const immediate = within(evaluate(value, place.symbols), 0, 0xfffff, 'the immediate');
    return (immediate << 12) | (register(rd) << 7) | opcode;
  };

const jal: Encoder = (operands, place) => {
  expect(operands, 2);
  const [rd = '', target = ''] = operands;
  const d = distance(target, place, 21);
  const low = (((d >> 1) & 0x3ff) << 21) | (((d >> 11) & 1) << 20);
  return (((d >> 20) & 1) << 31) | low | (((d >> 12) & 0xff) << 12) | (register(rd) << 7) | 0x6f;
};

const csr =
  (funct3: number): Encoder =>
  (operands, place) => {
    expect(operands, 3);
    const [rd = '', name = '', source = ''] = operands;
    const number = csrs.get(name) ?? within(evaluate(name, place.symbols), 0, 4095, 'the CSR');
    const value =
      funct3 & 4 ? within(evaluate(source, place.symbols), 0, 31, 'the value') : register(source);
    return (number << 20) | (value << 15) | (funct3 << 12) | (register(rd) << 7) | 0x73;
  };

const fixed =
  (word: number): Encoder =>
  (operands) => {
    expect(operands, 0);
    return word;
  };

const encoders = new Map<string, Encoder>(
  Object.entries({
    lui: upper(0x37), auipc: upper(0x17), jal, jalr: load(0, 0x67),
    beq: branch(0), bne: branch(1), blt: branch(4), bge: branch(5), bltu: branch(6), bgeu: branch(7),
    lb: load(0), lh: load(1), lw: load(2), lbu: load(4), lhu: load(5),
    sb: store(0), sh: store(1), sw: store(2),
    addi: typeI(0), slti: typeI(2), sltiu: typeI(3), xori: typeI(4), ori: typeI(6), andi: typeI(7),
    slli: shift(1, 0), srli: shift(5, 0), srai: shift(5, 0x20),
    add: typeR(0, 0), sub: typeR(0, 0x20), sll: typeR(1, 0), slt: typeR(2, 0), sltu: typeR(3, 0),
    xor: typeR(4, 0), srl: typeR(5, 0), sra: typeR(5, 0x20), or: typeR(6, 0), and: typeR(7, 0),
    mul: typeR(0, 1), mulh: typeR(1, 1), mulhsu: typeR(2, 1), mulhu: typeR(3, 1),
    div: typeR(4, 1), divu: typeR(5, 1), rem: typeR(6, 1), remu: typeR(7, 1),
    csrrw: csr(1), csrrs: csr(2), csrrc: csr(3), csrrwi: csr(5), csrrsi: csr(6), csrrci: csr(7),
    fence: fixed(0x0ff0000f), ecall: fixed(0x73), ebreak: fixed(0x100073),
    mret: fixed(0x30200073), wfi: fixed(0x10500073),
  }),
);

/** The word of one real instruction. */
export function encode(mnemonic: string, operands: readonly string[], place: Place): number {
  const encoder = encoders.get(mnemonic);
  if (!encoder) throw new SourceError(`unknown instruction "${mnemonic}"`);
  return encoder(operands, place) >>> 0;
}
