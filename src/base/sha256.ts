import { createHash } from 'node:crypto';

/** The SHA-256 of a content in hexadecimal digits, as `sha256sum` prints it. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
