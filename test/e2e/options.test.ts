import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { pause, start } from '../soak/support/running.ts';
import { bin } from './support/kaon.ts';
import { project, told } from './support/project.ts';

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;

/** Runs a program on a terminal of its own, and types each text once what stands before it was shown. */
const typist = `
import json, os, pty, sys, time
argv, talk = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execv(argv[0], argv)
shown = b''
def read():
    global shown
    try:
        data = os.read(fd, 65536)
    except OSError:
        data = b''
    shown += data
    return data
for expected, typed in talk:
    while expected.encode() not in shown:
        if not read():
            break
    shown = b''
    os.write(fd, typed.encode())
while read():
    pass
sys.stdout.write(shown.decode(errors='replace'))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

function typed(folder: string, talk: readonly (readonly [shown: string, typed: string])[]) {
  const argv = [bin, 'options', 'b'];
  return spawnSync('python3', ['-c', typist, JSON.stringify([argv, talk])], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TERM: 'xterm', COLUMNS: '80', LINES: '24' },
    timeout: 60_000,
  });
}

const files = {
  'meson.build': "project('p')\nmessage('fast:', get_option('fast'))\n",
  'meson.options': "option('fast', type: 'boolean', value: false, description: 'Be quick.')\n",
};

test.skipIf(!hasPython)(
  'options are changed on the screen, and the build is set up with them',
  () => {
    const { folder, kaon } = project(files);
    expect(kaon(['setup', 'b']).status).toBe(0);
    const run = typed(folder, [
      ['Be quick.', '\r'],
      ['1 changed', 's'],
    ]);
    expect(run.stdout).toContain('-Dfast=true');
    expect(run.stdout).toContain('fast: true');
    // The terminal is as it was.
    expect(run.stdout).toContain('\u001b[?1049l');
    expect(run.status).toBe(0);
    const nothing = typed(folder, [['Be quick.', 'q']]);
    expect(nothing.stdout).toContain('Nothing was changed.');
  },
);

test('without a terminal it is told what to use instead', () => {
  const { kaon } = project(files);
  const run = kaon(['options']);
  expect(run.status).toBe(2);
  expect(run.stdout).toContain('needs a terminal');
});

test('an option that is set while another kaon configures is not lost', async () => {
  const rules = (word: string): string =>
    `project('slow')\nrun_command('sleep', '1', check: true)\nconfigure_file(output: 'out', configuration: {'V': get_option('val'), 'W': '${word}'})\n`;
  const made = project({
    'meson.build': rules('one'),
    'meson.options': "option('val', type: 'integer', value: 1)\n",
  });
  expect(made.kaon(['setup', 'build']).status).toBe(0);
  made.write('meson.build', rules('two'));
  const running = start(['compile', '-C', 'build'], made.folder);
  await pause(700);
  const set = made.kaon(['configure', 'build', '-Dval=2']);
  expect(set.status, told(set)).toBe(0);
  await running.ended;
  expect(made.kaon(['compile', '-C', 'build']).status).toBe(0);
  expect(made.read('build/out')).toContain('#define V 2');
});
