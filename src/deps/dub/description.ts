import { parseJsonObject } from '../../base/parse-json.ts';

/** What `dub describe` tells, as far as it is needed. */
export interface DubDescription {
  readonly platform: readonly string[];
  readonly architecture: readonly string[];
  readonly buildType: string;
  readonly packages: readonly DubPackage[];
  readonly targets: readonly DubTarget[];
}

export interface DubPackage {
  readonly name: string;
  readonly version: string;
  readonly active: boolean;
  readonly configuration: string;
  readonly path: string;
  readonly targetType: string;
  readonly targetFileName: string;
}

export interface DubTarget {
  readonly rootPackage: string;
  readonly linkDependencies: readonly string[];
  readonly buildSettings: DubSettings;
  /** Where the library lies that was built; newer ones tell. */
  readonly cacheArtifactPath?: string;
}

export interface DubSettings {
  readonly importPaths: readonly string[];
  readonly stringImportPaths: readonly string[];
  readonly versions: readonly string[];
  readonly mainSourceFile: string;
  readonly sourceFiles: readonly string[];
  readonly dflags: readonly string[];
  readonly libs: readonly string[];
  readonly lflags: readonly string[];
}

/** Reads what it printed; undefined where that is something else. */
export function readDescription(text: string): DubDescription | undefined {
  const read = parseJsonObject(text);
  const isOne = Array.isArray(read?.['packages']) && Array.isArray(read['targets']);
  return isOne ? (read as unknown as DubDescription) : undefined; // DUB's own words for what it is
}
