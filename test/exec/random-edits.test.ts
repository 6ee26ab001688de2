import fc from 'fast-check';
import { expect, test } from 'vitest';
import { size } from '../soak/support/size.ts';
import type { MemoryHost } from '../support/memory-host.ts';
import { build, logPath, tinyHost } from './tiny-build.ts';

const sourceCount = 4;
const actionCount = 6;

/** One action of a random graph: what it reads among sources and earlier outputs, and how. */
interface Shape {
  readonly reads: readonly number[];
  readonly order: readonly number[];
  readonly how: 'cat' | 'cc' | 'copy';
  readonly argument: number;
}

type Step =
  | { readonly kind: 'write'; readonly source: number; readonly content: string }
  | { readonly kind: 'touch'; readonly source: number; readonly timeMs: number }
  | { readonly kind: 'restore'; readonly source: number; readonly version: number }
  | { readonly kind: 'delete-output'; readonly output: number }
  | { readonly kind: 'tamper'; readonly output: number; readonly sameStamp: boolean }
  | { readonly kind: 'replace-by-link'; readonly source: number }
  | { readonly kind: 'reshape'; readonly action: number; readonly shape: Shape }
  | { readonly kind: 'drop-log' }
  | { readonly kind: 'cut-log'; readonly share: number }
  | { readonly kind: 'tick'; readonly milliseconds: number }
  | { readonly kind: 'build'; readonly jobs: number; readonly tickMs: number };

const shape: fc.Arbitrary<Shape> = fc.record({
  reads: fc.array(fc.nat(sourceCount + actionCount - 1), { minLength: 1, maxLength: 4 }),
  order: fc.array(fc.nat(actionCount - 1), { maxLength: 2 }),
  how: fc.constantFrom('cat', 'cc', 'copy'),
  argument: fc.nat(1),
});
const source = fc.nat(sourceCount - 1);
const output = fc.nat(actionCount - 1);
/** Few and of equal length, so that stamps are all that may tell them apart. */
const content = fc.constantFrom('aaaa\n', 'bbbb\n', '//cc\n', '#include s0\n', '#include s1\n');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('write'), source, content }) },
  fc.record({ kind: fc.constant('touch'), source, timeMs: fc.constantFrom(1e12, 1.7e12, 4e12) }),
  fc.record({ kind: fc.constant('restore'), source, version: fc.nat(3) }),
  fc.record({ kind: fc.constant('delete-output'), output }),
  fc.record({ kind: fc.constant('tamper'), output, sameStamp: fc.boolean() }),
  fc.record({ kind: fc.constant('replace-by-link'), source }),
  fc.record({ kind: fc.constant('reshape'), action: output, shape }),
  fc.constant({ kind: 'drop-log' } as const),
  fc.record({ kind: fc.constant('cut-log'), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant('tick'), milliseconds: fc.constantFrom(0, 1, 30, 5000) }),
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('build'),
      jobs: fc.integer({ min: 1, max: 3 }),
      tickMs: fc.constantFrom(0, 100),
    }),
  },
);

test.each([false, true])(
  'whatever is edited, an incremental build equals a clean one, and the next has nothing to do (launcher: %s)',
  async (launcher) => {
    const start = fc.array(shape, { minLength: actionCount, maxLength: actionCount });
    await fc.assert(
      fc.asyncProperty(start, fc.array(step, { maxLength: 25 }), async (shapes, steps) => {
        const world = new World([...shapes], launcher);
        for (const each of steps) await world.take(each);
        await world.check({ jobs: 2, tickMs: 100 });
      }),
      { numRuns: size(800, 60) },
    );
  },
  process.env['KAON_SOAK'] === undefined ? 60_000 : 0,
);

class World {
  readonly #host: MemoryHost;
  readonly #shapes: Shape[];
  readonly #history: { content: string; mtimeNs: bigint }[][];

  readonly #launcher: boolean;

  constructor(shapes: Shape[], launcher: boolean) {
    this.#launcher = launcher;
    this.#shapes = shapes;
    const files = Array.from({ length: sourceCount }, (_, at) => [`s${at}`, `source ${at}\n`]);
    this.#host = tinyHost(Object.fromEntries(files));
    this.#history = Array.from({ length: sourceCount }, () => []);
  }

