import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Project, project, told } from '../support/project.ts';
import { expectBuilt, hasRedo, isRedone, output, settledBuild } from '../support/redo.ts';

const says = (word: string) => `mod other;\nfn main() { println!("${word} {}", other::word()); }\n`;
const other = (word: string) => `pub fn word() -> &'static str { "${word}" }\n`;

function built(): Project {
  const made = project({
    'Cargo.toml':
      '[package]\nname = "tool"\nversion = "1.2.0"\nedition = "2021"\n[workspace]\nmembers = ["part"]\n[dependencies]\npart = { path = "part" }\n',
    'part/Cargo.toml': '[package]\nname = "part"\nversion = "1.0.0"\nedition = "2021"\n',
    'part/src/lib.rs': 'pub fn part() {}\n',
    'src/main.rs': says('first'),
    'src/other.rs': other('one'),
  });
  expectBuilt(made);
  return made;
}

test.runIf(hasRedo)(
  'an edited source of a program is compiled without node, again and again',
  async () => {
    const made = built();
    for (const word of ['second', 'third']) {
      made.write('src/main.rs', says(word));
      const said = await settledBuild(made);
      expect(said).toMatch(
        /^\[1\/2\] Compiling crate tool 1\.2\.0 \(bin tool\)\n\[2\/2\] Copying target\/debug\/tool\ntool built, 2 actions in [\d.]+ s\. Next: kaon test/,
      );
      expect(isRedone(made)).toBe(true);
      expect(told(made.kaon([]))).toContain('up to date');
    }
    // The log hears of it: nothing is done once more, also where node is asked.
    expect(await settledBuild(made, ['why'])).toContain('Nothing would be built');
    expect(isRedone(made)).toBe(false);
    expect(output(made)).toContain('third one');
    made.write('src/other.rs', other('two'));
    await settledBuild(made);
    made.write('part/src/lib.rs', 'pub fn part() {}\npub fn more() {}\n');
    await settledBuild(made);
    expect(await settledBuild(made, ['why'])).toContain('Nothing would be built');
    expect(output(made)).toContain('third two');
  },
);

test.runIf(hasRedo)('rustc goes on from what it did, with node or without', async () => {
  const made = built();
  for (const redone of [true, false]) {
    const before = objects(made);
    // What node has to look into: more than a source of the program has changed.
    if (!redone) made.write('part/src/lib.rs', 'pub fn part() {}\npub fn more() {}\n');
    made.write('src/main.rs', says(`redone ${redone}`));
    await settledBuild(made);
    expect(isRedone(made)).toBe(redone);
    expect([...objects(made)].filter((object) => before.has(object))).not.toEqual([]);
  }
});

/** Objects that rustc keeps of the program, by their inodes: it links those that it takes over. */
function objects({ folder }: Project): ReadonlySet<number> {
  const kept = `${folder}/build/target/debug/incremental`;
  const sessions = readdirSync(kept, { withFileTypes: true, recursive: true })
    .filter(
      (entry) =>
        entry.isDirectory() && /^tool-\w+\/s-/.test(`${basename(entry.parentPath)}/${entry.name}`),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
  const last = sessions.at(-1) ?? kept;
  const names = readdirSync(last).filter((name) => name.endsWith('.o'));
  return new Set(names.map((name) => statSync(join(last, name)).ino));
}

test.runIf(hasRedo)(
  'what a compiler has to say is told as ever, and failures are mended the same way',
  async () => {
    const made = built();
    made.write('src/main.rs', `${says('second')}fn unused() {}\n`);
    const warned = await settledBuild(made);
    expect(warned).toMatch(/^\[1\/2\] Compiling crate tool/);
    expect(warned).toContain('function `unused` is never used');
    expect(warned).toMatch(/tool built, 2 actions in/);
    made.write('src/main.rs', 'mod other;\nfn main() { nothing() }\n');
    const failed = made.kaon([]);
    const again = await settledBuild(made);
    for (const said of [told(failed), again]) {
      expect(said).toContain('FAILED');
      expect(said).toContain('cannot find function `nothing`');
      expect(said.match(/cannot find function/g)).toHaveLength(1);
    }
    expect(failed.status).toBe(1);
    made.write('src/main.rs', says('mended'));
    expect(await settledBuild(made)).toMatch(/tool built, 2 actions in/);
    expect(output(made)).toContain('mended one');
  },
);

test.runIf(hasRedo)(
  'touched, restored, renamed and tampered files are taken for what they are',
  async () => {
    const made = built();
    utimesSync(`${made.folder}/src/main.rs`, 1, 1);
    expect(await settledBuild(made)).toContain('up to date');
    // The same of one that was compiled without node.
    made.write('src/main.rs', says('touched'));
    expect(await settledBuild(made)).toContain('Compiling crate tool');
    utimesSync(`${made.folder}/src/main.rs`, 1, 1);
    expect(await settledBuild(made)).toContain('up to date');
    // A source that another file joins.
    made.write('src/main.rs', says('second').replace('mod other;', 'mod other; mod new;'));
    made.write('src/new.rs', '');
    await settledBuild(made);
    made.write('src/new.rs', 'pub fn unused() {}\n');
    expect(await settledBuild(made)).toContain('Compiling crate tool');
    made.write('src/main.rs', says('third'));
    await settledBuild(made);
    expect(output(made)).toContain('third one');
    // What was first, while the log still knows that.
    made.write('src/main.rs', says('fourth'));
    await settledBuild(made);
    made.write('src/main.rs', says('third'));
    made.write('part/src/lib.rs', 'pub fn part() {}\npub fn other() {}\n');
    await settledBuild(made);
    expect(output(made)).toContain('third one');
    made.write('src/main.rs', says('fifth'));
    await settledBuild(made);
    rmSync(`${made.folder}/build/target/debug/tool`);
    await settledBuild(made);
    expect(output(made)).toContain('fifth one');
  },
);

test('a program lies under its plain name as a link, which follows each build', async () => {
  const made = built();
  const isLink = (): boolean => {
    const at = `${made.folder}/build/target/debug`;
    const programs = readdirSync(`${at}/deps`).filter((name) => /^tool-[0-9a-f]{16}$/.test(name));
    const { ino } = statSync(`${at}/tool`);
    return programs.some((name) => statSync(`${at}/deps/${name}`).ino === ino);
  };
  expect(isLink()).toBe(true);
  expect(told(made.kaon([]))).toContain('up to date');
  for (const words of [[], ['compile']]) {
    made.write('src/main.rs', says(`word${words.length}`));
    await settledBuild(made, words);
    expect(isLink()).toBe(true);
    expect(output(made)).toContain(`word${words.length} one`);
    expect(told(made.kaon([]))).toContain('up to date');
  }
  // What comes out the same leaves the link as it is, with another change time.
  made.write('src/main.rs', `// said\n${says('word1')}`);
  await settledBuild(made, ['compile']);
  await settledBuild(made);
  expect(told(made.kaon([]))).toContain('up to date');
  expect(output(made)).toContain('word1 one');
});
