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
    expect(place.kaon(['ninja', '-n']).stdout).toBe('[1/1] Again\n');
    const run = place.kaon(['ninja']);
    expect(run.status, told(run)).toBe(0);
    expect(run.stdout).toBe('[1/1] Again\nninja: no work to do.\n');
  });

  const age = (place: ReturnType<typeof project>, ...names: readonly string[]): void => {
    const old = new Date(Date.now() - 60_000);
    for (const name of names) utimesSync(join(place.folder, name), old, old);
  };

  test('where what it is made of is looked for each time, as with globs of CMake', () => {
    const place = project({
      'build.ninja': `rule look
  command = ls dir > found.new; cmp -s found.new found || mv found.new found
  description = Looking
rule again
  command = touch build.ninja
  description = Again
  generator = 1
rule make
  command = touch $out
build always: phony
build found: look | always
  restat = 1
build build.ninja: again found
build x: make
default x
`,
      'dir/a': '',
      found: 'a\n',
    });
    age(place, 'build.ninja', 'found');
    expect(place.kaon(['ninja']).stdout).toBe('[1/1] Looking\n[1/1] touch x\n');
    expect(place.kaon(['ninja']).stdout).toBe('[1/1] Looking\nninja: no work to do.\n');
    place.write('dir/b', '');
    const { stdout } = place.kaon(['ninja']);
    expect(stdout).toBe('[1/1] Looking\n[2/2] Again\n[1/1] Looking\nninja: no work to do.\n');
  });

  test('by what its depfile names, and a stamp that it stands for, as with gn', () => {
    const place = project({
      'build.ninja': `rule gn
  command = touch build.ninja stamp
  description = Again
  generator = 1
  depfile = d
build stamp: gn
build build.ninja: phony stamp
rule make
  command = touch $out
build x: make
default x
`,
      d: 'stamp: in\n',
      in: '',
      stamp: '',
    });
    age(place, 'in');
    expect(place.kaon(['ninja']).stdout).toBe('[1/1] touch x\n');
    place.write('in', 'more');
    expect(place.kaon(['ninja']).stdout).toBe('[1/1] Again\nninja: no work to do.\n');
  });

  test('once, where it comes out the same', () => {
    const place = project({
      'build.ninja': `rule again
  command = true $in
  description = Again
  generator = 1
  restat = 1
build build.ninja: again in
rule make
  command = touch $out
build x: make
default x
`,
      in: '',
    });
    age(place, 'build.ninja');
    expect(place.kaon(['ninja']).stdout).toBe('[1/1] Again\n[1/1] touch x\n');
    expect(place.kaon(['ninja']).stdout).toBe('ninja: no work to do.\n');
  });

  test('and says what it failed at', () => {
    const place = project({
      'build.ninja': 'rule again\n  command = exit 3\nbuild build.ninja: again in\n',
      in: '',
    });
    age(place, 'build.ninja');
    const failed = place.kaon(['ninja', '-k0']);
    expect(failed.stderr).toBe("ninja: error: rebuilding 'build.ninja': subcommand failed\n");
    expect(failed.status).toBe(1);
    place.write('build.ninja', 'rule again\n  command = exit 3\nbuild build.ninja: again no\n');
    expect(place.kaon(['ninja']).stderr).toBe(
      "ninja: error: rebuilding 'build.ninja': 'no', needed by 'build.ninja', missing and no known rule to make it\n",
    );
  });
});
