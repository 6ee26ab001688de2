import { join } from 'node:path';
import { diffArrays } from 'diff';
import { quoteWord } from '../../src/base/shell-words.ts';
import { explained } from '../conformance/compare-explained.mjs';
import { explanationOf } from '../conformance/compare-output-explained.mjs';
import { differences } from '../conformance/compare-values.mjs';
import { type Place, showFiles } from './place.ts';
import { type Outcome, play, type Sequence } from './sequence.ts';

/**
 * The first step that differs, and how: what comes after it, or after a setup that fails, may only follow
 * from it.
 */
export function compareSequence(sequence: Sequence, place: Place): readonly string[] {
  const about = { folder: join(place.folder, 'project') };
  const environment = { ...place.environment, DESTDIR: join(about.folder, 'staged') };
  const theirs = play(sequence, { ...about, command: place.meson, environment });
  const ours = play(sequence, {
    ...about,
    command: place.kaon,
    environment: { ...environment, KAON_AS_MESON: '1' },
  });
  for (const [at, outcome] of theirs.entries()) {
    const own = ours[at];
    if (own === undefined) continue;
    // Nothing is to be learned from how Meson comes to grief.
    if (
      own.status !== 0 &&
      outcome.said.some((line) => line.endsWith(': Unhandled python exception'))
    )
      return [];
    const lines = [
      ...statusLines(outcome, own),
      ...wordLines(outcome, own),
      ...factLines(outcome, own),
    ];
    if (lines.length > 0) return [`${at + 1}. ${outcome.step}`, ...lines];
    if (outcome.status !== 0 && outcome.step.startsWith('setup')) return [];
  }
  return [];
}

export function showSequence({ files, steps }: Sequence): string {
  const shown = steps.map((step, at) => {
    const what =
      'path' in step ? `${step.path}\n${step.text}` : step.words.map(quoteWord).join(' ');
    return `---- ${at + 1}. ${what}`;
  });
  return [showFiles(files), ...shown].join('\n');
}

function statusLines(theirs: Outcome, ours: Outcome): readonly string[] {
  if (theirs.status === ours.status) return [];
  const verdict = ({ status, said }: Outcome): string => [status, ...said.slice(-1)].join(': ');
  return [`Meson ends with ${verdict(theirs)}`, `kaon ends with ${verdict(ours)}`];
}

function wordLines(theirs: Outcome, ours: Outcome): readonly string[] {
  const lines = diffArrays([...theirs.said], [...ours.said]).flatMap(({ added, removed, value }) =>
    added || removed ? value.map((line) => `${added ? '+' : '-'} ${line}`) : [],
  );
  return lines.filter(
    (line) => !repeated.test(line) && explanationOf(line, lines, ours.said) === undefined,
  );
}

/** kaon reads all options at each setup and says again what is old about them, Meson at the first. */
const repeated = /^\+ .*DEPRECATION: (Option "|Duplicated values)/;

function factLines(theirs: Outcome, ours: Outcome): readonly string[] {
  return [...theirs.facts].flatMap(([name, fact]) => {
    return differences(name, fact, ours.facts.get(name))
      .filter((one) => !explained.some(({ explains }) => explains(one, () => undefined)))
      .map(
        ({ path, meson, kaon }) => `${path}: ${JSON.stringify(meson)} | ${JSON.stringify(kaon)}`,
      );
  });
}
