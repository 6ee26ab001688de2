import { expect, test } from 'vitest';
import { sectionOf } from '../../src/release/changelog.ts';

test.each([
  [
    '# Changes\n\n## 1.2.0\n\n- a\n\n### Fixed\n\n- b\n\n## 1.1.0\n\n- c\n',
    '- a\n\n### Fixed\n\n- b',
  ],
  ['## [Unreleased]\n\n## [1.2.0] - 2026-01-02\n- a\n\n## [1.1.0]\n', '- a'],
  ['Version 1.2.0 (May)\n===================\n\n* a\n\nVersion 1.1.0\n=============\n', '* a'],
  ['v1.2.0\n- a\n\nv1.1.0\n- b\n', '- a'],
  ['## 1.2.0\n', ''],
])('the section of a version in %j', (changelog, section) => {
  expect(sectionOf(changelog, '1.2.0')).toBe(section);
});

test('a version that only begins alike, or is only spoken of, has no section', () => {
  expect(sectionOf('## 1.2.0-rc1\n\n- a\n', '1.2.0')).toBeUndefined();
  expect(sectionOf('## 1.3.0\n\nSince 1.2.0:\n', '1.2.0')).toBeUndefined();
  expect(sectionOf('## 11.2.0\n\n- a\n', '1.2.0')).toBeUndefined();
});
