/** Files as C. */

export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

function lines(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 20) {
    rows.push(`    ${[...bytes.subarray(at, at + 20)].join(', ')},`);
  }
  return rows.join('\n');
}

/** The source of `console_assets`, as `emu/assets.h` declares it. */
export function toC(assets: readonly Asset[]): string {
  const arrays = assets.map(
    ({ bytes }, index) => `static const uint8_t asset_${index}[] = {\n${lines(bytes)}\n};\n`,
  );
  const entries = assets.map(
    ({ path, type }, index) =>
      `    {${JSON.stringify(path)}, ${JSON.stringify(type)}, asset_${index}, sizeof asset_${index}},`,
  );
  return [
    '#include "emu/assets.h"\n',
    ...arrays,
    'const Asset console_assets[] = {',
    ...entries,
    '    {NULL, NULL, NULL, 0},\n};\n',
  ].join('\n');
}
