import { join } from 'node:path';
import { corpusPath, runnerPath } from './corpus.ts';
import { showVerdict } from './known-failures.ts';
import { runCorpus } from './run-corpus.ts';

/**
 * `npm run conformance [CATEGORY…]`: Meson's own project tests, all categories or those that are
 * named, against known-failures.txt. The exit status.
 */
export function conformance(root: string, categories: readonly string[]): number {
  const runner = runnerPath(root);
  const corpus = corpusPath(root);
  if (runner === undefined || corpus === undefined) {
    const missing =
      runner === undefined
        ? 'the runner is not here (KAON_CONFORMANCE_RUNNER)'
        : "Meson's tests could not be fetched (KAON_MESON_CORPUS)";
    console.error(`conformance: ${missing}`);
    return 2;
  }
  const lists = join(root, 'test/conformance');
  const verdict = runCorpus(
    { runner, corpus, kaon: join(root, 'bin/kaon'), lists },
    { categories },
  );
  console.log(showVerdict(verdict));
  return verdict.unexpected.length + verdict.mended.length === 0 ? 0 : 1;
}
