// Compares two JSON values; each difference has a place and what both sides say.

/** JSON of unknown shape. @typedef {any} Json */
/** @typedef {{ path: string, meson: Json, kaon: Json }} Difference */

/**
 * Objects in lists are matched by `id` or `name`.
 * @param {string} path
 * @param {Json} meson
 * @param {Json} kaon
 * @returns {Difference[]}
 */
export function differences(path, meson, kaon) {
  if (Object.is(meson, kaon)) return [];
  if (Array.isArray(meson) && Array.isArray(kaon)) return listDifferences(path, meson, kaon);
  if (isObject(meson) && isObject(kaon)) {
    const keys = [...new Set([...Object.keys(meson), ...Object.keys(kaon)])];
    return keys.flatMap((key) => differences(`${path}{${key}}`, meson[key], kaon[key]));
  }
  return [{ path, meson, kaon }];
}

/**
 * @param {string} path
 * @param {Json[]} meson
 * @param {Json[]} kaon
 * @returns {Difference[]}
 */
function listDifferences(path, meson, kaon) {
  const keyed = [...meson, ...kaon].every((value) => nameOf(value) !== undefined);
  if (keyed && meson.length + kaon.length > 0) return keyedDifferences(path, meson, kaon);
  const plain = [...meson, ...kaon].every((value) => typeof value !== 'object');
  if (plain || meson.length !== kaon.length) {
    return JSON.stringify(meson) === JSON.stringify(kaon) ? [] : [{ path, meson, kaon }];
  }
  return meson.flatMap((value, at) => differences(`${path}[${at}]`, value, kaon[at]));
}

/**
 * @param {string} path
 * @param {Json[]} meson
 * @param {Json[]} kaon
 * @returns {Difference[]}
 */
function keyedDifferences(path, meson, kaon) {
  const [left, right] = [byKey(meson), byKey(kaon)];
  const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    differences(`${path}{${key}}`, left.get(key), right.get(key)),
  );
  const inMeson = [...left.keys()].filter((key) => right.has(key));
  const inKaon = [...right.keys()].filter((key) => left.has(key));
  const at = inMeson.findIndex((key, index) => key !== inKaon[index]);
  if (at === -1) return found;
  return [...found, { path: `${path} order`, meson: inMeson[at], kaon: inKaon[at] }];
}

/** Rows by name; those of one name are counted. @param {Json[]} list @returns {Map<string, Json>} */
function byKey(list) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return new Map(
    list.map((value) => {
      const key = nameOf(value);
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      return [before === 0 ? key : `${key}#${before}`, value];
    }),
  );
}

/** @param {Json} value */
function nameOf(value) {
  return value?.id ?? value?.name;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, Json>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}
