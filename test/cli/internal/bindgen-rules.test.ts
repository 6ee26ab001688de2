import { expect, test } from 'vitest';
import { applyBindgenRules } from '../../../src/cli/internal/bindgen-rules.ts';

const output = `#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct kvm_regs {
    pub rax: __u64,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub union kvm_regs__bindgen_ty_1__bindgen_ty_2 {
    pub a: u8,
}
/// Not the same: kvm_regs.
#[doc = "a ] in a text"]
#[repr(C)]
pub struct kvm_regs2 {
    pub b: u8,
}
`;

function change(derives: Record<string, string[]>, repr: Record<string, string> = {}) {
  return applyBindgenRules(output, { derives, repr });
}

test('traits are derived for a named type and the nameless ones within, under a feature', () => {
  const rule = ['serde: zerocopy::IntoBytes', 'serde: zerocopy::FromBytes'];
  const attribute =
    '#[cfg_attr(feature = "serde", derive(zerocopy::IntoBytes, zerocopy::FromBytes))]\n';
  expect(change({ kvm_regs: rule })).toEqual({
    missing: [],
    text: output
      .replace('pub struct kvm_regs {', `${attribute}pub struct kvm_regs {`)
      .replace('pub union', `${attribute}pub union`),
  });
});

test('what is derived already is not derived twice', () => {
  const { text } = change({ 'kvm_*': ['Debug', 'Clone'] });
  expect(text.match(/derive\(Debug/g)).toHaveLength(3);
  expect(text).toContain('#[derive(Debug, Clone)]\npub struct kvm_regs2');
});

test('a representation takes the place of the one there is', () => {
  const { text } = change({}, { kvm_regs: 'transparent' });
  expect(text).toBe(output.replace('#[repr(C)]', '#[repr(transparent)]'));
});

test('output without line ends is changed as well', () => {
  const text = '# [repr (C)] # [derive (Debug)] pub struct a { x : u8 }';
  expect(applyBindgenRules(text, { derives: { a: ['Hash'] }, repr: { a: 'packed' } }).text).toBe(
    '#[repr(packed)] # [derive (Debug)] #[derive(Hash)]\npub struct a { x : u8 }',
  );
});

test('a rule for a type that is not there is told', () => {
  expect(change({ kvm_sregs: ['Debug'], kvm_regs: [] }, { no: 'C' }).missing).toEqual([
    'kvm_sregs',
    'no',
  ]);
});
