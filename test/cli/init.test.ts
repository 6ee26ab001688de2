import { expect, test } from 'vitest';
import { run } from '../../src/cli/commands/init.ts';
import { memorySession } from '../support/memory-session.ts';

const templates = {
  '/kaon/rust-project-templates/program/meson.build': "project('@NAME@')\n",
  '/kaon/rust-project-templates/program/src/@CRATE@.rs': 'mod @CRATE@;\n',
  '/kaon/rust-project-templates/program/gitignore': '/build/\n',
  '/kaon/rust-project-templates/library/meson.build': '',
  '/kaon/rust-project-templates/README.md': '| `program` | a program of its own |\n',
};

test('a template is laid down with the name filled in', async () => {
  const { session, host, printed } = memorySession(templates);
  expect(await run(session, ['my-app'])).toBe(0);
  expect(printed()).toBe('my-app is ready. Next: cd my-app && kaon\n');
  expect(host.read('my-app/meson.build')).toBe("project('my-app')\n");
  expect(host.read('my-app/.gitignore')).toBe('/build/\n');
  expect(host.read('my-app/src/my_app.rs')).toBe('mod my_app;\n');
});

test('nothing is overwritten', async () => {
  const { session, host, printed } = memorySession({ ...templates, 'meson.build': 'mine' });
  expect(await run(session, ['--name', 'app'])).toBe(2);
  expect(printed()).toBe(
    '\nERROR: /project/meson.build is there already; --force writes it anew\n',
  );
  expect(host.files.exists('/project/src')).toBe(false);
});

test('unknown templates and odd names are refused', async () => {
  const { session, printed } = memorySession(templates);
  expect(await run(session, ['-t', 'progam', 'x'])).toBe(2);
  expect(printed()).toContain("There is no template 'progam' (did you mean 'program'?)");
  expect(await run(session, ['Bad Name'])).toBe(2);
  expect(await run(session, ['--list'])).toBe(0);
  expect(printed()).toContain('library\nprogram  a program of its own\n');
});

test('a program by another name than the sources that are there starts with a file of its own', async () => {
  const { session, host } = memorySession({ 'bar.c': 'int x;' });
  expect(await run(session, ['--name', 'foo', '--language', 'c'])).toBe(0);
  expect(host.read('meson.build')).toContain("'foo.c'");
  expect(host.read('meson.build')).not.toContain("'bar.c'");
  host.write('foo.c', 'int main(void) {}');
  expect(await run(session, ['--name', 'foo', '--language', 'c', '--force'])).toBe(0);
  expect(host.read('meson.build')).toContain("'bar.c'");
});

test('a folder in the place of a source is told how to name it', async () => {
  const { session, printed } = memorySession(templates);
  expect(await run(session, ['app', '--language', 'rust'])).toBe(2);
  expect(printed()).toContain('a folder is named by "-C app"');
});

test('a template goes where -C says, over what is there if --force says so', async () => {
  const { session, host, printed } = memorySession({ ...templates, 'x/meson.build': 'mine' });
  expect(await run(session, ['-C', 'x', '--force'])).toBe(0);
  expect(printed()).toBe('x is ready. Next: cd x && kaon\n');
  expect(host.read('x/meson.build')).toBe("project('x')\n");
  expect(await run(session, ['y', '--version', '1'])).toBe(2);
  expect(printed()).toContain('--version goes with --language');
});

test('sources without a build file get one', async () => {
  const { session, host } = memorySession({ ...templates, 'main.c': 'int main(void) {}' });
  expect(await run(session, [])).toBe(0);
  expect(host.read('meson.build')).toContain("'main.c'");
});

test('who wants TypeScript alone is told of a template that has it', async () => {
  const { session, printed } = memorySession(templates);
  expect(await run(session, ['-l', 'ts'])).toBe(2);
  expect(printed()).toContain('"kaon init -t c-rust-typescript"');
});
