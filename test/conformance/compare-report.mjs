// Says what two tools made of one project, and counts what differs without an explanation.
import { diffArrays } from 'diff';
import { explained } from './compare-explained.mjs';
import { explanationOf } from './compare-output-explained.mjs';
import { kinds } from './compare-side.mjs';
import { differences } from './compare-values.mjs';

/** @typedef {import('./compare-side.mjs').Side} Side */
/** @typedef {import('./compare-values.mjs').Difference} Difference */

/**
 * @typedef {object} Shown
 * @property {readonly string[]} [only] Facts that are compared; all where nothing is said.
 * @property {number} [max] Lines shown at most.
 * @property {number} [width] Of a value, in characters.
 * @property {boolean} [words] What the setups print is compared, too.
 * @property {boolean} [each] Differences of one kind are shown one by one.
 * @property {(line: string) => void} [print] Where the lines go.
 */

const everything = [...kinds, 'compile_commands', 'generated', 'results', 'staged'];

/**
 * Prints what differs; answers how many differences nothing explains.
 * @param {string} project
 * @param {Side} meson
 * @param {Side} kaon
 * @param {string} folder Left out of what is shown.
 * @param {Shown} settings
 */
export function compareSides(project, meson, kaon, folder, settings = {}) {
  const { only = everything, max = 40, width = 1000, words = false, each = false } = settings;
  const { print = (line) => console.log(line) } = settings;
  if (meson.failure !== undefined) return bothFail(project, meson.failure, kaon.failure, print);
  if (kaon.failure !== undefined) return failed(project, `kaon: ${kaon.failure}`, 1, print);
  /** @type {(name: string) => string | undefined} */
  const option = (name) =>
    meson.facts['buildoptions']?.find((/** @type {any} */ one) => one.name === name)?.value;
  const all = only.flatMap((kind) => differences(kind, meson.facts[kind], kaon.facts[kind]));
  const found = all.filter((one) => !explained.some(({ explains }) => explains(one, option)));
  const told = all.length > found.length ? `, ${all.length - found.length} explained` : '';
  const verdict = found.length === 0 ? 'equal' : `${found.length} differences`;
  print(`== ${project}: ${verdict}${told} (${clock(meson, kaon)})${tally(meson.facts)}`);
  for (const line of grouped(found, each, width).slice(0, max)) print(line.replaceAll(folder, '…'));
  const lines = words ? linesApart(meson.said, kaon.said) : [];
  for (const line of lines.slice(0, max)) print(`  ${line}`);
  return found.length + lines.length;
}

/** @param {Side} meson @param {Side} kaon */
function clock(meson, kaon) {
  const times = Object.keys(meson.seconds).map(
    (step) => `${step} ${meson.seconds[step]?.toFixed(1)}/${kaon.seconds[step]?.toFixed(1)}`,
  );
  return `CPU seconds Meson/kaon: ${times.join(', ')}`;
}

/** Lines that only one of them prints, but for explained ones. @param {string[]} meson @param {string[]} kaon */
function linesApart(meson, kaon) {
  const lines = diffArrays(meson, kaon).flatMap(({ added, removed, value }) =>
    added || removed ? value.map((line) => `${added ? '+' : '-'} ${line}`) : [],
  );
  return lines.filter((line) => explanationOf(line, lines, kaon) === undefined);
}

/**
 * @param {string} project
 * @param {string} story
 * @param {number} count
 * @param {(line: string) => void} print
 */
function failed(project, story, count, print) {
  print(`== ${project}: ${story}`);
  return count;
}

/**
 * What Meson refuses, kaon refuses at the same place with the same headline.
 * @param {string} project
 * @param {string} meson
 * @param {string | undefined} kaon
 * @param {(line: string) => void} print
 */
function bothFail(project, meson, kaon = 'does it all', print) {
  const [left, right] = [meson, kaon].map(
    // Without a headline it is a compiler that refuses.
    (story) => /(\S+:\d+:\d+: )?ERROR: .*/.exec(story)?.[0] ?? story.split('\n', 1)[0],
  );
  if (left === right) return failed(project, `both say ${left}`, 0, print);
  return failed(project, `Meson: ${left}\n  kaon: ${right}`, 1, print);
}

/** How the tests went with Meson. @param {Record<string, any>} facts */
function tally(facts) {
  const results = Object.values(facts['results'] ?? {});
  if (results.length === 0) return '';
  const names = [...new Set(results)].map(
    (result) => `${results.filter((each) => each === result).length} ${result}`,
  );
  return ` tests: ${names.join(', ')}`;
}

/**
 * Differences whose places differ by a name only are one line, unless each is wanted.
 * @param {Difference[]} found @param {boolean} singly @param {number} width
 */
function grouped(found, singly, width) {
  /** @type {Map<string, Difference[]>} */
  const groups = new Map();
  for (const each of found) {
    const shape = singly ? each.path : each.path.replace(/\{.*?\}/, '{*}');
    groups.set(shape, [...(groups.get(shape) ?? []), each]);
  }
  return [...groups.values()].map((same) => {
    const [{ path, meson, kaon } = { path: '', meson: undefined, kaon: undefined }] = same;
    const more = same.length === 1 ? '' : `  (and ${same.length - 1} like it)`;
    return `  ${path}${more}\n${sides(meson, kaon, width)}`;
  });
}

/**
 * Both sides; what they begin with alike is left out where it is long. Of lists with other members only
 * those are shown.
 * @param {unknown} meson
 * @param {unknown} kaon
 * @param {number} width
 */
function sides(meson, kaon, width) {
  if (Array.isArray(meson) && Array.isArray(kaon)) {
    const only = [without(meson, kaon), without(kaon, meson)];
    const long = JSON.stringify(meson).length > 400;
    if (long && only.flat().length > 0) {
      return `      Meson only ${JSON.stringify(only[0])}\n      kaon  only ${JSON.stringify(only[1])}`;
    }
  }
  const [left, right] = [JSON.stringify(meson) ?? 'nothing', JSON.stringify(kaon) ?? 'nothing'];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const from = same < 120 ? 0 : same - 60;
  /** @type {(text: string) => string} */
  const cut = (text) => `${from > 0 ? '[…]' : ''}${text.slice(from, from + width)}`;
  return `      Meson ${cut(left)}\n      kaon  ${cut(right)}`;
}

/** @param {unknown[]} list @param {unknown[]} other */
function without(list, other) {
  const there = new Set(other.map((each) => JSON.stringify(each)));
  return list.filter((each) => !there.has(JSON.stringify(each)));
}
