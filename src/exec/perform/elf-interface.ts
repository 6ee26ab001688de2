/**
 * What users of an ELF shared library see of it: its name, and its dynamic symbols, sorted. Sizes
 * count for data only, which programs copy; addresses never do. Nothing when the file is not ELF
 * or has no section headers.
 */
export function elfInterface(bytes: Uint8Array): readonly string[] | undefined {
  try {
    return readInterface(bytes);
  } catch (error) {
    // An offset beyond the end: the file is cut off or lies.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  /** The section of its strings. */
  readonly link: number;
}

/** Kinds of sections. */
const dynamicSection = 6;
const dynamicSymbols = 11;
const versionDefinitions = 0x6ffffffd;
const versionOfSymbols = 0x6fffffff;

const sonameTag = 14;
/** Types of symbols whose size matters. */
const dataTypes = new Set([1, 5, 6]);

interface Elf {
  readonly view: DataView;
  readonly wide: boolean;
  readonly little: boolean;
  readonly sections: readonly Section[];
}

function readInterface(bytes: Uint8Array): readonly string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 64 || view.getUint32(0) !== 0x7f454c46) return undefined;
  const wide = bytes[4] === 2;
  const little = bytes[5] === 1;
  const sections = readSections(view, { wide, little });
  const elf: Elf = { view, wide, little, sections };
  const symbols = sections.find(({ type }) => type === dynamicSymbols);
  if (symbols === undefined) return undefined;
  const name = soname(elf);
  const lines = readSymbols(elf, symbols).sort();
  return name === undefined ? lines : [`SONAME ${name}`, ...lines];
}

function readSections(
  view: DataView,
  { wide, little }: Pick<Elf, 'wide' | 'little'>,
): readonly Section[] {
  const start = wide ? Number(view.getBigUint64(40, little)) : view.getUint32(32, little);
  const entry = view.getUint16(wide ? 58 : 46, little);
  const count = view.getUint16(wide ? 60 : 48, little);
  return Array.from({ length: count }, (_, number) => {
    const at = start + number * entry;
    const type = view.getUint32(at + 4, little);
    if (!wide) {
      const [offset, size] = [view.getUint32(at + 16, little), view.getUint32(at + 20, little)];
      return { type, offset, size, link: view.getUint32(at + 24, little) };
    }
    const offset = Number(view.getBigUint64(at + 24, little));
    const size = Number(view.getBigUint64(at + 32, little));
    return { type, offset, size, link: view.getUint32(at + 40, little) };
  });
}

function readSymbols(elf: Elf, symbols: Section): string[] {
  const { view, wide, little } = elf;
  const entry = wide ? 24 : 16;
  const versions = versionNames(elf);
  const lines: string[] = [];
  for (let number = 1; number < symbols.size / entry; number++) {
    const at = symbols.offset + number * entry;
    const name = text(elf, symbols.link, view.getUint32(at, little));
    const info = view.getUint8(at + (wide ? 4 : 12));
    const section = view.getUint16(at + (wide ? 6 : 14), little);
    const size = wide ? Number(view.getBigUint64(at + 16, little)) : view.getUint32(at + 8, little);
    const type = info & 15;
    const where = section === 0 ? 'undefined' : 'defined';
    const data = section !== 0 && dataTypes.has(type) ? ` size ${size}` : '';
    lines.push(`${name}${versions(number)} ${where} type ${type} binding ${info >> 4}${data}`);
  }
  return lines;
}

/** `@VERSION` of a symbol that the library defines with one. */
function versionNames(elf: Elf): (symbol: number) => string {
  const { view, little, sections } = elf;
  const numbers = sections.find(({ type }) => type === versionOfSymbols);
  const definitions = sections.find(({ type }) => type === versionDefinitions);
  if (numbers === undefined || definitions === undefined) return () => '';
  const names = new Map<number, string>();
  for (let at = definitions.offset; at < definitions.offset + definitions.size; ) {
    const first = at + view.getUint32(at + 12, little);
    const name = text(elf, definitions.link, view.getUint32(first, little));
    names.set(view.getUint16(at + 4, little), name);
    const next = view.getUint32(at + 16, little);
    if (next === 0) break;
    at += next;
  }
  return (symbol) => {
    const number = view.getUint16(numbers.offset + symbol * 2, little);
    const name = names.get(number & 0x7fff);
    return name === undefined ? '' : `${number & 0x8000 ? '@' : '@@'}${name}`;
  };
}

function soname(elf: Elf): string | undefined {
  const { view, wide, little } = elf;
  const section = elf.sections.find(({ type }) => type === dynamicSection);
  if (section === undefined) return undefined;
  const entry = wide ? 16 : 8;
  for (let at = section.offset; at < section.offset + section.size; at += entry) {
    const tag = wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
    const value = wide ? Number(view.getBigUint64(at + 8, little)) : view.getUint32(at + 4, little);
    if (tag === sonameTag) return text(elf, section.link, value);
  }
  return undefined;
}

function text({ view, sections }: Elf, section: number, offset: number): string {
  const start = (sections[section]?.offset ?? view.byteLength) + offset;
  let end = start;
  while (view.getUint8(end) !== 0) end++;
  return new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + start, end - start),
  );
}