  async take(step: Step): Promise<void> {
    const host = this.#host;
    const { files } = host;
    switch (step.kind) {
      case 'write':
        this.#keep(step.source);
        // Only later sources may include earlier ones: no file includes itself.
        files.remove(`s${step.source}`);
        host.write(`s${step.source}`, safe(step.source, step.content));
        return;
      case 'touch':
        files.setTimes(`s${step.source}`, step.timeMs);
        return;
      case 'restore': {
        const old = this.#history[step.source]?.at(-1 - step.version);
        if (old === undefined) return;
        host.write(`s${step.source}`, old.content);
        files.stamp(`s${step.source}`, { mtimeNs: old.mtimeNs });
        return;
      }
      case 'delete-output':
        files.remove(`o${step.output}`);
        return;
      case 'tamper': {
        const before = files.stat(`o${step.output}`);
        if (before === undefined) return;
        const old = host.read(`o${step.output}`);
        host.write(`o${step.output}`, `X${old.slice(1)}`);
        if (step.sameStamp) files.stamp(`o${step.output}`, { mtimeNs: before.mtimeNs });
        return;
      }
      case 'replace-by-link': {
        this.#keep(step.source);
        const old = host.read(`s${step.source}`);
        host.write(`elsewhere${step.source}`, old);
        files.remove(`s${step.source}`);
        files.symlink(`elsewhere${step.source}`, `s${step.source}`);
        return;
      }
      case 'reshape':
        this.#shapes[step.action] = step.shape;
        return;
      case 'drop-log':
        files.remove(logPath);
        return;
      case 'cut-log': {
        const bytes = files.readBytes(logPath);
        if (bytes.ok) {
          host.write(logPath, bytes.value.slice(0, Math.floor(bytes.value.length * step.share)));
        }
        return;
      }
      case 'tick':
        host.tick(step.milliseconds);
        return;
      case 'build':
        return this.check(step);
    }
  }

  async check(options: { readonly jobs: number; readonly tickMs: number }): Promise<void> {
    const graph = this.#graph();
    const launcher = this.#launcher;
    const { outcome, seen, ran } = await build(this.#host, graph, { ...options, launcher });
    if (seen === 'nothing to do') expect(ran).toEqual([]);
    expect(outcome.kind).toBe('succeeded');
    const clean = tinyHost();
    for (let at = 0; at < sourceCount; at++) clean.write(`s${at}`, this.#host.read(`s${at}`));
    await build(clean, graph);
    for (let at = 0; at < actionCount; at++) {
      expect(`o${at}: ${this.#host.read(`o${at}`)}`).toBe(`o${at}: ${clean.read(`o${at}`)}`);
    }
    if (options.tickMs > 0) expect((await build(this.#host, graph, { launcher })).ran).toEqual([]);
  }

  #keep(source: number): void {
    const content = this.#host.read(`s${source}`);
    const mtimeNs = this.#host.files.stat(`s${source}`)?.mtimeNs ?? 0n;
    this.#history[source]?.push({ content, mtimeNs });
  }

  #graph(): string {
    const lines = this.#shapes.map(({ reads, order, how, argument }, at) => {
      const inputs = reads.map((read) => {
        const number = read % (sourceCount + at);
        return number < sourceCount ? `s${number}` : `o${number - sourceCount}`;
      });
      const before = at === 0 ? [] : order.map((number) => `o${number % at}`);
      if (how === 'copy') return `o${at}: copy ${inputs[0]} || ${before.join(' ')} ; copy`;
      const depfile = how === 'cc' ? ' depfile' : '';
      return `o${at}: ${how} ${inputs.join(' ')} || ${before.join(' ')} ; arg=-v${argument}${depfile}`;
    });
    return lines.join('\n');
  }
}

function safe(source: number, content: string): string {
  const included = /#include s(\d)/.exec(content)?.[1];
  return included !== undefined && Number(included) >= source ? 'dddd\n' : content;
}
