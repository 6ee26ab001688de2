import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bin } from './support/kaon.ts';

/** Meson's own sources: the tests of its rewriter are run with kaon in its place. */
const corpus = process.env['KAON_MESON_CORPUS'];
const skipped = corpus === undefined ? ' (skipped: KAON_MESON_CORPUS names no folder)' : '';

const runsTests = `
import os, sys, unittest
root, kaon = sys.argv[1:]
sys.path.insert(0, root)
os.chdir(root)
import unittests.rewritetests as tests
prepare = tests.RewriterTests.setUp
def set_up(self):
    prepare(self)
    self.rewrite_command = [kaon, 'rewrite']
tests.RewriterTests.setUp = set_up
suite = unittest.defaultTestLoader.loadTestsFromTestCase(tests.RewriterTests)
result = unittest.TextTestRunner(buffer=True).run(suite)
sys.exit(0 if result.wasSuccessful() and result.testsRun > 20 else 1)
`;

test.skipIf(corpus === undefined)(
  `kaon rewrite passes the tests of Meson's rewriter${skipped}`,
  () => {
    const run = spawnSync('python3', ['-c', runsTests, corpus ?? '', bin], { encoding: 'utf8' });
    expect(run.status === 0 ? '' : run.stderr).toBe('');
  },
);
