import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../fuzz/random.ts';
import { quickCommandLines } from './compare-commands.ts';
import { layDown, randomCommand, without } from './compare-random.ts';
import { type Asked, asWords } from './our-graph.ts';
import { type RandomWorkspace, randomWorkspace } from './random-workspace.ts';
import { cargo, workshop } from './workshop.ts';

/** Builds workspaces that nobody wrote with both, edits them, and compares what is made and what that prints. */
export function compareRandomBuilds(kaon: string, count: number, first: number): number {
  let wrong = 0;
  let compared = 0;
  for (let seed = first; seed < first + count; seed++) {
    const workspace = randomWorkspace(seed);
    const folder = join(workshop, `built-${seed}`);
    layDown(folder, workspace);
    const random = new Random(seed ^ 0x2545f491);
    // A build directory keeps these: they are the same for all its commands.
    const { features, profile } = randomCommand(random, workspace);
    const kept = { isCross: false, profile, features: { ...features, features: [] } };
    let isWrong = false;
    if (cargo(folder, ['generate-lockfile', '--offline']).ok)
      for (let step = 0; step < 4 && !isWrong; step++) {
        const edited = step === 0 ? '' : edit(random, folder, workspace);
        const asked = { ...randomCommand(random, workspace), ...kept };
        const purpose = asked.purpose === 'bench' ? 'test' : asked.purpose;
        const differences = compareStep(kaon, folder, { ...asked, purpose });
        compared++;
        if (differences.length === 0) continue;
        isWrong = true;
        console.log(
          `seed ${seed}, step ${step}${edited === '' ? '' : `, ${edited} edited`}: in ${asked.currentFolder}: cargo ${asWords({ ...asked, purpose }).join(' ')}`,
        );
        for (const line of differences.slice(0, 10)) console.log(`    ${line}`);
      }
    if (isWrong) wrong++;
    else rmSync(folder, { recursive: true });
  }
  console.log(`${compared} builds compared, ${wrong} workspaces differ`);
  return wrong;
}

/** Compares each run of rustc and of build scripts. Only what scripts and macros need is compiled. */
export function compareRandomCommands(kaon: string, count: number, first: number): number {
  let wrong = 0;
  let refused = 0;
  for (let seed = first; seed < first + count; seed++) {
    const workspace = randomWorkspace(seed);
    const folder = join(workshop, `said-${seed}`);
    layDown(folder, workspace);
    const random = new Random(seed);
    const all = ['--workspace', '--all-features', '--no-default-features'];
    const words = all.filter(() => random.oneIn(2));
    const lines = cargo(folder, ['generate-lockfile', '--offline']).ok
      ? quickCommandLines(kaon, folder, words)
      : undefined;
    const differences =
      lines === undefined
        ? []
        : 'error' in lines
          ? [lines.error]
          : apart(lines.theirs.map(oneDylib), lines.ours.map(oneDylib));
    if (lines === undefined) refused++;
    if (differences.length > 0) {
      wrong++;
      console.log(`seed ${seed}: ${words.join(' ')}`);
      for (const line of differences.slice(0, 8)) console.log(`    ${line}`);
    } else rmSync(folder, { recursive: true });
  }
  console.log(`${count - refused} workspaces compared, ${wrong} differ`);
  return wrong;
}

function apart(theirs: readonly string[], ours: readonly string[]): readonly string[] {
  // What was written over is made again and again.
  const once = (lines: readonly string[]): readonly string[] => {
    const isDylib = (line: string): boolean => line.includes('--crate-type dylib');
    return [...lines.filter((one) => !isDylib(one)), ...new Set(lines.filter(isDylib))];
  };
  return apartOnce(once(theirs), once(ours));
}

function apartOnce(theirs: readonly string[], ours: readonly string[]): readonly string[] {
  return [
    ...without(theirs, ours).map((line) => `only Cargo: ${line}`),
    ...without(ours, theirs).map((line) => `only kaon:  ${line}`),
  ];
}

