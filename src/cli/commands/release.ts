import type { Command } from 'commander';
import { quoteWords } from '../../base/shell-words.ts';
import { findChangelog, sectionOf } from '../../release/changelog.ts';
import type { Signing } from '../../release/sign.ts';
import { git, isInGit } from '../../release/source/git-source.ts';
import { openBuild } from '../build/open-build.ts';
import { type Dist, type DistRequest, distName, makeDist } from '../release/make-dist.ts';
import { type ReleaseWish, releaseChecks, taggedAs, usualTag } from '../release/release-checks.ts';
import { exitCodes, type Session } from '../session.ts';
import { jsonLine } from '../terminal/json-line.ts';
import { refuse } from '../terminal/refuse.ts';
import { flag, parseWords, text } from '../words/parse-words.ts';
import { defineDistOptions, distRequest } from './dist.ts';

/** `kaon release VERSION [OPTIONS]`: checks, archives, tag, notes. Nothing is pushed. */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'release', summary: 'Make a release. Nothing is pushed.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const request = distRequest(options);
  if (!request.ok) return refuse(session, request.error);
  const opened = await openBuild(session, { directory: text(options, 'C') });
  if (!opened.ok) return opened.error;
  try {
    const { state } = opened.value;
    if (!(await isInGit(session.host, state.sourceRoot)))
      return refuse(session, 'Releases are made of projects that git keeps.');
    const version = (operands[0] ?? '').replace(/^v(?=\d)/, '');
    const named = { name: state.project.name, version };
    const tag = text(options, 'tag') ?? (await usualTag(session.host, state.sourceRoot, named));
    const wish = { state, version, tag, allowDirty: request.value.allowDirty };
    return await makeRelease(session, {
      wish,
      dist: request.value,
      dryRun: flag(options, 'dryRun'),
    });
  } finally {
    opened.value.release();
  }
}

function define(command: Command): void {
  command
    .argument('<version>', 'The version, as the build file says it')
    .option('-C <dir>', 'The build directory')
    .option('-n, --dry-run', 'Check everything, and show what would be done')
    .option('--tag <name>', 'The name of the tag; by default as earlier tags are named');
  defineDistOptions(command);
}

interface Release {
  readonly wish: ReleaseWish;
  readonly dist: DistRequest;
  readonly dryRun: boolean;
}

async function makeRelease(session: Session, release: Release): Promise<number> {
  const { host, terminal, json } = session;
  const { wish, dist, dryRun } = release;
  const { sourceRoot } = wish.state;
  if (!(await checksPass(session, wish))) {
    refuse(session, 'The project is not ready for this release.');
    return exitCodes.failed;
  }
  const isTagged = (await taggedAs(host, sourceRoot, wish.tag)) === 'here';
  const tagWords = tagCommand(wish, dist.signing);
  const steps = [
    `archive   kaon dist --formats ${dist.formats.join(',')}${dist.tests ? ', built and tested offline' : ''}`,
    ...(isTagged ? [] : [`tag       git ${quoteWords(tagWords)}`]),
    `notes     meson-dist/${distName(wish.state)}.notes.md`,
  ];
  if (dryRun) {
    if (!json) terminal.print('\nWould be done:');
    for (const step of steps)
      terminal.print(json ? jsonLine({ kind: 'release-step', text: step }) : `  ${step}`);
    return exitCodes.ok;
  }
  const made = await makeDist(session, wish.state, dist);
  if (!made.ok) {
    refuse(session, made.error);
    return exitCodes.failed;
  }
  // Last, so that what does not build is never tagged.
  const tagged = isTagged ? made : await git(host, sourceRoot, ...tagWords);
  if (!tagged.ok) {
    refuse(session, tagged.error);
    return exitCodes.failed;
  }
  const notes = writeNotes(session, wish, made.value);
  if (json) {
    terminal.print(jsonLine({ kind: 'released', tag: wish.tag, notes, files: made.value.files }));
    return exitCodes.ok;
  }
  terminal.print(`Tagged ${wish.tag}; notes are in ${notes}`);
  terminal.print(`\nNothing was pushed. When all is well:\n  git push origin ${wish.tag}`);
  return exitCodes.ok;
}

async function checksPass({ host, terminal, json }: Session, wish: ReleaseWish): Promise<boolean> {
  let isReady = true;
  for (const { name, look } of releaseChecks) {
    const found = await look(host, wish);
    if (!found.ok) isReady = false;
    const said = found.ok ? found.value : found.error;
    if (json) terminal.print(jsonLine({ kind: 'release-check', name, ok: found.ok, text: said }));
    else terminal.print(`${found.ok ? 'ok  ' : 'FAIL'}  ${name}: ${said}`);
  }
  return isReady;
}

function tagCommand({ state, tag, version }: ReleaseWish, signing: Signing | undefined) {
  const message = ['-m', `${state.project.name} ${version}`, tag];
  if (signing === undefined) return ['tag', '-a', ...message];
  const key = signing.key === undefined ? ['-s'] : ['-u', signing.key];
  const format = signing.by === 'ssh' ? ['-c', 'gpg.format=ssh'] : [];
  return [...format, 'tag', ...key, ...message];
}

/** The changelog's section and what there is to download; answers where it was written. */
function writeNotes({ host }: Session, { state, version }: ReleaseWish, dist: Dist): string {
  const { files } = host;
  const path = `${state.buildRoot}/meson-dist/${distName(state)}.notes.md`;
  const changelog = findChangelog(files, state.sourceRoot);
  const whole =
    changelog === undefined ? undefined : files.readText(`${state.sourceRoot}/${changelog}`);
  const section = whole?.ok === true ? (sectionOf(whole.value, version) ?? '') : '';
  const sums = dist.archives.map(
    ({ path: archive, sha256 }) => `    ${sha256}  ${archive.slice(archive.lastIndexOf('/') + 1)}`,
  );
  const text = [
    `# ${state.project.name} ${version}`,
    section,
    '## Checksums (SHA-256)',
    sums.join('\n'),
  ];
  files.replace(path, `${text.join('\n\n')}\n`);
  return path;
}
