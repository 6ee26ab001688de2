import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What is in a cache file before the path of its program and the data: a checksum of all behind it, how often it was written, the length of the path. */
const headBytes = 12;
const ending = '.code';
/** Not every function is needed each time: the first so many runs add those that are new to them. */
const learningRuns = 4;
/** Who computes longer has needed more than what the caches beside the programs were made with. To wait, for tools or a busy machine, does not count. */
const longRunMs = 500;

/**
 * Runs a program of one file, which holds a function of what Node gives a CommonJS module. What V8
 * compiled of it is kept in the user's cache folder for the next time, for each use by itself: other
 * commands need other functions. The first time finds what was made with the program, beside it.
 */
export function loadCached(path: string, use: string): void {
  const source = readFileSync(path, 'latin1');
  const place = cachePlace(path, use);
  const { data: own, runs } = readCache(place);
  const made = own ?? readCache({ ...place, folder: join(dirname(path), 'code') }).data;
  const script = new Script(source, {
    filename: path,
    ...(made !== undefined && { cachedData: made }),
  });
  const rejected = script.cachedDataRejected === true;
  if (rejected || runs < learningRuns) {
    // At the end, when it is known which functions were needed.
    process.on('exit', () => {
      const isEnough = own === undefined && made !== undefined && !rejected;
      const { user, system } = process.cpuUsage();
      if (isEnough && user + system < longRunMs * 1000) return;
      const data = script.createCachedData();
      writeCache(place, { program: path, data, runs: rejected ? 1 : runs + 1 });
    });
  }
  const module = { exports: {} };
  const require = loadedOnce(createRequire(path));
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
}

/** Each of our files requires the Node modules it needs, and Node checks the module anew each time. */
function loadedOnce(require: NodeJS.Require): (name: string) => unknown {
  const loaded = new Map<string, unknown>();
  return (name) => {
    const known = loaded.get(name) ?? require(name);
    loaded.set(name, known);
    return known;
  };
}

interface CachePlace {
  readonly folder: string;
  /** Names of all versions begin so. */
  readonly prefix: string;
  readonly name: string;
}

function cachePlace(path: string, use: string): CachePlace {
  const { size, mtimeMs } = statSync(path);
  const prefix = `${mark(path)}-${use}-`;
  const version = [size, mtimeMs, process.version, process.arch, ...process.execArgv].join(' ');
  const given = process.env['XDG_CACHE_HOME'] ?? '';
  return {
    folder: join(given.startsWith('/') ? given : join(homedir(), '.cache'), 'kaon/code'),
    prefix,
    name: prefix + mark(version) + ending,
  };
}

interface Cached {
  readonly data?: Buffer;
  readonly runs: number;
}

/** What V8 is given must be what it gave, to the byte: it trusts it. */
function readCache({ folder, name }: CachePlace): Cached {
  try {
    const bytes = readFileSync(join(folder, name));
    const runs = bytes.readUInt32LE(4);
    if (crc32(bytes.subarray(4)) !== bytes.readUInt32LE(0)) return { runs: 0 };
    return { data: bytes.subarray(headBytes + bytes.readUInt32LE(8)), runs };
  } catch {
    return { runs: 0 };
  }
}

interface Learnt {
  readonly program: string;
  readonly data: Buffer;
  readonly runs: number;
}

/** Not with node's `recursive`, which never ends in a file system like `/proc`. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** Without the cache all works as well: a folder that cannot be written is no fault. */
function writeCache(place: CachePlace, { program, data, runs }: Learnt): void {
  const { folder, prefix, name } = place;
  const beside = join(folder, `.${name}.${process.pid}.tmp`);
  try {
    makeFolder(folder);
  } catch {
    return;
  }
  try {
    for (const other of readdirSync(folder)) {
      const isOlder = other.startsWith(prefix);
      // Now and then what is left of kaons that are no more.
      if (isOlder || (runs === 1 && isForsaken(join(folder, other)))) {
        rmSync(join(folder, other), { force: true });
      }
    }
    const path = Buffer.from(program);
    const bytes = Buffer.concat([Buffer.alloc(headBytes), path, data]);
    bytes.writeUInt32LE(runs, 4);
    bytes.writeUInt32LE(path.length, 8);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    writeFileSync(beside, bytes);
    renameSync(beside, join(folder, name));
  } catch {
    rmSync(beside, { force: true });
  }
}

const dayMs = 86_400_000;
const longestPath = 4096;

/** Whether a cache file is of a program that is not there any more, or of no kaon that we know. */
function isForsaken(path: string): boolean {
  try {
    // Half of one, which another kaon writes now or died over.
    if (path.endsWith('.tmp')) return Date.now() - statSync(path).mtimeMs > dayMs;
    return !path.endsWith(ending) || !existsSync(programOf(path));
  } catch {
    return false; // another kaon was here first
  }
}

function programOf(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    readSync(descriptor, head, 0, headBytes, 0);
    const program = Buffer.alloc(Math.min(head.readUInt32LE(8), longestPath));
    readSync(descriptor, program, 0, program.length, headBytes);
    return program.toString();
  } finally {
    closeSync(descriptor);
  }
}

/** Enough to tell a few texts apart: FNV-1a of 32 bits twice. Node's own hashes take their time to load. */
function mark(text: string): string {
  let [first, second] = [0x811c9dc5, 0x01234567];
  for (const byte of Buffer.from(text)) {
    first = Math.imul(first ^ byte, 0x01000193);
    second = Math.imul(second ^ byte, 0x5bd1e995) ^ (second >>> 15);
  }
  return [first, second].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}
