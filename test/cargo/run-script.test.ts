import { expect, test } from 'vitest';
import { endScript, scriptLaunch } from '../../src/cargo/script/run-script.ts';
import type { ScriptRequest } from '../../src/model/script-request.ts';
import { MemoryHost } from '../support/memory-host.ts';

const request: ScriptRequest = {
  ...{ program: '/b/script', package: 'p 1.0.0', folder: '/b/p', source: '/w/p', isLocal: true },
  ...{ buildRoot: '/b', consumers: [], hasLibrary: true, others: [] },
  owner: { rustVersion: '', targets: [] },
};

/** What a run rests on that said something, in a package of some files. */
function watched(stdout: string): readonly string[] {
  const host = new MemoryHost({ '/w/p/build.rs': '', '/w/p/data/x': '', '/w/p/.git/y': '' });
  const finished = { ended: { kind: 'exited', code: 0 } as const, stdout, stderr: '' };
  expect(endScript(host, request, { environment: {}, finished }).isDone).toBe(true);
  const text = host.files.readText('/b/p/script.d');
  const [, files = ''] = /^[^:]*: ([\s\S]*?)\n(?!\s)/.exec(text.ok ? text.value : '') ?? [];
  return files.split(/[\s\\]+/).filter((path) => path !== '');
}

test('a script that names no files rests on its whole package, new files beside its manifest too', () => {
  expect([...watched('')].sort()).toEqual(['/w/p', '/w/p/build.rs', '/w/p/data', '/w/p/data/x']);
  expect(watched('cargo:rerun-if-changed=build.rs\n')).toEqual(['/w/p/build.rs']);
});

test.each([
  ['cargo:rerun-if-changed=build.rs\n', true, false],
  ['cargo:rerun-if-changed=build.rs\ncargo:rerun-if-changed=nowhere\n', true, true],
  // What it makes itself is no reason, nor is anything in a package that nobody edits.
  ['cargo:rerun-if-changed=/b/p/out/made\n', true, false],
  ['cargo:rerun-if-changed=nowhere\n', false, false],
])(
  'a script that says %j in a package of the project (%s) runs in each build: %s',
  (stdout, isLocal, again) => {
    const host = new MemoryHost({ '/w/p/build.rs': '' });
    const finished = { ended: { kind: 'exited', code: 0 } as const, stdout, stderr: '' };
    const ran = endScript(host, { ...request, isLocal }, { environment: {}, finished });
    expect(ran).toMatchObject({ isDone: true, again });
  },
);

test('a script is told of as many jobs as the build runs', () => {
  const jobs = (said: number | undefined) =>
    scriptLaunch(new MemoryHost({}), request, { environment: {}, jobs: said })?.environment?.[
      'NUM_JOBS'
    ];
  expect(jobs(3)).toBe('3');
  expect(jobs(undefined)).toMatch(/^\d+$/);
});

test('a script finds shared libraries that other scripts have made', () => {
  const host = new MemoryHost({ '/b/none': '', '/b/some': 'export LD_LIBRARY_PATH=/b/o\n' });
  const argv = (...libraries: string[]) =>
    scriptLaunch(host, { ...request, libraries }, { environment: {} })?.argv;
  expect(argv()).toEqual(['/b/script']);
  expect(argv('/b/none')).toEqual(['/b/script']);
  expect(argv('/b/none', '/b/some')).toEqual([
    ...['/bin/sh', '-c', 'export LD_LIBRARY_PATH=/b/o\nexec "$0"', '/b/script'],
  ]);
});

test('cfgs that may be asked for are left out where rustc is too old to hear of them', () => {
  const told = (withoutCheckCfg: boolean) => {
    const host = new MemoryHost({ '/w/p/build.rs': '' });
    const stdout = 'cargo::rustc-cfg=a\ncargo::rustc-check-cfg=cfg(a)\n';
    const finished = { ended: { kind: 'exited', code: 0 } as const, stdout, stderr: '' };
    const consumers = [{ name: 'lib', file: '/b/p/lib' }];
    endScript(host, { ...request, consumers, withoutCheckCfg }, { environment: {}, finished });
    const text = host.files.readText('/b/p/lib');
    return text.ok ? text.value : '';
  };
  expect(told(false)).toContain('--check-cfg\n');
  expect(told(true)).toBe('--cfg\na\n');
});

test.each([
  [undefined, false],
  ['other', false],
  ['p', true],
  ['other,p', true],
  ['1', true],
])(
  'RUSTC_BOOTSTRAP of a script is refused where it is %s outside, else left out (%s)',
  (value, isDone) => {
    const host = new MemoryHost({ '/w/p/build.rs': '' });
    const stdout = 'cargo:rustc-env=RUSTC_BOOTSTRAP=1\ncargo:rustc-env=A=b\n';
    const ran = endScript(host, request, {
      environment: value === undefined ? {} : { RUSTC_BOOTSTRAP: value },
      finished: { ended: { kind: 'exited', code: 0 } as const, stdout, stderr: '' },
    });
    expect(ran.isDone).toBe(isDone);
    expect(ran.shown).toContain('cannot set `RUSTC_BOOTSTRAP=1` from build script of `p 1.0.0`.');
    const text = host.files.readText('/b/p/environment');
    expect(text.ok && text.value).toBe(isDone && "export A='b'\n");
    const read = host.files.readText('/b/p/script.d');
    expect(read.ok && read.value.includes('RUSTC_BOOTSTRAP')).toBe(isDone);
  },
);

/** What stands for the files that a linker reads, after a run that said something. */
function linked(stdout: string): readonly string[] {
  const host = new MemoryHost({
    ...{ '/w/p/build.rs': '', '/w/p/memory.x': '', '/w/p/text': '', '/w/p/lib/libmine.a': '' },
    ...{ '/b/p/out/link.x': '', '/b/p/out/made.rs': '', '/b/p/out/deep/libdeep.a': '' },
  });
  const finished = { ended: { kind: 'exited', code: 0 } as const, stdout, stderr: '' };
  expect(endScript(host, request, { environment: {}, finished }).isDone).toBe(true);
  const text = host.files.readText('/b/p/libraries');
  const lines = text.ok ? text.value.trim().split('\n') : [];
  return lines.map((line) => line.replace(/ [0-9a-f]{64}$/, '')).sort();
}

test('who links a crate depends on the linker scripts that its build script made or watches', () => {
  const rerun = 'cargo::rerun-if-changed=memory.x\ncargo::rerun-if-changed=text\n';
  expect(linked(rerun)).toEqual(['out/deep/libdeep.a']);
  expect(linked(`${rerun}cargo::rustc-link-search=/b/p/out\n`)).toEqual([
    ...['out/deep/libdeep.a', 'out/link.x'],
  ]);
  expect(linked(`${rerun}cargo::rustc-link-arg=-Tmemory.x\n`)).toEqual([
    ...['/w/p/memory.x', 'out/deep/libdeep.a'],
  ]);
  expect(linked('cargo::rustc-link-search=native=lib\n')).toEqual([
    ...['/w/p/lib/libmine.a', 'out/deep/libdeep.a'],
  ]);
});
