import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Random } from '../fuzz/random.ts';
import { type CargoUnits, linesOf, linesOfCargo } from './compare-units.ts';
import { type Asked, asWords, ourGraph } from './our-graph.ts';
import { type RandomWorkspace, randomWorkspace } from './random-workspace.ts';
import { cargo, workshop } from './workshop.ts';

/** Compares unit graphs of workspaces that nobody wrote. Answers how many of how many differ. */
export function compareRandom(count: number, first: number): number {
  let wrong = 0;
  let compared = 0;
  let refused = 0;
  for (let seed = first; seed < first + count; seed++) {
    const workspace = randomWorkspace(seed);
    const folder = join(workshop, `random-${seed}`);
    layDown(folder, workspace);
    const locked = cargo(folder, ['generate-lockfile', '--offline']);
    if (!locked.ok) {
      refused++;
      if (process.env['VERBOSE']) console.log(`seed ${seed}: ${locked.text}`);
      rmSync(folder, { recursive: true });
      continue;
    }
    const random = new Random(seed ^ 0x5bd1e995);
    let isWrong = false;
    for (let at = 0; at < 8; at++) {
      const asked = randomCommand(random, workspace);
      const differences = compareUnits(folder, asked);
      compared++;
      if (differences.length === 0) continue;
      isWrong = true;
      wrong++;
      console.log(`seed ${seed}: in ${asked.current ?? '.'}: cargo ${asWords(asked).join(' ')}`);
      for (const line of differences.slice(0, 8)) console.log(`    ${line}`);
    }
    if (!isWrong) rmSync(folder, { recursive: true });
  }
  console.log(
    `${compared} graphs compared, ${wrong} differ; ${refused} workspaces are none to Cargo`,
  );
  return wrong;
}

export function layDown(folder: string, { files }: RandomWorkspace): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Words for a command that means something in a workspace, or is refused by it. */
export function randomCommand(random: Random, { packages, profiles }: RandomWorkspace): Asked {
  const members = packages.filter(({ isMember }) => isMember);
  const here = random.oneIn(3)
    ? random.of(members.filter(({ folder }) => folder !== '.'))
    : undefined;
  const how = random.below(4);
  const named = [
    random.of(members)?.name ?? '',
    ...(random.oneIn(2) ? [random.of(members)?.name ?? ''] : []),
  ];
  const chosen: Asked['packages'] =
    how === 0
      ? 'default'
      : how === 1
        ? ['*']
        : how === 2
          ? [...new Set(named)]
          : ['*', `!${named[0]}`];
  const wanted =
    how === 0 && here !== undefined
      ? [here]
      : members.filter(({ name }) => how !== 2 || named.includes(name));
  const features = wanted.flatMap(({ name, features: own }) =>
    [...own.keys()].flatMap((feature) =>
      random.oneIn(6) ? [random.oneIn(3) && how === 2 ? `${name}/${feature}` : feature] : [],
    ),
  );
  return {
    purpose: random.of(['build', 'build', 'test', 'bench']) ?? 'build',
    packages: chosen,
    features: {
      features: random.oneIn(2) ? features : [],
      all: random.oneIn(5),
      withDefault: !random.oneIn(4),
    },
    profile: random.of(['dev', 'dev', 'release', ...profiles]) ?? 'dev',
    isCross: random.oneIn(5),
    current: here?.name,
    currentFolder: here?.folder ?? '.',
  };
}

function compareUnits(folder: string, asked: Asked): readonly string[] {
  const run = spawnSync(
    'cargo',
    [...asWords(asked), '--unit-graph', '-Zunstable-options', '--offline', '--locked'],
    {
      cwd: join(folder, asked.currentFolder),
      env: { ...process.env, RUSTC_BOOTSTRAP: '1' },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  const ours = ourGraph(folder, asked);
  if (run.status !== 0) {
    const said = run.stderr.split('\n').find((line) => line.startsWith('error')) ?? run.stderr;
    // Where a member and another package have one name, kaon takes the member.
    if (said.includes('is ambiguous')) return [];
    return 'refused' in ours ? [] : [`only Cargo refuses: ${said}`];
  }
  if ('refused' in ours) return [`only kaon refuses: ${ours.refused}`];
  const theirLines = linesOfCargo(JSON.parse(run.stdout) as CargoUnits); // as Cargo prints it
  const ourLines = linesOf(ours.graph, asked.isCross ? ours.triple : '');
  const differences = [
    ...without(theirLines, ourLines).map((line) => `only Cargo: ${line}`),
    ...without(ourLines, theirLines).map((line) => `only kaon:  ${line}`),
  ];
  // Units tell most; edges differ behind them.
  const isUnit = (line: string): boolean => line.includes(': unit ') || line.includes(':  unit ');
  return [...differences.filter(isUnit), ...differences.filter((line) => !isUnit(line))];
}

/** What is in one list more often than in the other. */
export function without(list: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of other) counts.set(line, (counts.get(line) ?? 0) + 1);
  return list.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}
