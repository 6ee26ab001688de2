import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';

let found: string | undefined;

/**
 * The folder for temporary files: what the environment names, unless nothing can be written there, as
 * compilers and Python have it.
 */
export function temporaryFolder(): string {
  found ??= [tmpdir(), '/tmp', '/var/tmp'].find(isWritable) ?? process.cwd();
  return found;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
