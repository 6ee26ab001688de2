import { expect, test } from 'vitest';
import { project, told } from './support/project.ts';

const manifest = (more: string) =>
  `[package]\nname = "p"\nversion = "1.0.0"\nedition = "2021"\n${more}`;

test('what Cargo cannot lock is told without the build file that nobody wrote', () => {
  const made = project({
    'Cargo.toml': manifest('[dependencies]\ngone = { path = "../gone" }\n'),
    'src/lib.rs': '',
  });
  const said = told(made.kaon([]));
  expect(said).toMatch(
    /^ERROR: \S+ has no Cargo.lock, and none can be made: failed to get `gone`/m,
  );
  expect(said).toMatch(/^ {2}hint: failed to load source for dependency `gone`; .*No such file/m);
  expect(said).not.toMatch(/made from|Caused by/);
});
