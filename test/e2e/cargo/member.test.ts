import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kaon } from '../support/kaon.ts';
import { project, told } from '../support/project.ts';

const manifest = (name: string) =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n`;
const member = (name: string) => ({
  [`crates/${name}/Cargo.toml`]: manifest(name),
  [`crates/${name}/src/main.rs`]: `fn main() { println!("${name} runs"); }\n#[test]\nfn of_${name}() {}\n`,
});

test('in the folder of a member, kaon builds, runs and tests that member, elsewhere the workspace', () => {
  const made = project({
    'Cargo.toml': '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n',
    ...member('one'),
    ...member('two'),
  });
  const there = (words: readonly string[]) =>
    kaon(words, { cwd: join(made.folder, 'crates/two/src') });
  expect(told(there([]))).not.toContain('crate one');
  expect(there(['run']).stdout).toMatch(/^two runs$/m);
  // What the launcher says of the whole is no answer, neither now nor after it.
  const whole = made.kaon([]);
  expect(told(whole)).toContain('Compiling crate one');
  expect(told(whole)).not.toContain('Compiling crate two');
  expect(told(made.kaon([]))).toContain('up to date');
  const tested = there(['test', '-v']);
  expect(tested.status, told(tested)).toBe(0);
  expect(told(tested)).toContain('of_two');
  expect(told(tested)).not.toContain('of_one');
  // Who names packages is heard there too.
  expect(told(there(['test', '-v', '--workspace']))).toContain('of_one');
});
