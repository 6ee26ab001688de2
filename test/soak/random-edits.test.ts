import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../e2e/support/project.ts';
import { outputsOf } from './support/c-project.ts';
import { finished } from './support/running.ts';
import { Chance, report, size } from './support/size.ts';

const sources = 6;
const actions = 8;

/** What an action reads, by number: sources first, then earlier outputs. */
interface Shape {
  readonly reads: readonly number[];
  readonly word: number;
}

/** A compiler: follows `include NAME` in the folder of sources, and writes a depfile. */
const compiler = `#!/bin/sh
out=$1 word=$2; shift 2
deps=
expand() {
  deps="$deps $1"
  while read -r first rest; do
    case $first in include) expand "$src/$rest" ;; \\#) ;; *) echo "$word $first $rest" ;; esac
  done <"$1"
}
for file; do src=\${file%/*}; expand "$file"; done >"$out.tmp"
mv "$out.tmp" "$out"
echo "$out:$deps" >"$out.d"
`;

function rules(shapes: readonly Shape[]): string {
  const lines = ["project('random')", "tool = find_program('./tool')"];
  for (const [at, { reads, word }] of shapes.entries()) {
    const inputs = reads.map((read) => {
      const number = read % (sources + at);
      return number < sources ? `files('s${number}')` : `o${number - sources}`;
    });
    lines.push(
      `o${at} = custom_target('o${at}', output: 'o${at}', input: [${inputs.join(', ')}], depfile: 'o${at}.d', build_by_default: true, command: [tool, '@OUTPUT@', 'w${word}', '@INPUT@'])`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Of equal length, so that stamps are all that may tell them apart. */
const contents = ['aaaaaaaaaa\n', 'bbbbbbbbbb\n', '# comment\n\n', 'include s0\n', 'include s1\n'];

class World {
  readonly #made: Project;
  readonly #chance: Chance;
  readonly #shapes: Shape[];
  readonly #history: { content: string; time: Date }[][] = Array.from(
    { length: sources },
    () => [],
  );

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#shapes = Array.from({ length: actions }, () => this.#shape());
    const files = Array.from({ length: sources }, (_, at) => [`s${at}`, `first ${at}\n`]);
    this.#made = project({ tool: compiler, ...Object.fromEntries(files) });
    fs.chmodSync(join(this.#made.folder, 'tool'), 0o755);
    this.#made.write('meson.build', rules(this.#shapes));
    const run = this.#made.kaon(['setup', 'build']);
    if (run.status !== 0) throw new Error(told(run));
  }

  #shape(): Shape {
    const reads = Array.from({ length: 1 + this.#chance.below(3) }, () =>
      this.#chance.below(sources + actions),
    );
    return { reads: [...new Set(reads)], word: this.#chance.below(3) };
  }

  step(): void {
    const chance = this.#chance;
    const number = chance.below(sources);
    const path = join(this.#made.folder, `s${number}`);
    const output = join(this.#made.folder, 'build', `o${chance.below(actions)}`);
    const keep = (): void => {
      const content = fs.readFileSync(path, 'utf8');
      this.#history[number]?.push({ content, time: fs.statSync(path).mtime });
    };
    const steps: readonly (() => void)[] = [
      () => {
        keep();
        fs.writeFileSync(path, safe(number, chance.pick(contents)));
      },
      () => {
        // Two edits in one tick of the clock, and a new file in place of the old.
        fs.writeFileSync(path, safe(number, chance.pick(contents)));
        fs.writeFileSync(`${path}.new`, safe(number, chance.pick(contents)));
        fs.renameSync(`${path}.new`, path);
      },
      () => fs.utimesSync(path, chance.pick([1e9, 1.7e9, 4e9]), chance.pick([1e9, 4e9])),
      () => {
        const old = this.#history[number]?.at(-1);
        if (old === undefined) return;
        fs.writeFileSync(path, old.content);
        fs.utimesSync(path, old.time, old.time);
      },
      () => {
        const content = fs.readFileSync(path, 'utf8');
        fs.writeFileSync(`${path}.elsewhere`, content);
        fs.rmSync(path);
        fs.symlinkSync(`s${number}.elsewhere`, path);
      },
      () => fs.rmSync(output, { force: true }),
      () => fs.existsSync(output) && fs.appendFileSync(output, 'tampered\n'),
      () => {
        this.#shapes[chance.below(actions)] = this.#shape();
        this.#made.write('meson.build', rules(this.#shapes));
      },
    ];
    chance.pick(steps)();
  }

  check(): void {
    const made = this.#made;
    const run = made.kaon(['compile', '-C', 'build']);
    expect(run.status, told(run)).toBe(0);
    const build = join(made.folder, 'build');
    const now = outputsOf(build);
    fs.rmSync(join(made.folder, 'aside'), { recursive: true, force: true });
    fs.renameSync(build, join(made.folder, 'aside'));
    expect(made.kaon(['setup', 'build']).status).toBe(0);
    expect(made.kaon(['compile', '-C', 'build']).status).toBe(0);
    const clean = outputsOf(build);
    fs.rmSync(build, { recursive: true });
    fs.renameSync(join(made.folder, 'aside'), build);
    for (const [path, digest] of Object.entries(clean))
      expect([path, now[path]]).toEqual([path, digest]);
    expect(finished(made.kaon(['compile', '-C', 'build', '--json']).stdout)).toEqual([]);
  }
}

/** No file includes itself: only later ones include earlier ones. */
function safe(number: number, content: string): string {
  const included = /include s(\d)/.exec(content)?.[1];
  return included !== undefined && Number(included) >= number ? 'cccccccccc\n' : content;
}

test('whatever is edited, what an incremental build makes is what a clean one makes, on a real disk', () => {
  const steps = size(10_000, 40);
  let done = 0;
  for (let seed = 1; done < steps; seed++) {
    const world = new World(seed);
    for (let round = 0; round < 10 && done < steps; round++) {
      for (let count = 1 + (round % 5); count > 0; count--, done++) world.step();
      world.check();
    }
  }
  report('random edits', { steps: done });
});
