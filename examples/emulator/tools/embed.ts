/** embed OUTPUT PATH=FILE…: a C source that holds files, under the paths that a browser asks for. */

import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Asset, toC } from './assets.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const [output, ...pairs] = process.argv.slice(2);
if (output === undefined || pairs.length === 0) {
  console.error('usage: embed OUTPUT PATH=FILE...');
  process.exit(2);
}
const assets = pairs.map((pair): Asset => {
  const at = pair.indexOf('=');
  const file = pair.slice(at + 1);
  const type = types[extname(file)] ?? 'application/octet-stream';
  return { path: pair.slice(0, at), type, bytes: readFileSync(file) };
});
writeFileSync(output, toC(assets));
