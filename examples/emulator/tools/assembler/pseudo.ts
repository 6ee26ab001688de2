/** Instructions that stand for others. */

import { evaluate, type Symbols } from './expression.ts';

/** A mnemonic and its operands. */
export type Instruction = readonly [mnemonic: string, ...operands: string[]];

const simple: Record<string, (...operands: string[]) => Instruction> = {
  nop: () => ['addi', 'zero', 'zero', '0'],
  mv: (rd = '', rs = '') => ['addi', rd, rs, '0'],
  not: (rd = '', rs = '') => ['xori', rd, rs, '-1'],
  neg: (rd = '', rs = '') => ['sub', rd, 'zero', rs],
  seqz: (rd = '', rs = '') => ['sltiu', rd, rs, '1'],
  snez: (rd = '', rs = '') => ['sltu', rd, 'zero', rs],
  beqz: (rs = '', target = '') => ['beq', rs, 'zero', target],
  bnez: (rs = '', target = '') => ['bne', rs, 'zero', target],
  bltz: (rs = '', target = '') => ['blt', rs, 'zero', target],
  bgez: (rs = '', target = '') => ['bge', rs, 'zero', target],
  bgt: (a = '', b = '', target = '') => ['blt', b, a, target],
  ble: (a = '', b = '', target = '') => ['bge', b, a, target],
  j: (target = '') => ['jal', 'zero', target],
  jr: (rs = '') => ['jalr', 'zero', `0(${rs})`],
  call: (target = '') => ['jal', 'ra', target],
  ret: () => ['jalr', 'zero', '0(ra)'],
  csrr: (rd = '', csr = '') => ['csrrs', rd, csr, 'zero'],
  csrw: (csr = '', rs = '') => ['csrrw', 'zero', csr, rs],
  csrs: (csr = '', rs = '') => ['csrrs', 'zero', csr, rs],
  csrc: (csr = '', rs = '') => ['csrrc', 'zero', csr, rs],
  csrsi: (csr = '', value = '') => ['csrrsi', 'zero', csr, value],
  csrci: (csr = '', value = '') => ['csrrci', 'zero', csr, value],
};

/** The two parts of a number: `lui` takes the upper one, `addi` adds the (signed) lower one. */
function split(value: number): { upper: number; lower: number } {
  const lower = (value << 20) >> 20;
  return { upper: ((value - lower) >>> 12) & 0xfffff, lower };
}

/** A constant, which must be known here: how long this gets depends on it. */
function loadImmediate(rd: string, text: string, symbols: Symbols): Instruction[] {
  const { upper, lower } = split(evaluate(text, symbols));
  if (upper === 0) return [['addi', rd, 'zero', String(lower)]];
  const lui: Instruction = ['lui', rd, String(upper)];
  return lower === 0 ? [lui] : [lui, ['addi', rd, rd, String(lower)]];
}

/** The real instructions behind one; constants are those known so far. */
export function expand([mnemonic, ...operands]: Instruction, symbols: Symbols): Instruction[] {
  const [rd = '', value = ''] = operands;
  if (mnemonic === 'li') return loadImmediate(rd, value, symbols);
  // An address may come later; so these two are split when it is known.
  if (mnemonic === 'la') {
    return [
      ['lui', rd, `%hi(${value})`],
      ['addi', rd, rd, `%lo(${value})`],
    ];
  }
  const rule = simple[mnemonic];
  if (!rule) return [[mnemonic, ...operands]];
  return [rule(...operands)];
}

/** Replaces `%hi(…)` and `%lo(…)` by numbers. */
export function relocate(operand: string, symbols: Symbols): string {
  const match = /^%(hi|lo)\((.*)\)$/.exec(operand);
  if (!match) return operand;
  const { upper, lower } = split(evaluate(match[2] ?? '', symbols));
  return String(match[1] === 'hi' ? upper : lower);
}
