import { expect, test } from 'vitest';
import type { Launch } from '../../src/host/host.ts';
import { rememberAnswers } from '../../src/host/remember-answers.ts';
import { toolIdentity } from '../../src/host/tool-identity.ts';
import { MemoryHost } from '../support/memory-host.ts';

/** A tool that prints a file; each call is one run of kaon that asks it, and tells whether it ran. */
function world() {
  const host = new MemoryHost({ '/usr/include/a.h': 'one', '/usr/bin/compiler': '\x7fELF' });
  let runs = 0;
  host.program('cc', (run) => {
    runs++;
    return { stdout: run.read('/usr/include/a.h') };
  });
  host.tick(60_000);
  const ask = ({
    forget = false,
    ...given
  }: Partial<Launch> & { readonly forget?: boolean } = {}) => {
    const remembering = rememberAnswers(host, { folder: '/home/user/.cache/kaon/answers', forget });
    const before = runs;
    const launch: Launch = {
      argv: ['cc'],
      workingDirectory: '/tmp',
      environment: host.system.environment,
      remember: {
        name: `${toolIdentity(remembering, ['/usr/bin/compiler'])}`,
        restsOn: (finished) => ({
          files: ['/usr/include/a.h', '/usr/local/include/a.h'],
          kept: finished,
        }),
      },
      ...given,
    };
    const { stdout } = remembering.processes.wait(remembering.processes.start(launch));
    return `${stdout}, ${runs > before ? 'asked' : 'remembered'}`;
  };
  return { host, ask };
}

test('a later run of kaon remembers what a tool answered', () => {
  const { ask } = world();
  expect([ask(), ask()]).toEqual(['one, asked', 'one, remembered']);
});

test('a file that the answer rests on changed, so the tool is asked again', () => {
  const { host, ask } = world();
  ask();
  host.tick();
  host.write('/usr/include/a.h', 'two');
  host.tick(60_000);
  expect([ask(), ask()]).toEqual(['two, asked', 'two, remembered']);
});

test('a file that was missing and would have been read turned up, so the tool is asked again', () => {
  const { host, ask } = world();
  ask();
  host.write('/usr/local/include/a.h', 'other');
  expect(ask()).toBe('one, asked');
});

test('an answer that rests on a file written just before is not kept', () => {
  const { host, ask } = world();
  host.write('/usr/include/a.h', 'two');
  host.tick(10);
  expect([ask(), ask()]).toEqual(['two, asked', 'two, asked']);
});

test('another tool of the same name is asked itself', () => {
  const { host, ask } = world();
  ask();
  host.tick();
  host.write('/usr/bin/compiler', '\x7fELF');
  expect(ask()).toBe('one, asked');
});

test('an upgrade of packages makes other tools', () => {
  const { host, ask } = world();
  ask();
  host.write('/var/lib/dpkg/status', 'compiler 2');
  expect(ask()).toBe('one, asked');
});

test('a script is nothing to rely on: it may look at anything', () => {
  const { host } = world();
  const remembering = rememberAnswers(host, { folder: '/answers' });
  expect(toolIdentity(remembering, ['cc'])).toBe(undefined);
});

test('variables that a tool may heed make another question; those of the session do not', () => {
  const { host, ask } = world();
  ask();
  const { environment } = host.system;
  expect(ask({ environment: { ...environment, CPATH: '/opt' } })).toBe('one, asked');
  expect(ask({ environment: { ...environment, SHLVL: '3' } })).toBe('one, remembered');
  expect(ask({ environment: { ...environment, GITHUB_RUN_ID: '3' } })).toBe('one, remembered');
});

test('who asks to forget is answered anew', () => {
  const { ask } = world();
  ask();
  expect(ask({ forget: true })).toBe('one, asked');
});

test('a damaged answer is asked for again', () => {
  const { host, ask } = world();
  ask();
  const folder = '/home/user/.cache/kaon/answers';
  for (const name of listOf(host, folder))
    for (const file of listOf(host, `${folder}/${name}`))
      host.write(`${folder}/${name}/${file}`, '{"finished":');
  expect(ask()).toBe('one, asked');
});

function listOf(host: MemoryHost, folder: string): readonly string[] {
  const names = host.files.list(folder);
  return names.ok ? names.value : [];
}
