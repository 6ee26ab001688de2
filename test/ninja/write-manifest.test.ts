import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Action, Graph, Work } from '../../src/graph/graph.ts';
import { GraphBuilder } from '../../src/graph/graph-builder.ts';
import { parseManifest } from '../../src/ninja/parse-manifest.ts';
import { writeManifest } from '../../src/ninja/write-manifest.ts';

const plain = {
  rule: 'c_COMPILER',
  earlyOutputs: [],
  alwaysRun: false,
  removeOutputsFirst: false,
} as const;

function compile(builder: GraphBuilder, name: string): void {
  const [source, object] = [`../${name}.c`, `app.p/${name}.c.o`];
  const argv = ['cc', '-DX="a $b"', '-MF', `${object}.d`, '-o', object, '-c', source];
  builder.add({
    ...plain,
    description: `Compiling C object ${object}`,
    work: { kind: 'command', argv, environment: [] },
    inputs: [builder.file(source)],
    orderOnly: [builder.fileList(['gen.h', 'gen2.h'].map((path) => builder.file(path)))],
    outputs: [builder.file(object)],
    depfile: { path: `${object}.d`, format: 'make' },
  });
}

function written(graph: Graph): string {
  return writeManifest({
    graph,
    kaon: ['kaon'],
    regenerate: { command: 'kaon setup', inputs: ['/src/meson.build'] },
    services: [{ name: 'test', description: 'Testing', needs: ['all'], command: 'kaon test' }],
  });
}

function add(builder: GraphBuilder, more: Partial<Action> & Pick<Action, 'work' | 'outputs'>) {
  builder.add({ ...plain, description: 'x', inputs: [], orderOnly: [], ...more });
}

test('actions that differ only in their files share a rule; lists are written once', () => {
  const builder = new GraphBuilder();
  compile(builder, 'a');
  compile(builder, 'b');
  builder.goal('all', { files: [builder.file('app.p/a.c.o')] });
  const text = written(builder.build());
  expect(text).toContain(
    [
      'rule c_COMPILER_0',
      '  command = cc \'-DX="a $$b"\' -MF $out.d -o $out -c $in',
      '  description = Compiling C object $out',
      '  depfile = $out.d',
      '  deps = gcc',
      '  restat = 1',
      'build kaon-list-0: phony gen.h gen2.h',
      'build app.p/a.c.o: c_COMPILER_0 ../a.c || kaon-list-0',
      'build app.p/b.c.o: c_COMPILER_0 ../b.c || kaon-list-0',
      'build all: phony app.p/a.c.o',
    ].join('\n'),
  );
});

test('what is written can be read again, with the same commands', () => {
  const builder = new GraphBuilder();
  compile(builder, 'a');
  const file = (path: string) => [builder.file(path)];
  add(builder, { work: { kind: 'write', path: 'w 1', content: "it's\n$" }, outputs: file('w 1') });
  add(builder, { work: { kind: 'copy', from: 'a:b', to: 'c' }, outputs: file('c') });
  add(builder, { work: { kind: 'symlink', target: 't', path: 'l' }, outputs: file('l') });
  builder.goal('all', { files: file('c') });
  const parsed = parseManifest('build.ninja', () => written(builder.build()));
  const commands = parsed.ok ? parsed.value.edges.map(({ command }) => command) : [];
  expect(commands.filter((command) => command !== '')).toEqual([
    'cc \'-DX="a $b"\' -MF app.p/a.c.o.d -o app.p/a.c.o -c ../a.c',
    `eval "$(printf 'printf %%s '"'"'it'"'"'"'"'"'"'"'"'s\\n$'"'"' > '"'"'w 1'"'"'')"`,
    'cp -f a:b c',
    'ln -sfn t l',
    'kaon test',
    'kaon setup',
  ]);
});

test('output that is kept in a file leaves the file alone where it comes out the same', () => {
  const builder = new GraphBuilder();
  const work: Work = { kind: 'command', argv: ['sh', 'say.sh'], environment: [], stdout: 'said' };
  add(builder, { work, outputs: [builder.file('said')] });
  expect(written(builder.build())).toContain(
    '  command = sh say.sh > $out.new && if cmp -s $out.new $out ; then rm $out.new ; else mv -f $out.new $out ; fi\n',
  );
});

test('bars and line ends are written so that older ninjas read them', () => {
  const builder = new GraphBuilder();
  const argv = ['sh', '-c', "printf '%s ' 50% 'a\\b'\nprintf %s $0", 'a|b'];
  const outputs = [builder.file('a|b')];
  add(builder, { work: { kind: 'command', argv, environment: [] }, outputs });
  const text = written(builder.build());
  expect(text).toContain('\nkaon_bar = |\n');
  expect(text).toContain('\nbuild a${kaon_bar}b: ');
  expect(text).not.toContain('$^');
  const parsed = parseManifest('build.ninja', () => text);
  const made = parsed.ok
    ? parsed.value.edges.find(({ outputs: [one] }) => one === 'a|b')
    : undefined;
  const shown = spawnSync('sh', ['-c', made?.command ?? 'exit 1'], { encoding: 'utf8' });
  expect(shown.stdout).toBe('50% a\\b a|b');
});
