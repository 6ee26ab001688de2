import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { project, told } from './support/project.ts';

describe('kaon ninja makes a manifest anew', () => {
  test('and tells nothing of files that the generator wrote and reads', () => {
    const place = project({
      'build.ninja': `rule again
  command = cp seen configured && touch build.ninja
  description = Again
  generator = 1
build build.ninja: again seen configured
`,
      seen: 'one\n',
      configured: 'none\n',
    });
    const old = new Date(Date.now() - 60_000);
    for (const name of ['build.ninja', 'configured'])
      utimesSync(join(place.folder, name), old, old);
    const run = place.kaon(['ninja']);
    expect(run.status, told(run)).toBe(0);
    expect(run.stdout).toBe('[1/1] Again\nninja: no work to do.\n');
  });
});
