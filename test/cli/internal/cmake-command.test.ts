import { expect, test } from 'vitest';
import { cmakeCommand } from '../../../src/cli/internal/cmake-command.ts';
import { memorySession } from '../../support/memory-session.ts';

/** Words of a command line; `;;;` stands between parts. */
const words = (line: string): readonly string[] => line.split(' ');

test('commands run in their folder, and what they make is copied to the outputs', () => {
  const { session, host } = memorySession();
  host.program('gen', (run) => run.write('inc/a.h', run.argv.slice(1).join(' ')));
  expect(cmakeCommand(session, words('/b/dir out/a.h ;;; /b/dir/inc/a.h ;;; gen x "y"'))).toBe(0);
  expect(host.files.readText('/project/out/a.h')).toEqual({ ok: true, value: 'x y' });
});

test('a target that makes no file leaves an empty one', () => {
  const { session, host } = memorySession();
  host.program('true', () => undefined);
  expect(cmakeCommand(session, words('/b done.h ;;; ;;; true'))).toBe(0);
  expect(host.files.readText('/project/done.h')).toEqual({ ok: true, value: '' });
});

test('the first command that fails ends it', () => {
  const { session, host } = memorySession();
  host.program('bad', () => 3);
  host.program('after', (run) => run.write('after', ''));
  expect(cmakeCommand(session, words('/b out ;;; /b/out ;;; bad ;;; after'))).toBe(3);
  expect(host.files.exists('/b/after')).toBe(false);
});

test('an output that no command made is told', () => {
  const { session, host, printed } = memorySession();
  host.program('true', () => undefined);
  expect(cmakeCommand(session, words('/b out ;;; /b/out ;;; true'))).toBe(1);
  expect(printed()).toContain('The commands did not make /b/out');
});

test('redirections are the shell’s business', () => {
  const { session, host } = memorySession();
  const lines: string[] = [];
  host.program('/bin/sh', (run) => {
    lines.push(run.argv[2] ?? '');
  });
  cmakeCommand(session, words("/b x ;;; ;;; a b'c > d && e &> f"));
  expect(lines).toEqual([`a 'b'"'"'c' > d && e > f 2>&1`]);
});

test('a depfile has whole paths', () => {
  const { session, host } = memorySession();
  host.program('gen', (run) => run.write('/b/x.d', 'out: in\\ 1.txt /abs.h'));
  const line = '--depfile /b/x.d /b x.d /b done ;;; ;;; gen';
  expect(cmakeCommand(session, words(line))).toBe(0);
  expect(host.files.readText('/project/x.d')).toEqual({
    ok: true,
    value: 'made: /b/in\\ 1.txt \\\n  /abs.h\n',
  });
});
