import { expect, test } from 'vitest';
import { project, told } from '../support/project.ts';

const manifest = (more: string) =>
  `[package]\nname = "p"\nversion = "1.0.0"\nedition = "2021"\n${more}`;

test('what Cargo cannot lock is told at its line, without the build file that nobody wrote', () => {
  const made = project({
    'Cargo.toml': manifest('[dependencies]\ngone = { git = "file:///nowhere/gone" }\n'),
    'src/lib.rs': '',
  });
  const said = told(made.kaon([]));
  expect(said).toMatch(/Cargo\.toml:6:0: ERROR: failed to get `gone` as a dependency of package/);
  expect(said).toMatch(/^ {2}hint: failed to load source for dependency `gone`; /m);
  expect(said).not.toMatch(/made from|Caused by/);
});

test('a package that is not where a path says is told at its line', () => {
  const made = project({
    'Cargo.toml': manifest('[dependencies]\ngone = { path = "../gone" }\n'),
    'src/lib.rs': '',
  });
  const said = told(made.kaon([]));
  expect(said).toMatch(
    /Cargo\.toml:6:0: ERROR: failed to load manifest for dependency `gone`\n +6 \| gone = /,
  );
  expect(said).toMatch(/^ {2}hint: \S+\/gone\/Cargo\.toml is not there\.$/m);
});
