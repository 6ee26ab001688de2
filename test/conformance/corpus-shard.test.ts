import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { corpusPath, runnerPath } from './corpus.ts';
import { showVerdict } from './known-failures.ts';
import { type Corpus, listCases, runCorpus } from './run-corpus.ts';

const root = resolve(import.meta.dirname, '../..');

/** Run by every change. */
const always = [
  ...['rust', 'failing', 'failing build', 'failing test', 'warning', 'keyval', 'native'],
  ...['linuxlike', 'snippets', 'format'],
];

/** A change runs one of so many parts of `common`. */
const shards = 2;

test('Meson’s own project tests pass, all of the quick ones and a part of the others', (context) => {
  const runner = runnerPath();
  if (runner === undefined) return context.skip('the runner is not here (KAON_CONFORMANCE_RUNNER)');
  const corpus = corpusPath();
  if (corpus === undefined)
    return context.skip("Meson's tests could not be fetched (KAON_MESON_CORPUS)");
  const place: Corpus = {
    runner,
    corpus,
    kaon: resolve(root, 'bin/kaon'),
    lists: import.meta.dirname,
  };
  const shard = shardOfCommit();
  const common = listCases(place, { categories: ['common'] });
  const part = common.filter((_, at) => at % shards === shard);
  for (const wanted of [{ categories: always }, { categories: ['common'], only: part }]) {
    const verdict = runCorpus(place, wanted);
    console.log(showVerdict(verdict));
    expect(verdict.unexpected.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(verdict.mended, 'they pass: known-failures.txt must shrink').toEqual([]);
  }
}, 1_200_000);

/** Changes with the commit, so that all parts have their turn; KAON_CONFORMANCE_SHARD chooses one. */
function shardOfCommit(): number {
  const asked = process.env['KAON_CONFORMANCE_SHARD'];
  if (asked !== undefined) return Number(asked) % shards;
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return Number.parseInt(stdout.slice(0, 8) || '0', 16) % shards;
}
