// The licences of the packages that lie in the bundles: who passes kaon on passes them on, too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What each package says of its licence, in the order of their names.
 * @param {string} root
 * @param {Iterable<string>} inputs what was bundled, relative to `root`
 */
export function licenses(root, inputs) {
  const packages = new Set([...inputs].map(packageOf).filter((name) => name !== undefined));
  return [...packages]
    .sort()
    .map((name) => licenseOf(join(root, 'node_modules', name)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} path */
function packageOf(path) {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(path)?.[1];
}

/** @param {string} folder */
function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying|thirdpartynotices)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${[`${name} ${version}: ${license}`, ...texts].join('\n\n')}\n`;
}
