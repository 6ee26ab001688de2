import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

const digestBytes = 20;

/**
 * Runs a program of one file. What V8 compiled of it is kept in the user's cache folder for the next
 * time, for each use by itself: other commands need other functions.
 */
export function loadCached(path: string, use: string): void {
  const source = readFileSync(path, 'latin1');
  const place = cachePlace(path, use);
  const cachedData = readCache(place);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    { filename: path, ...(cachedData !== undefined && { cachedData }) },
  );
  if (cachedData === undefined || script.cachedDataRejected === true) {
    // At the end, when it is known which functions were needed.
    process.on('exit', () => writeCache(place, script.createCachedData()));
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
}

interface CachePlace {
  readonly folder: string;
  /** Names of all versions begin so. */
  readonly prefix: string;
  readonly name: string;
}

function cachePlace(path: string, use: string): CachePlace {
  const { size, mtimeMs } = statSync(path);
  const prefix = `${digest(path).toString('hex').slice(0, 16)}-${use}-`;
  const version = [size, mtimeMs, process.version, process.arch, ...process.execArgv].join(' ');
  return {
    folder: join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kaon/code'),
    prefix,
    name: prefix + digest(version).toString('hex').slice(0, 16),
  };
}

/** What V8 is given must be what it gave, to the byte: it trusts it. */
function readCache({ folder, name }: CachePlace): Buffer | undefined {
  try {
    const bytes = readFileSync(join(folder, name));
    const data = bytes.subarray(digestBytes);
    return digest(data).equals(bytes.subarray(0, digestBytes)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Without the cache all works as well: a folder that cannot be written is no fault. */
function writeCache({ folder, prefix, name }: CachePlace, data: Buffer): void {
  const beside = join(folder, `.${name}.${process.pid}.tmp`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return;
  }
  try {
    for (const other of readdirSync(folder)) {
      if (other.startsWith(prefix)) rmSync(join(folder, other), { force: true });
    }
    writeFileSync(beside, Buffer.concat([digest(data), data]));
    renameSync(beside, join(folder, name));
  } catch {
    rmSync(beside, { force: true });
  }
}

function digest(data: string | Buffer): Buffer {
  return createHash('sha1').update(data).digest();
}