/** Cargo writes variants of shared libraries one over the other; with kaon each has its own name. */
function oneDylib(line: string): string {
  const named = line.replaceAll(/-HASH\.(so|rlib)/g, '.$1');
  return /--crate-type c?dylib/.test(named) ? named.replace(' -C extra-filename=HASH', '') : named;
}

/** Changes what some source says, or only how it reads. */
function edit(random: Random, folder: string, { files }: RandomWorkspace): string {
  const path = random.of([...files.keys()].filter((one) => one.endsWith('.rs'))) ?? '';
  const whole = join(folder, path);
  const text = readFileSync(whole, 'utf8');
  writeFileSync(
    whole,
    random.oneIn(3)
      ? `${text}// more\n`
      : text.replace(/all = vec!\[format!\("/, (found) => `${found}new `),
  );
  return path;
}

interface Artifact {
  readonly reason: string;
  readonly package_id: string;
  readonly target: { readonly kind: readonly string[]; readonly name: string };
  readonly profile: Readonly<Record<string, unknown>>;
  readonly features: readonly string[];
  readonly executable: string | null;
  readonly fresh: boolean;
}

interface Built {
  readonly status: number;
  readonly stderr: string;
  readonly artifacts: readonly Artifact[];
}

function compareStep(kaon: string, folder: string, asked: Asked): readonly string[] {
  const [purpose = '', ...words] = asWords(asked);
  const at = join(folder, asked.currentFolder);
  const run = purpose === 'test' ? ['--no-run'] : [];
  const more = ['--offline', '--message-format', 'json'];
  const theirs = build(at, ['cargo', purpose, ...run, ...words, ...more]);
  const ours = build(at, [
    kaon,
    ...(purpose === 'test' ? ['test', ...run] : []),
    ...words,
    ...more,
  ]);
  if ((theirs.status === 0) !== (ours.status === 0))
    return [
      `Cargo ends with ${theirs.status}, kaon with ${ours.status}`,
      ...(theirs.status === 0 ? ours : theirs).stderr
        .split('\n')
        .filter((line) => /rror/.test(line)),
    ];
  if (theirs.status !== 0) return [];
  const name = ({ package_id: id, target, profile, features }: Artifact): string =>
    [
      id.split('/').at(-1),
      target.kind.join(),
      target.name,
      JSON.stringify(profile),
      features.join(),
    ].join(' ');
  const named = (all: readonly Artifact[]) => all.map(name).sort();
  const compiled = ({ artifacts }: Built) => named(artifacts.filter(({ fresh }) => !fresh));
  const [them, us] = [named(theirs.artifacts), named(ours.artifacts)];
  return [
    ...without(them, us).map((one) => `only Cargo has ${one}`),
    ...without(us, them).map((one) => `only kaon has ${one}`),
    // By content less is made anew, never more. Of dylibs all variants have one name: Cargo takes one for the other.
    ...without(compiled(ours), compiled(theirs))
      .filter((one) => !one.includes(' dylib '))
      .map((one) => `only kaon compiles again ${one}`),
    ...without(printed(theirs.artifacts), printed(ours.artifacts)).map(
      (one) => `only Cargo's prints ${one}`,
    ),
    ...without(printed(ours.artifacts), printed(theirs.artifacts)).map(
      (one) => `only kaon's prints ${one}`,
    ),
  ];
}

function build(at: string, [program = '', ...args]: readonly string[]): Built {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: at,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const artifacts = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Artifact) // as both print them
    .filter(({ reason }) => reason === 'compiler-artifact');
  return { status: status ?? -1, stderr, artifacts };
}

/** What programs and tests say, each with its name. */
function printed(artifacts: readonly Artifact[]): readonly string[] {
  return artifacts.flatMap(({ executable, target, profile }) => {
    if (executable === null || target.kind.includes('custom-build')) return [];
    const args = profile['test'] === true ? ['--nocapture', '--test-threads=1'] : [];
    const { stdout } = spawnSync(executable, args, { encoding: 'utf8' });
    return [`${target.name}: ${stdout.replaceAll(/finished in .*/g, '')}`];
  });
}
