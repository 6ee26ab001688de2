import { expect, test } from 'vitest';
import type { DiskImage } from '../support/memory-files.ts';
import type { MemoryHost } from '../support/memory-host.ts';
import { build, tinyHost } from './tiny-build.ts';

const graph = `
  gen.h: slow gen.in
  a.o: cc a.c || gen.h ; depfile
  b.o: slow b.c
  app: slow a.o b.o
  note: slow b.c ; always
`;

/** As tiny as `cat`, but what it writes is for a while half there. */
function slowHost(): MemoryHost {
  const host = tinyHost({ 'gen.in': 'int gen;\n', 'a.c': '#include gen.h\n', 'b.c': 'int b;\n' });
  host.program('slow', (run) => {
    const [, output = '', , ...inputs] = run.argv;
    const content = inputs.map((path) => run.read(path)).join('');
    run.write(output, content.slice(0, 3));
    run.write(output, content);
  });
  host.tick();
  return host;
}

function edit(host: MemoryHost): void {
  host.write('gen.in', 'int other;\n');
  host.write('b.c', 'int bb;\n');
  host.tick();
}

function outputs(host: MemoryHost): readonly string[] {
  return ['gen.h', 'a.o', 'b.o', 'app', 'note'].map((path) => `${path}: ${host.read(path)}`);
}

test('after a kill at any moment the next build is right, and the one after has nothing to do', async () => {
  const clean = slowHost();
  edit(clean);
  await build(clean, graph);
  // One image for each time that the disk was about to be written.
  const images: DiskImage[] = [];
  const host = slowHost();
  await build(host, graph);
  edit(host);
  host.files.refuse = (operation) => {
    if (operation !== 'read') images.push(host.files.image());
    return undefined;
  };
  await build(host, graph, { jobs: 2 });
  expect(images.length).toBeGreaterThan(20);
  for (const image of images) {
    const after = slowHost();
    after.tick(10_000);
    after.files.restore(image);
    expect((await build(after, graph)).outcome.kind).toBe('succeeded');
    expect(outputs(after)).toEqual(outputs(clean));
    expect((await build(after, graph)).ran).toEqual(['note']);
  }
});
