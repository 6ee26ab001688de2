import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const text = readFileSync(resolve(import.meta.dirname, '../../CHANGELOG.md'), 'utf8');
const sections = text.split(/^### /m).slice(1);

test('each entry of the changelog begins with what it is about', () => {
  const items = text.split('\n').filter((line) => /^- /.test(line));
  expect(items.length).toBeGreaterThan(50);
  expect(items.filter((line) => !/^- \*\*[^*]+\*\*/.test(line))).toEqual([]);
});

test('of one thing a section of the changelog has one entry', () => {
  const twice = sections.flatMap((section) => {
    const subjects = [...section.matchAll(/^- \*\*([^*]+)\*\*/gm)].map(([, subject]) => subject);
    return subjects.filter((subject, at) => subjects.indexOf(subject) !== at);
  });
  expect(twice).toEqual([]);
});
