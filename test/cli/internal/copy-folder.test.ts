import { expect, test } from 'vitest';
import { copyContent, copyFile } from '../../../src/cli/internal/copy-folder.ts';
import { memorySession } from '../../support/memory-session.ts';

test('a copied file keeps its permissions, a copied content has those of a new file', () => {
  const { session, host, printed } = memorySession({ 'picture.png': 'dots', 'new.png': '' });
  const mode = (path: string) => host.files.stat(path)?.mode;
  host.files.setMode('/project/picture.png', 0o664);
  expect(copyFile(session, '/project/picture.png', '/project/one.png')).toBe(true);
  expect(copyContent(session, '/project/picture.png', '/project/other.png')).toBe(true);
  expect(mode('/project/one.png')).toBe(0o664);
  expect(mode('/project/other.png')).toBe(mode('/project/new.png'));
  expect(host.read('other.png')).toBe('dots');
  expect(copyContent(session, '/project/none', '/project/other.png')).toBe(false);
  expect(printed()).toMatch(/^kaon: \/project\/none cannot be copied: /);
});
