import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

const manifest = '[package]\nname = "warns"\nversion = "1.0.0"\nedition = "2021"\n';

test("what is made, up to date and said of it is told in Cargo's messages", () => {
  const made = project({
    'Cargo.toml': manifest,
    'src/main.rs': 'fn main() { let first = 1; }\n',
    'build.rs': 'fn main() { println!("cargo::rustc-env=SAID=1"); }\n',
  });
  const messages = (...words: readonly string[]): readonly (readonly unknown[])[] => {
    const { stdout } = made.kaon([...words, '--message-format', 'json']);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ reason, target, fresh, message, success }) =>
        [reason, target?.name, fresh, message?.message, success].filter((one) => one !== undefined),
      );
  };
  const all = (isFresh: boolean, variable: string): readonly (readonly unknown[])[] => [
    ['compiler-artifact', 'build-script-build', isFresh],
    ['build-script-executed'],
    ['compiler-message', 'warns', `unused variable: \`${variable}\``],
    ['compiler-artifact', 'warns', isFresh],
    ['build-finished', true],
  ];
  expect(messages()).toEqual(all(false, 'first'));
  expect(messages()).toEqual(all(true, 'first'));
  // Nor are warnings of a build without node forgotten.
  for (const word of ['one', 'two', 'three']) {
    made.write('src/main.rs', `fn main() { println!("${word}"); }\n`);
    told(made.kaon([]));
  }
  made.write('src/main.rs', 'fn main() { let left = 1; }\n');
  told(made.kaon([]));
  expect(messages()).toEqual(all(true, 'left'));
  expect(messages('test', '--no-run')).toContainEqual([
    ...['compiler-message', 'warns', 'unused variable: `left`'],
  ]);
  made.write('src/main.rs', 'fn main() { missing(); }\n');
  expect(messages().at(-1)).toEqual(['build-finished', false]);
  const short = told(made.kaon(['--message-format', 'short']));
  expect(short).toContain('src/main.rs:1:13: error[E0425]: cannot find function `missing`');
});
