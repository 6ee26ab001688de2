// Sets cases of Meson's corpus up with Meson and with kaon, and compares what both say: warnings,
// messages, errors, what was found, the summary.
//
//   node test/conformance/compare-output.mjs --corpus MESON-SOURCES [--meson 'python3 …/meson.py']
//        [--kaon KAON] [--only CATEGORY,…] [--match REGEX] [--keep FOLDER] [--frequent]
//
// The corpus is worked on in place, so take a copy. What Meson says is kept in FOLDER and not asked for
// again. Each line that only one of them says is printed, unless it is explained (compare-output-explained.mjs);
// `--frequent` counts kinds of lines instead. Exits with 1 where a line is not explained.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { diffArrays } from 'diff';
import { explanationOf, isShown, normalised } from './compare-output-explained.mjs';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: '' },
    meson: { type: 'string', default: 'meson' },
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
    only: { type: 'string' },
    match: { type: 'string', default: '' },
    keep: { type: 'string', default: join(tmpdir(), 'meson-output') },
    frequent: { type: 'boolean', default: false },
  },
});
const cases = resolve(values.corpus, 'test cases');
const wanted = new RegExp(values.match);
const categories = values.only?.split(',') ?? readdirSync(cases).sort();
/** Both build here, one after the other, so that they say the same of it. */
const build = join(tmpdir(), `output-${process.pid}`);
/** @type {Map<string, number>} */
const counts = new Map();
let different = 0;
let compared = 0;
for (const category of categories) {
  for (const name of readdirSync(join(cases, category)).sort(byNumber)) {
    const source = join(cases, category, name);
    if (!wanted.test(`${category}/${name}`) || !existsSync(join(source, 'meson.build'))) continue;
    compared++;
    compare(`${category}/${name}`, source);
  }
}
for (const [kind, count] of [...counts].sort((a, b) => b[1] - a[1]))
  console.log(`${count}\t${kind}`);
console.log(`${different} of ${compared} cases differ`);
process.exit(different === 0 ? 0 : 1);

/** @param {string} name @param {string} source */
function compare(name, source) {
  const meson = mesonOutput(name, source);
  const kaon = setUp([values.kaon], source);
  const [before, after] = [meson, kaon].map((text) =>
    normalised(text, { source, build }).filter(isShown),
  );
  const lines = diffArrays(before ?? [], after ?? []).flatMap(({ added, removed, value }) =>
    added || removed ? value.map((line) => `${added ? '+' : '-'} ${line}`) : [],
  );
  const left = lines.filter((line) => explanationOf(line, lines, after ?? []) === undefined);
  if (left.length === 0) return;
  different++;
  if (!values.frequent) console.log(`${name}\n${left.map((line) => `  ${line}`).join('\n')}`);
  for (const line of values.frequent ? left : []) {
    const kind = line.replace(/'[^']*'|"[^"]*"|\d+/g, '…').slice(0, 60);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
}

/** @param {string} name @param {string} source */
function mesonOutput(name, source) {
  const kept = join(values.keep, `${name.replaceAll('/', '_')}.txt`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const text = setUp(values.meson.split(' '), source).replaceAll(build, '/BUILD');
  mkdirSync(values.keep, { recursive: true });
  writeFileSync(kept, text);
  return text;
}

/** @param {readonly string[]} command @param {string} source */
function setUp([program = '', ...words], source) {
  rmSync(build, { recursive: true, force: true });
  const environment = { ...process.env, MESON_RUNNING_IN_PROJECT_TESTS: '1', KAON_AS_MESON: '1' };
  const options = [
    '--prefix',
    '/usr',
    '--libdir',
    'lib',
    '--backend=ninja',
    ...caseOptions(source),
  ];
  const { stdout, stderr } = spawnSync(program, [...words, 'setup', ...options, build, source], {
    cwd: source,
    encoding: 'utf8',
    env: environment,
    timeout: 300_000,
  });
  rmSync(build, { recursive: true, force: true });
  return stdout + stderr;
}

/** Machine files of the case, and the first of each of its options. @param {string} source */
function caseOptions(source) {
  const files = ['native', 'cross'].flatMap((kind) => {
    const path = join(source, `${kind}file.ini`);
    return existsSync(path) ? [`--${kind}-file`, path] : [];
  });
  const path = join(source, 'test.json');
  if (!existsSync(path)) return files;
  /** @type {{ matrix?: { options?: Record<string, { val: string | null }[]> } }} */
  const { matrix } = JSON.parse(readFileSync(path, 'utf8'));
  const chosen = Object.entries(matrix?.options ?? {}).flatMap(([name, [first]]) =>
    first === undefined || first.val === null ? [] : [`-D${name}=${first.val}`],
  );
  return [...files, ...chosen];
}

/** @param {string} a @param {string} b */
function byNumber(a, b) {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}
