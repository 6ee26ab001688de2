import { spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionsOf, copyOf, kaon } from './support/kaon.ts';

/** The example of C, Rust and TypeScript in one graph, built once; each test edits its copy. */
describe('the example emulator', () => {
  const copy = copyOf('examples/emulator');
  const cwd = copy.folder;

  beforeAll(() => {
    const setup = kaon(['setup', 'build'], { cwd });
    expect(setup.status, setup.stdout + setup.stderr).toBe(0);
    expect(actionsOf('build', cwd).length).toBeGreaterThan(60);
  });
  afterAll(() => copy.dispose());

  function edit(file: string, change: (text: string) => string): void {
    const path = join(cwd, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  }

  test('boots its guest, which prints over the emulated UART', () => {
    const boot = kaon(['run', '-C', 'build', 'boot'], { cwd });
    expect(boot.status, boot.stdout + boot.stderr).toBe(0);
    expect(boot.stdout).toContain(readFileSync(join(cwd, 'guest/hello.expected'), 'utf8'));
  });

  test('passes its own tests, in exit-code, TAP and rust protocols', () => {
    const run = kaon(['test', '-C', 'build'], { cwd });
    expect(run.status, run.stdout + run.stderr).toBe(0);
  });

  test('writes what editors ask for', () => {
    for (const name of ['compile_commands.json', 'rust-project.json']) {
      expect(JSON.parse(readFileSync(join(cwd, 'build', name), 'utf8'))).toBeTypeOf('object');
    }
  });

  test('its crates are checked by Cargo, with what the build made', () => {
    const run = spawnSync('cargo', ['check', '--workspace', '--locked', '--quiet'], {
      cwd: join(cwd, 'rust'),
      env: { ...process.env, EMU_BUILD_ROOT: join(cwd, 'build') },
      encoding: 'utf8',
    });
    expect(run.status, run.stderr).toBe(0);
  });

  test('nothing is built again when nothing changed, or only the clock', () => {
    expect(actionsOf('build', cwd)).toEqual([]);
    touchAll(cwd);
    expect(actionsOf('build', cwd)).toEqual([]);
  });

  test('a comment in a C file compiles that file and stops there', () => {
    appendFileSync(join(cwd, 'src/bus.c'), '/* a comment */\n');
    expect(actionsOf('build', cwd)).toEqual(['Compiling C object src/libemucore.a.p/bus.c.o']);
  });

  test('a C file of the emulator rebuilds the program', () => {
    appendFileSync(join(cwd, 'src/serial-stdio.c'), 'extern int more;\nint more = 1;\n');
    expect(actionsOf('build', cwd)).toEqual([
      'Compiling C object emulator.p/src_serial-stdio.c.o',
      'Linking target emulator',
    ]);
  });

  test('a Rust device rebuilds itself, its tests, the library for C and the program', () => {
    appendFileSync(join(cwd, 'rust/pl011/src/lib.rs'), '/// One.\npub fn one() -> u32 { 1 }\n');
    expect(actionsOf('build', cwd)).toEqual([
      'Compiling Rust source ../rust/emu_glue/src/lib.rs',
      'Compiling Rust source ../rust/pl011/src/lib.rs',
      'Compiling Rust source ../rust/pl011/src/lib.rs',
      'Linking target emulator',
    ]);
  });

  test('the source of a guest is assembled again', () => {
    edit('guest/echo.s', (text) => `${text}\n        nop\n`);
    expect(actionsOf('build', cwd)).toEqual(['Generating guest/echo.elf with a custom command']);
  });

  test('a TypeScript file is checked, bundled and embedded anew', () => {
    edit('console/main.ts', (text) => `console.log('changed');\n${text}`);
    expect(actionsOf('build', cwd)).toEqual([
      'Bundling console',
      'Checking types of types',
      'Compiling C object emulator.p/meson-generated_.._console_console-assets.c.o',
      'Generating console/console-assets.c with a custom command',
      'Linking target emulator',
    ]);
  });

  test('an option rebuilds what it is about', () => {
    const configured = kaon(['configure', 'build', '-Ddevices=minimal'], { cwd });
    expect(configured.status, configured.stdout + configured.stderr).toBe(0);
    const actions = actionsOf('build', cwd);
    expect(actions).toContain('Compiling Rust source ../rust/emu_glue/src/lib.rs');
    expect(actions).toContain('Linking target emulator');
    expect(actions.some((action) => action.includes('syn'))).toBe(false);
  });
});

function touchAll(folder: string): void {
  const now = new Date();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !path.startsWith(join(folder, 'build/'))) utimesSync(path, now, now);
  }
}
