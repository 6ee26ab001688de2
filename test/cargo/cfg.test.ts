import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Cfg,
  type CfgSet,
  holds,
  parseCfg,
  parseCfgSet,
  targetApplies,
} from '../../src/cargo/cfg.ts';

const set = parseCfgSet([
  'debug_assertions',
  'unix',
  'target_os="linux"',
  'target_has_atomic="8"',
  'target_has_atomic="64"',
  'target_has_atomic',
  'target_env=""',
]);

test.each([
  ['cfg(unix)', true],
  ['cfg(windows)', false],
  ['cfg(target_os = "linux")', true],
  ['cfg(target_os="macos")', false],
  // A name alone is set only where rustc says it alone.
  ['cfg(target_os)', false],
  ['cfg(target_has_atomic)', true],
  ['cfg(target_has_atomic = "8")', true],
  ['cfg(target_has_atomic = "64")', true],
  ['cfg(target_has_atomic = "128")', false],
  ['cfg(target_env = "")', true],
  ['cfg(all())', true],
  ['cfg(any())', false],
  ['cfg(not(windows))', true],
  ['cfg(all(unix, not(target_os = "macos"), any(windows, debug_assertions,),))', true],
  ['cfg(true)', true],
  ['cfg(false)', false],
  ['cfg(r#true)', true],
  ['cfg(any(false, r#unix))', true],
  ['cfg(true = "x")', false],
  ['cfg(all)', false],
  ['x86_64-unknown-linux-gnu', true],
  ['aarch64-apple-darwin', false],
])('%s is %s on a Linux machine', (key, expected) => {
  const machine = { cfgs: set, triple: 'x86_64-unknown-linux-gnu' };
  expect(targetApplies(key, machine)).toEqual({ ok: true, value: expected });
});

test.each([
  ['cfg()', 'one condition'],
  ['cfg(unix', '"," or ")"'],
  ['cfg(unix windows)', '"," or ")"'],
  ['cfg(unix, windows)', 'one condition'],
  ['cfg(not(a, b))', 'one condition'],
  ['cfg(target_os = linux)', 'a string'],
  ['cfg("linux")', 'a name'],
  ['cfg(unix))', 'the end'],
  [`cfg(${'not('.repeat(500)}unix${')'.repeat(500)})`, 'less nesting'],
])('%s is refused', (text, expected) => {
  const parsed = parseCfg(text);
  expect(parsed.ok ? parsed.value : parsed.error).toContain(`${expected} expected in cfg(`);
});

const conditions: fc.Arbitrary<Cfg> = fc.letrec<{ cfg: Cfg }>((tie) => ({
  cfg: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', 'c').map((name): Cfg => ({ kind: 'name', name })),
    fc
      .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'))
      .map(([name, value]): Cfg => ({ kind: 'equal', name, value })),
    fc
      .tuple(
        fc.constantFrom('all' as const, 'any' as const),
        fc.array(tie('cfg'), { maxLength: 3 }),
      )
      .map(([kind, of]): Cfg => ({ kind, of })),
    tie('cfg').map((of): Cfg => ({ kind: 'not', of })),
  ),
})).cfg;

function written(cfg: Cfg): string {
  switch (cfg.kind) {
    case 'name':
      return cfg.name;
    case 'equal':
      return `${cfg.name} = "${cfg.value}"`;
    case 'not':
      return `not(${written(cfg.of)})`;
    case 'constant':
      return String(cfg.value);
    default:
      return `${cfg.kind}(${cfg.of.map(written).join(', ')})`;
  }
}

const sets: fc.Arbitrary<CfgSet> = fc
  .subarray(['a', 'b', 'c', 'a="1"', 'a="2"', 'b="1"'])
  .map((lines) => parseCfgSet(lines));

test('what is written is read again', () => {
  fc.assert(
    fc.property(conditions, (cfg) => {
      expect(parseCfg(`cfg(${written(cfg)})`)).toEqual({ ok: true, value: cfg });
    }),
  );
});

test("De Morgan's laws hold", () => {
  fc.assert(
    fc.property(fc.array(conditions, { maxLength: 4 }), sets, (of, known) => {
      const none: Cfg = { kind: 'not', of: { kind: 'any', of } };
      const each: Cfg = { kind: 'all', of: of.map((one): Cfg => ({ kind: 'not', of: one })) };
      expect(holds(none, known)).toBe(holds(each, known));
    }),
  );
});
