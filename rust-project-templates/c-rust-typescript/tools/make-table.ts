import { readFileSync, writeFileSync } from 'node:fs';
import { tableOf } from './table.ts';

const [input, output] = process.argv.slice(2);
if (input === undefined || output === undefined) throw new Error('usage: make-table INPUT OUTPUT');
writeFileSync(output, tableOf(JSON.parse(readFileSync(input, 'utf8'))));
