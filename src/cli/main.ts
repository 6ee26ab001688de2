import { kaonVersion } from './version.ts';

if (process.argv[2] === '--version') {
  process.stdout.write(`${kaonVersion}\n`);
}
