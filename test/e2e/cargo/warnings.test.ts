import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

const manifest = '[package]\nname = "warns"\nversion = "1.0.0"\nedition = "2021"\n';

test('warnings of crates that are not compiled again are told again, as with Cargo, until they are mended', () => {
  const made = project({
    'Cargo.toml': manifest,
    'src/lib.rs': 'fn unused() {}\n',
    'src/main.rs': 'fn main() {}\n',
    'build.rs': 'fn main() { println!("cargo::warning=mind the gap"); }\n',
  });
  const times = (text: string): number => text.split('`unused` is never used').length - 1;
  const first = told(made.kaon([]));
  expect(times(first), first).toBe(1);
  for (const _ of [1, 2]) {
    const again = told(made.kaon([]));
    expect(times(again), again).toBe(1);
    expect(again).toMatch(/mind the gap[\s\S]*warns is up to date/);
  }
  // What is compiled again is told once, and what is not as well.
  for (const word of ['one', 'two']) {
    made.write('src/main.rs', `fn main() { let ${word} = 1; }\n`);
    const edited = told(made.kaon([]));
    expect(times(edited), edited).toBe(1);
    expect(edited.split(`unused variable: \`${word}\``)).toHaveLength(2);
    expect(told(made.kaon([]))).toContain(`unused variable: \`${word}\``);
  }
  made.write('src/main.rs', 'fn main() {}\n');
  made.write('src/lib.rs', 'pub fn used() {}\n');
  made.write('build.rs', 'fn main() {}\n');
  for (const _ of [1, 2]) expect(told(made.kaon([]))).not.toMatch(/warning|mind the gap/);
  // Nor are those of a build without node forgotten.
  for (const word of ['one', 'two', 'three']) {
    made.write('src/main.rs', `fn main() { println!("${word}"); }\n`);
    expect(told(made.kaon([]))).not.toContain('warning');
  }
  made.write('src/main.rs', 'fn main() { let left = 1; }\n');
  expect(told(made.kaon([]))).toContain('unused variable: `left`');
  expect(told(made.kaon([]))).toContain('unused variable: `left`');
  expect(told(made.kaon(['compile']))).toContain('Nothing to do');
});
