import { err, ok, type Result } from '../base/result.ts';
import type { Graph } from '../graph/graph.ts';
import type { FileFault, Files } from '../host/host.ts';
import { checksum } from './format/checksum.ts';
import { decodeGraph, encodeGraph, sectionCount, withOtherStrings } from './graph-sections.ts';

/** Why a stored graph cannot be used. The build files then have to be read again. */
export type GraphFileFault =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'other-version'; readonly found: number }
  | { readonly kind: 'damaged'; readonly reason: string };

/**
 * A graph in a file, read without decoding what is not asked for. Numbers are little-endian:
 *
 *     "KAONGRPH"  version  checksum of all that follows  number of sections
 *     for each section: offset, length in bytes
 *     sections, each at a multiple of four: see graph-sections.ts
 */
const magic = 'KAONGRPH';
const version = 4;
const headerBytes = 20;

/** Writes a graph whole or not at all: who reads meanwhile sees the old one. */
export function saveGraph(files: Files, path: string, graph: Graph): Result<void, FileFault> {
  return files.replace(path, graphBytes(encodeGraph(graph)));
}

function graphBytes(sections: readonly ArrayBufferView[]): Uint8Array {
  let offset = headerBytes + sections.length * 8;
  const places = sections.map((section) => {
    const place = { offset, length: section.byteLength };
    offset += Math.ceil(section.byteLength / 4) * 4;
    return place;
  });
  const bytes = new Uint8Array(offset);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < magic.length; at++) bytes[at] = magic.charCodeAt(at);
  view.setUint32(8, version, true);
  view.setUint32(16, sections.length, true);
  for (const [number, { offset: start, length }] of places.entries()) {
    view.setUint32(headerBytes + number * 8, start, true);
    view.setUint32(headerBytes + number * 8 + 4, length, true);
    const section = sections[number];
    if (section !== undefined) {
      bytes.set(new Uint8Array(section.buffer, section.byteOffset, length), start);
    }
  }
  view.setUint32(12, checksum(bytes.subarray(16)), true);
  return bytes;
}

/** Whether some bytes are those of a graph's file. */
export function isGraph(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, magic.length)) === magic;
}

/** A graph's file with other words where marks are; undefined where it cannot be read, or a word has no other. */
export function movedGraph(
  bytes: Uint8Array,
  marks: readonly string[],
  moved: (text: string) => string | undefined,
): Uint8Array | undefined {
  const sections = sectionsOf(bytes);
  if (!sections.ok) return undefined;
  const changed = withOtherStrings(sections.value, marks, moved);
  return changed === undefined ? undefined : graphBytes(changed);
}

/** Reads a graph. Checks its checksum; its rows are decoded when they are asked for. */
export function loadGraph(files: Files, path: string): Result<Graph, GraphFileFault> {
  const read = files.readBytes(path);
  if (!read.ok) {
    const { kind, reason } = read.error;
    return err(kind === 'missing' ? { kind } : { kind: 'unreadable', reason });
  }
  const sections = sectionsOf(read.value);
  return sections.ok ? ok(decodeGraph(sections.value)) : sections;
}

function sectionsOf(given: Uint8Array): Result<readonly Uint8Array[], GraphFileFault> {
  // A copy at offset 0, so that sections are aligned for typed arrays.
  const bytes = given.byteOffset % 4 === 0 ? given : Uint8Array.from(given);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const damaged = (reason: string): Result<never, GraphFileFault> =>
    err({ kind: 'damaged', reason });
  if (bytes.length < headerBytes) return damaged('it is too short');
  if (!isGraph(bytes)) return damaged('it does not begin as a graph does');
  const found = view.getUint32(8, true);
  if (found !== version) return err({ kind: 'other-version', found });
  if (view.getUint32(12, true) !== checksum(bytes.subarray(16))) {
    return damaged('its checksum is wrong');
  }
  if (view.getUint32(16, true) !== sectionCount) return damaged('it has other sections');
  const sections: Uint8Array[] = [];
  for (let number = 0; number < sectionCount; number++) {
    const start = view.getUint32(headerBytes + number * 8, true);
    const length = view.getUint32(headerBytes + number * 8 + 4, true);
    if (start + length > bytes.length) return damaged('a section is cut off');
    sections.push(bytes.subarray(start, start + length));
  }
  return ok(sections);
}
