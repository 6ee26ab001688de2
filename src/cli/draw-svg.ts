import { instance } from '@viz-js/viz';

/** A program of its own, as Graphviz is large: reads a drawing in Graphviz' language, writes it as SVG. */
async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const viz = await instance();
  process.stdout.write(viz.renderString(Buffer.concat(chunks).toString('utf8'), { format: 'svg' }));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
