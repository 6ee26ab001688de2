// Sets QEMU up with Meson and with kaon, in the place where its own `configure` would, and prints every
// difference of what comes of it: config-host.h, the devices of each target and all else that is written,
// introspection, compile commands.
//
//   node test/conformance/compare-qemu.mjs [--variant NAME,…|all] [--meson COMMAND] [--source FOLDER]
//        [--folder FOLDER] [--kaon KAON] [--each]
//
// The source comes by apt, Meson by pip, unless they are named; what cannot be had is skipped, with a word.
// Exits with 1 where a difference is not among the explained ones (compare-explained.mjs).
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  mesonByPip,
  prepare,
  qemuYard,
  smallVariant,
  sourceByApt,
} from '../support/qemu-source.mjs';
import { compareSides } from './compare-report.mjs';
import { oneSide } from './compare-side.mjs';

const { values: options } = parseArgs({
  options: {
    variant: { type: 'string', default: 'small' },
    meson: { type: 'string' },
    source: { type: 'string' },
    folder: { type: 'string', default: join(tmpdir(), 'kaon-compare-qemu') },
    kaon: { type: 'string', default: resolve(import.meta.dirname, '../../bin/kaon') },
    each: { type: 'boolean', default: false },
  },
});

/** Words of QEMU's `configure`, beside those of the small variant. @type {Record<string, string[]>} */
const variants = {
  small: [],
  debug: ['--enable-debug'],
  modules: ['--enable-modules'],
  lto: ['--enable-lto'],
  user: ['--target-list=', '--disable-system', '--enable-user'],
  // Wants GLib and pkg-config for that machine.
  cross: ['--cross-prefix=aarch64-linux-gnu-'],
};

const { folder } = options;
const yard = qemuYard(folder, options.kaon);
const source = options.source === undefined ? sourceByApt(yard) : resolve(options.source);
const meson = options.meson?.split(' ') ?? mesonByPip(yard);
const names = options.variant === 'all' ? Object.keys(variants) : options.variant.split(',');

let different = 0;
if (source !== undefined && meson !== undefined)
  for (const name of names) different += compare(name, source, meson);
process.exit(different === 0 ? 0 : 1);

/** Answers how many unexplained differences there are. @param {string} name @param {string} source @param {string[]} meson */
function compare(name, source, meson) {
  const more = variants[name];
  if (more === undefined) {
    console.log(`There is no variant ${name}; there are ${Object.keys(variants).join(', ')}.`);
    return 1;
  }
  const prepared = prepare(yard, source, name, [...smallVariant, ...more]);
  if (prepared === undefined) return 0;
  const { place: begin, words: setupOptions } = prepared;
  const { environment } = yard;
  const nothingMore = { build: false, test: false, install: false };
  const work = { source, folder, setupOptions, begin, environment, ...nothingMore };
  const theirs = oneSide({ ...work, command: meson });
  const ours = oneSide({ ...work, command: [options.kaon] });
  return compareSides(`QEMU, ${name}`, theirs, ours, folder, { each: options.each });
}
