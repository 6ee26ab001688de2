import { sha256Of } from '../base/sha256.ts';

/** Something in an archive that others made: a line of the bill of materials. */
export interface Component {
  readonly kind: 'crate' | 'wrap' | 'npm';
  readonly name: string;
  readonly version: string;
  /** Of the file it was unpacked from. */
  readonly hash?: { readonly algorithm: 'SHA-256' | 'SHA-512' | 'SHA-1'; readonly hex: string };
  /** As its makers wrote it. */
  readonly license?: string;
  /** The repository it was taken from. */
  readonly repository?: string;
  /** Only used to build or test. */
  readonly development?: boolean;
}

export interface Bill {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly components: readonly Component[];
  readonly timeSeconds: number;
  readonly toolVersion: string;
}

/** A bill of materials as CycloneDX JSON; the same things give the same bytes. */
export function cycloneDx({
  name,
  version,
  license,
  components,
  timeSeconds,
  toolVersion,
}: Bill): string {
  const rows = components
    .map((component) => ({ reference: referenceOf(component), component }))
    .sort((a, b) => (a.reference < b.reference ? -1 : 1));
  const reference = `pkg:generic/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: new Date(timeSeconds * 1000).toISOString().replace('.000Z', 'Z'),
      tools: { components: [{ type: 'application', name: 'kaon', version: toolVersion }] },
      component: {
        'bom-ref': reference,
        type: 'application',
        name,
        version,
        purl: reference,
        ...licensesOf(license),
      },
    },
    components: rows.map(({ reference: own, component }) => entryOf(own, component)),
    dependencies: [{ ref: reference, dependsOn: rows.map((row) => row.reference) }],
  };
  const { bomFormat, specVersion, $schema, ...rest } = document;
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(document))}`;
  return `${JSON.stringify({ $schema, bomFormat, specVersion, serialNumber, ...rest }, null, 2)}\n`;
}

function entryOf(reference: string, component: Component): object {
  const { name, version, hash, license, repository, development } = component;
  return {
    'bom-ref': reference,
    type: 'library',
    name,
    version,
    scope: development === true ? 'excluded' : 'required',
    ...(hash !== undefined && { hashes: [{ alg: hash.algorithm, content: hash.hex }] }),
    ...licensesOf(license),
    purl: reference,
    ...(repository !== undefined && {
      externalReferences: [{ type: 'vcs', url: repository }],
    }),
  };
}

const types = { crate: 'cargo', wrap: 'generic', npm: 'npm' } as const;

/** A package URL: `pkg:cargo/syn@2.0.66`. */
function referenceOf({ kind, name, version }: Component): string {
  const encoded = name.split('/').map(encodeURIComponent).join('/');
  return `pkg:${types[kind]}/${encoded}@${encodeURIComponent(version)}`;
}

/** Words of an SPDX expression; what is none is named as it stands. */
const expression = /^\(*[A-Za-z0-9.+-]+\)*( (AND|OR|WITH) \(*[A-Za-z0-9.+-]+\)*)*$/;

function licensesOf(text: string | undefined): object {
  // Crates of old said MIT/Apache-2.0.
  const said = text?.replaceAll(/\s*\/\s*/g, ' OR ').trim() ?? '';
  if (said === '' || said === 'unknown') return {};
  if (expression.test(said)) return { licenses: [{ expression: said }] };
  return { licenses: [{ license: { name: said } }] };
}

/** A UUID of version 8 ("made by one's own rule") from a hash of the content. */
function uuidOf(text: string): string {
  const hex = sha256Of(text);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
