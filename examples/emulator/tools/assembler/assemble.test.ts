import { describe, expect, test } from 'vitest';
import { assemble } from './assemble.ts';
import { toElf } from './elf.ts';

/** The words of a program, given its lines after `_start:`. */
function words(...lines: string[]): string[] {
  const { bytes } = assemble('a.s', () => ['_start:', ...lines].join('\n'));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 4 }, (_, index) =>
    view.getUint32(index * 4, true).toString(16).padStart(8, '0'),
  );
}

function problem(...lines: string[]): string {
  try {
    words(...lines);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
}

describe('instructions', () => {
  // The words are those of a well-known assembler.
  test.each([
    ['add a0, a1, a2', '00c58533'],
    ['sub t0, t1, t2', '407302b3'],
    ['mul s0, s1, s2', '03248433'],
    ['divu x1, x2, x3', '023150b3'],
    ['addi sp, sp, -16', 'ff010113'],
    ['srai a0, a0, 31', '41f55513'],
    ['lw ra, 12(sp)', '00c12083'],
    ['lbu a0, (a1)', '0005c503'],
    ['sw ra, -4(sp)', 'fe112e23'],
    ['lui a0, 0x12345', '12345537'],
    ['jalr ra, 8(a0)', '008500e7'],
    ['beq a0, a1, _start', '00b50063'],
    ['jal ra, _start', '000000ef'],
    ['csrrw a0, mtvec, a1', '30559573'],
    ['csrrsi zero, mstatus, 8', '30046073'],
    ['mret', '30200073'],
    ['ret', '00008067'],
    ['mv a0, a1', '00058513'],
  ])('%s is %s', (line, word) => {
    expect(words(line)).toEqual([word]);
  });

  test('a branch may go back or forth', () => {
    expect(words('back: nop', 'bne a0, zero, back', 'bne a0, zero, forth', 'forth:')).toEqual([
      '00000013',
      'fe051ee3',
      '00051263',
    ]);
  });

  test('a constant takes one instruction where that is enough', () => {
    expect(words('li a0, -1')).toEqual(['fff00513']);
    expect(words('li a0, 0x10000000')).toEqual(['10000537']);
    expect(words('li a0, 0x12345fff')).toEqual(['12346537', 'fff50513']);
  });

  test('an address may come later', () => {
    expect(words('la a0, end', 'end:')).toEqual(['80000537', '00850513']);
  });
});

describe('data', () => {
  test('numbers, texts, gaps', () => {
    const source = '_start: .byte 1, \'A\'\n.align 2\n.word _start + 4 * 2\n.asciz "a,\\n"';
    const { bytes } = assemble('a.s', () => source);
    expect([...bytes]).toEqual([1, 65, 0, 0, 8, 0, 0, 128, 97, 44, 10, 0]);
  });

  test('an included file is found beside the one that includes it', () => {
    const files: Record<string, string> = {
      'guest/a.s': '.include "b.s"\n_start: li a0, SIZE',
      'guest/b.s': '.equ SIZE, 3 << 1 | 1 # seven',
    };
    const program = assemble('guest/a.s', (path) => files[path] ?? '');
    expect(program.files).toEqual(['guest/a.s', 'guest/b.s']);
    expect([...program.bytes]).toEqual([0x13, 0x05, 0x70, 0x00]);
  });
});

describe('errors say where and what', () => {
  test.each([
    ['frobnicate a0', 'unknown instruction "frobnicate"'],
    ['.frob', 'unknown directive ".frob"'],
    ['addi a0, a0, 4096', 'the immediate 4096 is not between -2048 and 2047'],
    ['add a0, a1', '3 operands are needed, not 2'],
    ['add a0, a1, q9', '"q9" is no register'],
    ['j nowhere', '"nowhere" is not defined'],
    ['lw a0, a1', '"a1" should be OFFSET(REGISTER)'],
    ['_start:', '"_start" is defined twice'],
    ['.word (1', 'a ")" is missing in "(1"'],
  ])('%s', (line, message) => {
    expect(problem(line)).toBe(`a.s:2: ${message}`);
  });

  test('a program without a start', () => {
    expect(() => assemble('a.s', () => 'nop')).toThrow('a.s:1: "_start" is not defined');
  });
});

test('an ELF file names its entry and holds the program', () => {
  const elf = toElf(assemble('a.s', () => 'nop\n_start: nop'));
  const view = new DataView(elf.buffer);
  expect(view.getUint32(24, true)).toBe(0x80000004);
  expect(elf.length).toBe(52 + 32 + 8);
});
