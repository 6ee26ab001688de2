import { fork } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf, fuzzCase } from './fuzz.ts';
import { corpusProjects, ownProjects } from './seeds.ts';

/** What a process is to try: numbers from `from` in steps of `step`, below `count`. */
interface Share {
  readonly corpus: string | undefined;
  readonly seed: number;
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

type News =
  | { readonly kind: 'began'; readonly at: number }
  | { readonly kind: 'faults'; readonly at: number; readonly faults: readonly string[] };

/** A case that takes longer hangs, on however busy a machine. */
const mostSeconds = 300;

/** `npm run fuzz [COUNT [SEED [ONLY]]]`: changed build files of Meson's corpus through parser, formatter and evaluator. */
export async function fuzz(words: readonly string[], file: string): Promise<number> {
  const [count = 100_000, seed = 1, only] = words.map(Number);
  const corpus = process.env['KAON_MESON_CORPUS'];
  if (corpus === undefined)
    console.log('KAON_MESON_CORPUS names no sources of Meson: texts of our own');
  else if (!existsSync(join(corpus, 'test cases'))) {
    console.log(
      `KAON_MESON_CORPUS: ${corpus} is no source of Meson, it has no folder 'test cases'`,
    );
    return 2;
  }
  if (only !== undefined) return tryOne({ corpus, seed, from: only, step: 1, count: only + 1 });
  const workers = 2;
  const started = performance.now();
  const shares = Array.from({ length: workers }, (_, from) => ({
    corpus,
    seed,
    from,
    step: workers,
    count,
  }));
  const found = await Promise.all(shares.map((share) => runShare(share, file)));
  const bad = found.reduce((sum, each) => sum + each, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${count} build files with seed ${seed} in ${seconds} s: ${bad} faults`);
  return bad === 0 ? 0 : 1;
}

function tryOne(share: Share): number {
  const { project, path, testcases } = fuzzCase(projectsOf(share), share.seed, share.from);
  const folder = `/tmp/kaon-fuzz-${share.from}`;
  for (const [name, text] of Object.entries(project)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  console.log(`${folder}/${path}${testcases ? ' (with testcases)' : ''}`);
  const faults = faultsOf({ project, path, testcases });
  for (const fault of faults) console.log(fault);
  return faults.length;
}

/** How many cases of a share are badly taken. A process that hangs is ended, and the next goes on behind that case. */
async function runShare(share: Share, file: string): Promise<number> {
  let bad = 0;
  let at = share.from;
  const tell = (what: string): void => {
    bad++;
    console.log(`case ${at}: ${what}\n  npm run fuzz ${share.count} ${share.seed} ${at}`);
  };
  while (at < share.count) {
    const worker = fork(file, [JSON.stringify({ ...share, from: at })], {
      env: { ...process.env, KAON_FUZZ_SHARE: '1' },
    });
    const ended = await new Promise<'done' | 'hangs' | 'dies'>((resolve) => {
      let timer = setTimeout(() => resolve('hangs'), mostSeconds * 1000);
      worker.on('message', (message) => {
        const news = message as News; // as the share below sends it

        at = news.at;
        clearTimeout(timer);
        timer = setTimeout(() => resolve('hangs'), mostSeconds * 1000);
        if (news.kind === 'faults')
          tell(news.faults.map((each) => each.slice(0, 200)).join('\n  '));
      });
      worker.on('error', () => resolve('dies'));
      worker.on('exit', (code) => {
        clearTimeout(timer);
        resolve(code === 0 ? 'done' : 'dies');
      });
    });
    worker.kill('SIGKILL');
    if (ended === 'done') return bad;
    tell(ended);
    at += share.step;
  }
  return bad;
}

function projectsOf({ corpus }: Share) {
  return corpus === undefined ? ownProjects : corpusProjects(corpus);
}

if (process.env['KAON_FUZZ_SHARE'] === '1') {
  const share: Share = JSON.parse(process.argv[2] ?? '');
  const projects = projectsOf(share);
  const tell = (news: News): void => void process.send?.(news);
  for (let at = share.from; at < share.count; at += share.step) {
    tell({ kind: 'began', at });
    const faults = faultsOf(fuzzCase(projects, share.seed, at));
    if (faults.length > 0) tell({ kind: 'faults', at, faults });
  }
  process.disconnect();
}
