import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { bin } from './support/kaon.ts';
import { project, told } from './support/project.ts';

const manifest = `rule cat
  command = cat $in > $out
  description = Joining $out
rule note
  command = echo "$out: $in" > $out.d && cat $in > $out
  depfile = $out.d
  deps = gcc
build ab: cat a b
build abc: note ab c | always
build always: phony c
build both: phony abc ab
rule bad
  command = false
build broken: bad a
default both
`;

describe('kaon ninja on the manifest of another tool', () => {
  const files = { 'build.ninja': manifest, a: 'a\n', b: 'b\n', c: 'c\n' };

  test('builds, has nothing to do then, and sees a change', () => {
    const place = project(files);
    const read = (path: string): string => readFileSync(join(place.folder, path), 'utf8');
    const first = place.kaon(['ninja']);
    expect(first.status, told(first)).toBe(0);
    expect(read('abc')).toBe('a\nb\nc\n');
    expect(place.kaon(['ninja']).stdout).toBe('ninja: no work to do.\n');
    place.write('b', 'B\n');
    const dry = place.kaon(['ninja', '-n', '-d', 'explain']);
    expect(dry.stdout).toContain('Joining ab');
    expect(dry.stderr).toContain('explain: output ab older than most recent input b\n');
    expect(place.kaon(['ninja', 'b^']).status).toBe(0);
    expect(read('ab')).toBe('a\nB\n');
    expect(place.kaon(['ninja', '-t', 'clean']).stdout).toBe('Cleaning... 2 files.\n');
    expect(existsSync(join(place.folder, 'ab'))).toBe(false);
  });

  test('ends with 1 for a command that fails, a name that nobody knows, and a manifest that is wrong', () => {
    const place = project(files);
    const broken = place.kaon(['ninja', 'broken']);
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('FAILED: [code=1] broken \nfalse\nninja: build stopped: sub');
    const unknown = place.kaon(['ninja', 'bth']);
    expect(unknown.stderr).toBe("ninja: error: unknown target 'bth', did you mean 'both'?\n");
    place.write('build.ninja', 'build x: nothing\n');
    const wrong = place.kaon(['ninja']);
    expect(wrong.stderr).toContain("ninja: error: build.ninja:1: unknown build rule 'nothing'\n");
    expect(wrong.status).toBe(1);
  });

  test('ends as the command that failed did, and begins lines as NINJA_STATUS says', () => {
    const place = project({ 'build.ninja': 'rule r\n  command = exit 7\nbuild a: r\n' });
    expect(place.kaon(['ninja']).status).toBe(7);
    const run = place.kaon(['ninja'], { env: { NINJA_STATUS: '<%f of %t> ' } });
    expect(run.stdout).toContain('<1 of 1> exit 7\n');
    const wrong = place.kaon(['ninja'], { env: { NINJA_STATUS: '%y' } });
    expect(wrong.stderr).toBe("ninja: error: unknown placeholder '%y' in $NINJA_STATUS\n");
  });

  test('runs as many commands as the make that calls it, which share its tokens', () => {
    const steps = ['a', 'b', 'c', 'd', 'e', 'f'];
    // Each waits for the others: they end where they run at once.
    const wait =
      'for n in $$(seq 200); do [ $$(ls *.here | wc -l) = 6 ] && exit 0; sleep 0.05; done';
    const rule = `rule r\n  command = touch $out.here; ${wait}; exit 1\n`;
    const place = project({
      'build.ninja': rule + steps.map((step) => `build ${step}: r\n`).join(''),
      Makefile: `all:\n\t+${bin} ninja\n`,
    });
    const run = spawnSync('make', ['-j6'], { cwd: place.folder, encoding: 'utf8' });
    expect(run.status, run.stdout + run.stderr).toBe(0);
  });

  test('says what has the console before that speaks, and nothing of files that nobody makes', () => {
    const place = project({
      'build.ninja':
        'rule r\n  command = echo said $out\n  description = Running $out\n  pool = console\nbuild a: r\nbuild b: r a\n',
    });
    const lines = '[1/2] Running a\nsaid a\n[2/2] Running b\nsaid b\n';
    expect(place.kaon(['ninja']).stdout).toBe(lines);
    expect(place.kaon(['ninja', '-n', '-v']).stdout).toBe('[1/2] echo said a\n[2/2] echo said b\n');
  });

  test('makes the manifest anew first, where it is old, by what asks for ninja itself', () => {
    const text = (out: string): string =>
      `rule make\n  command = cp next build.ninja && ${bin} ninja -t restat build.ninja\n  generator = 1\nrule touch\n  command = echo x > $out\nbuild build.ninja: make next\nbuild ${out}: touch\ndefault ${out}\n`;
    const place = project({ 'build.ninja': text('one'), next: text('two') });
    spawnSync('touch', ['-d', '2001-01-01', join(place.folder, 'build.ninja')]);
    expect(place.kaon(['ninja']).status).toBe(0);
    expect(existsSync(join(place.folder, 'two'))).toBe(true);
    expect(existsSync(join(place.folder, 'one'))).toBe(false);
  });

  test('ends with 130 whatever signal interrupts it', async () => {
    const place = project({
      'build.ninja': 'rule r\n  command = touch here; sleep 60\nbuild a: r\n',
    });
    const child = spawn(bin, ['ninja'], { cwd: place.folder });
    const ended = new Promise((resolve) => child.on('close', resolve));
    while (!existsSync(join(place.folder, 'here'))) await sleep(20);
    child.kill('SIGTERM');
    expect(await ended).toBe(130);
  });

  test('knows what headers are read by', () => {
    const place = project({
      'build.ninja':
        'rule r\n  command = echo "$out: h" > $out.d && cat h > $out\n  depfile = $out.d\nbuild a: r s\n',
      s: '',
      h: 'one\n',
    });
    expect(place.kaon(['ninja']).status).toBe(0);
    place.write('h', 'two\n');
    expect(place.kaon(['ninja', 'h^']).status).toBe(0);
    expect(place.read('a')).toBe('two\n');
  });

  test('keeps the manifest, as old as it was, where it cannot be made anew', () => {
    const text =
      'rule make\n  command = false\nrule touch\n  command = echo x > $out\nbuild build.ninja: make next\nbuild x: touch\n';
    const place = project({ 'build.ninja': text, next: '' });
    spawnSync('touch', ['-d', '2001-01-01', join(place.folder, 'build.ninja')]);
    for (let time = 0; time < 2; time++) {
      expect(place.kaon(['ninja']).stdout).toContain('FAILED: [code=1] build.ninja');
    }
    expect(place.read('build.ninja')).toBe(text);
  });

  test('loads what a dyndep file says once it is built', () => {
    const text = `rule copy
  command = cp $in $out
rule use
  command = cat $in more > $out; echo > $out.mod
build dd: copy dd.in
build more: copy c
build x: use a || dd
  dyndep = dd
`;
    const dyndep = 'ninja_dyndep_version = 1\nbuild x | x.mod: dyndep | more\n';
    const place = project({ ...files, 'build.ninja': text, 'dd.in': dyndep });
    const run = place.kaon(['ninja', 'x']);
    expect(run.status, told(run)).toBe(0);
    expect(readFileSync(join(place.folder, 'x'), 'utf8')).toBe('a\nc\n');
    // As CMake asks whenever it has made the manifest anew.
    expect(place.kaon(['ninja', '-t', 'cleandead']).stdout).toBe('Cleaning... 0 files.\n');
    expect(place.kaon(['ninja', '-t', 'clean']).stdout).toBe('Cleaning... 4 files.\n');
    expect(place.kaon(['ninja', 'more']).status).toBe(0);
    expect(existsSync(join(place.folder, 'dd')), 'what tells of others is not needed').toBe(false);
  });

  test.runIf(existsSync(join(bin, '../../dist/look')))(
    'says without node that there is no work to do, until something is different',
    async () => {
      const text = `rule cc
  command = cat $in h > $out && echo "$out: h" > $out.d
  depfile = $out.d
build x: cc a || here
build y: cc x
rule make
  command = cat $in > $out
  generator = 1
build build.ninja: make made
`;
      const node = `#!/bin/sh\necho started >> "${'$'}STARTS"\nexec '${process.execPath}' "$@"\n`;
      const place = project({ a: 'a\n', h: '1\n', here: '', 'build.ninja': text, made: text });
      place.write('bin/node', node);
      chmodSync(join(place.folder, 'bin/node'), 0o755);
      const env = {
        PATH: `${join(place.folder, 'bin')}:${process.env['PATH']}`,
        STARTS: join(place.folder, 'starts'),
      };
      /** What it says, and whether node had to come. */
      const said = (...words: readonly string[]): readonly [string, boolean] => {
        rmSync(env.STARTS, { force: true });
        const run = place.kaon(['ninja', ...words], { env });
        return [run.stdout + run.stderr, existsSync(env.STARTS)];
      };
      const none = 'ninja: no work to do.\n';
      const settled = async (): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(said()).toEqual([none, true]);
        expect(said()).toEqual([none, false]);
      };
      expect(said()[0]).toContain('[2/2]');
      await settled();
      expect(said('-C', '.', '-j3')).toEqual([`ninja: Entering directory \`.'\n${none}`, false]);
      expect(said('-n')).toEqual([none, true]);
      expect(said()).toEqual([none, false]);
      place.write('h', '2\n');
      expect(said()[0]).toContain('[2/2]');
      expect(place.read('y')).toBe('a\n2\n2\n');
      await settled();
      rmSync(join(place.folder, 'x'));
      expect(said()[0]).toContain('[1/2]');
      await settled();
      rmSync(join(place.folder, 'here'));
      expect(said()[0]).toContain("'here', needed by 'x', missing");
      place.write('here', '');
      await settled();
      place.write('made', text.replace('build y: cc x', 'build z: cc x'));
      expect(said()[0]).toContain('cat x h > z');
      await settled();
      place.write('made', `${text}build q: phony q\n`);
      for (const _ of [1, 2, 3]) {
        expect(said()[0]).toContain('ninja: warning: ');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  );

  test('makes a dyndep file of what another tells of, and runs each command once', () => {
    // As CMake has it for Fortran: x is compiled before what tells of y is made, and y.mod is of x's.
    const text = `rule copy
  command = cp $in $out
rule module
  command = cat $in > $out && cat $in > $out.mod
rule use
  command = cat $in x.mod > $out
rule say
  command = echo $out >> said
build never: say
build x.dd: copy x.in || never
build x: module a || x.dd never
  dyndep = x.dd
build y.dd: copy y.in | x
build y: use b || y.dd
  dyndep = y.dd
`;
    const head = 'ninja_dyndep_version = 1\n';
    const place = project({
      ...files,
      'build.ninja': text,
      'x.in': `${head}build x | x.mod: dyndep\n  restat = 1\n`,
      'y.in': `${head}build y: dyndep | x.mod\n`,
    });
    const run = place.kaon(['ninja', 'y']);
    expect(run.status, told(run)).toBe(0);
    expect(place.read('y')).toBe('b\na\n');
    expect(place.read('said')).toBe('never\n');
    const again = place.kaon(['ninja', 'y']);
    expect(again.stdout).toBe('[1/1] echo never >> said\n');
    place.write('a', 'A\n');
    expect(place.kaon(['ninja', 'y']).status).toBe(0);
    expect(place.read('y')).toBe('b\nA\n');
  });

  test('-k 0 goes on without a dyndep file that cannot be made, in one count with one end', () => {
    const text = `rule copy
  command = cp $in $out
rule fails
  command = exit 3
build bad.dd: fails b
build x: copy a || bad.dd
  dyndep = bad.dd
build x2: copy x
build good.dd: copy y.in
build y: copy b || good.dd
  dyndep = good.dd
build z: copy c
`;
    const dyndep = 'ninja_dyndep_version = 1\nbuild y: dyndep\n';
    const place = project({ ...files, 'build.ninja': text, 'y.in': dyndep });
    const run = place.kaon(['ninja', '-k0', '-j1']);
    expect(run.status, told(run)).toBe(3);
    const lines = run.stdout.split('\n').filter((line) => /^\[|^ninja/.test(line));
    expect(lines).toEqual([
      '[1/2] exit 3',
      '[2/2] cp y.in good.dd',
      expect.stringMatching(/^\[3\/6\] cp /),
      expect.stringMatching(/^\[4\/6\] cp /),
      'ninja: build stopped: cannot make progress due to previous errors.',
    ]);
    const made = (name: string): boolean => existsSync(join(place.folder, name));
    expect(['x', 'x2', 'y', 'z'].filter(made)).toEqual(['y', 'z']);
  });

  test('tells nothing but what commands say, where asked, and commands as they are written', () => {
    const text =
      'rule say\n  command = echo $out > $out; echo "I am $out"\n  description = of $out\nbuild x: say a\nbuild y: say a\n';
    const place = project({ ...files, 'build.ninja': text });
    expect(place.kaon(['ninja', '--quiet', 'x']).stdout).toBe('I am x\n');
    const all = '[1/1] echo y > y; echo "I am y"\nI am y\n';
    expect(place.kaon(['ninja', '-v', 'y']).stdout).toBe(all);
  });
});
