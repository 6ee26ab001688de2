import { expect, test } from 'vitest';
import { JobGate } from '../../../src/exec/order/job-gate.ts';
import { MemoryHost } from '../../support/memory-host.ts';

/** A share with so many tokens. */
function shareOf(tokens: number) {
  const share = {
    left: tokens,
    environment: {},
    take: () => share.left > 0 && share.left-- > 0,
    give: () => void share.left++,
    close: () => undefined,
  };
  return share;
}

test('the first needs no token, each other one; who ends gives one back', () => {
  const jobShare = shareOf(1);
  const gate = new JobGate({ host: new MemoryHost(), jobShare }, undefined);
  expect(gate.admits(0)).toBe(true);
  expect(gate.admits(1)).toBe(true);
  expect(gate.admits(2)).toBe(false);
  gate.keepFor(2);
  expect(jobShare.left).toBe(0);
  gate.keepFor(1);
  expect(jobShare.left).toBe(1);
});

test('a token that was taken for nothing is no second one', () => {
  const jobShare = shareOf(5);
  const gate = new JobGate({ host: new MemoryHost(), jobShare }, undefined);
  gate.admits(1);
  gate.admits(1);
  expect(jobShare.left).toBe(4);
});

test('while the load is high only one runs', () => {
  const host = new MemoryHost();
  const processes = Object.assign(host.processes, { loadAverage: () => 3 });
  const gate = new JobGate({ host: { ...host, processes }, jobShare: undefined }, 2.5);
  expect(gate.admits(0)).toBe(true);
  expect(gate.admits(1)).toBe(false);
});
