import { expect, test } from 'vitest';
import { Rows } from '../../../src/base/rows.ts';
import { deadOutputsRemover } from '../../../src/cli/build/dead-outputs.ts';
import type { Action, ActionId, Graph } from '../../../src/graph/graph.ts';
import { saveGraph } from '../../../src/store/graph-file.ts';
import { graphPath } from '../../../src/store/setup/setup-state.ts';
import { build, buildDirectory, tinyGraph, tinyHost } from '../../exec/tiny-build.ts';

/** Of one file by each rule, named after it, those that are left once build files make none of them. */
async function leftOf(...rules: readonly string[]): Promise<readonly string[]> {
  const host = tinyHost({ a: 'a' });
  const plain = tinyGraph(rules.map((rule) => `${rule}: cat a`).join('\n'));
  const actions = [...plain.actions.values()].map((action, at) => ({
    ...action,
    rule: rules[at] ?? '',
  }));
  const before: Graph = { ...plain, actions: new Rows<ActionId, Action>(actions) };
  await build(host, before);
  saveGraph(host.files, graphPath(buildDirectory), before);
  const removeDead = deadOutputsRemover(host, buildDirectory);
  host.tick();
  const now = tinyGraph('other: cat a');
  saveGraph(host.files, graphPath(buildDirectory), now);
  removeDead(() => now);
  return rules.filter((rule) => host.files.exists(`${buildDirectory}/${rule}`));
}

test('what targets made that are gone is removed, whatever their language', async () => {
  expect(await leftOf('c_LINKER', 'rust_COMPILER')).toEqual([]);
});

test('crates that Cargo would keep are kept', async () => {
  expect(await leftOf('rust_UNIT', 'rust_BUILD_SCRIPT', 'rust_PRODUCT')).toEqual([
    'rust_UNIT',
    'rust_BUILD_SCRIPT',
    'rust_PRODUCT',
  ]);
});
