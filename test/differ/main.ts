import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpusPath } from '../conformance/corpus.ts';
import { compareProject, showProject } from './compare-project.ts';
import { compareSequence, showSequence } from './compare-sequence.ts';
import type { Place } from './place.ts';
import { randomCommands } from './random-commands.ts';
import { randomMachineFiles } from './random-machine-files.ts';
import { randomOptions } from './random-options.ts';
import { randomProject } from './random-project.ts';
import type { Sequence } from './sequence.ts';

interface Kind {
  /** What differs, in lines; none where nothing does. */
  readonly compare: (seed: number, place: Place) => readonly string[];
  readonly show: (seed: number) => string;
}

const kinds: Readonly<Record<string, Kind>> = {
  options: ofSequences(randomOptions),
  commands: ofSequences(randomCommands),
  'machine-files': ofSequences(randomMachineFiles),
  projects: {
    compare: (seed, place) => compareProject(randomProject(seed), place),
    show: (seed) => showProject(randomProject(seed)),
  },
};

function ofSequences(make: (seed: number) => Sequence): Kind {
  return {
    compare: (seed, place) => compareSequence(make(seed), place),
    show: (seed) => showSequence(make(seed)),
  };
}

/**
 * `npm run differ KIND [COUNT [FIRST]]`: what nobody wrote, done with Meson and with kaon; prints what
 * differs. `--build` builds, tests and installs projects, too; with `--show` the first is printed and
 * nothing is done. The exit status.
 */
export function differ(root: string, args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      meson: { type: 'string' },
      max: { type: 'string', default: '10' },
      build: { type: 'boolean', default: false },
      show: { type: 'boolean', default: false },
    },
  });
  const [name = '', count = '20', first = '1'] = positionals;
  const kind = kinds[name];
  if (kind === undefined) return refuse(`one of these is wanted: ${Object.keys(kinds).join(', ')}`);
  if (values.show) {
    console.log(kind.show(Number(first)));
    return 0;
  }
  const corpus = values.meson === undefined ? corpusPath(root) : '';
  if (corpus === undefined) return refuse("Meson could not be fetched (--meson 'COMMAND')");
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'differ-')));
  const place: Place = {
    ...{ folder, build: values.build },
    meson: values.meson?.split(' ') ?? ['python3', join(corpus, 'meson.py')],
    kaon: [join(root, 'bin/kaon')],
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
  };
  let different = 0;
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
    const lines = kind.compare(seed, place);
    if (lines.length === 0) continue;
    different++;
    console.log(`== ${name} ${seed}`);
    for (const line of lines.slice(0, Number(values.max))) console.log(`  ${line}`);
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(`${different} of ${count} differ`);
  return different === 0 ? 0 : 1;
}

function refuse(why: string): number {
  console.error(`differ: ${why}`);
  return 2;
}
