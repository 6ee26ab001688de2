/** The Test Anything Protocol, on standard output. */

type Test = readonly [name: string, body: () => Promise<void>];

/** Runs tests one after the other; the exit status tells whether all went well. */
export async function tap(tests: readonly Test[]): Promise<void> {
  console.log(`1..${tests.length}`);
  for (const [index, [name, body]] of tests.entries()) {
    try {
      await body();
      console.log(`ok ${index + 1} ${name}`);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      console.log(`not ok ${index + 1} ${name}\n${text.replace(/^/gm, '# ')}`);
      process.exitCode = 1;
    }
  }
}
