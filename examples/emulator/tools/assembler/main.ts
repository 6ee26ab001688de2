/** assemble SOURCE OUTPUT DEPFILE: makes an ELF file, and says which files it read. */

import { readFileSync, writeFileSync } from 'node:fs';
import { assemble } from './assemble.ts';
import { toElf } from './elf.ts';
import { SourceError } from './expression.ts';

function readSource(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new SourceError(`cannot read "${path}"`);
  }
}

const [source, output, depfile] = process.argv.slice(2);
if (source === undefined || output === undefined || depfile === undefined) {
  console.error('usage: assemble SOURCE OUTPUT DEPFILE');
  process.exit(2);
}
try {
  const program = assemble(source, readSource);
  const inputs = program.files.map((file) => file.replaceAll(' ', '\\ '));
  writeFileSync(output, toElf(program));
  writeFileSync(depfile, `${output}: ${inputs.join(' ')}\n`);
} catch (error) {
  if (!(error instanceof SourceError)) throw error;
  console.error(error.message);
  process.exit(1);
}
