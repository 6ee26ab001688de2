import { isJsonObject, parseJson } from '../base/parse-json.ts';

/** What `cargo metadata` says, as far as it is looked at here. */
export interface CargoMetadata {
  readonly packages: readonly MetadataPackage[];
  readonly workspace_members: readonly string[];
  /** Absent where only the members were asked for. */
  readonly resolve: { readonly nodes: readonly MetadataNode[] } | null;
}

export interface MetadataPackage {
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly license: string | null;
  /** As a lock file writes it. */
  readonly source: string | null;
  readonly targets: readonly {
    readonly kind: readonly string[];
    readonly name: string;
    readonly src_path: string;
    readonly edition: string;
  }[];
  readonly manifest_path: string;
  readonly rust_version: string | null;
}

export interface MetadataNode {
  readonly id: string;
  readonly features: readonly string[];
  readonly deps: readonly {
    /** As the code calls it. */
    readonly name: string;
    readonly pkg: string;
    readonly dep_kinds: readonly { readonly kind: 'dev' | 'build' | null }[];
  }[];
}

/** What it printed; undefined where that is no JSON. */
export function parseCargoMetadata(text: string): CargoMetadata | undefined {
  const told = parseJson(text);
  // The format is Cargo's promise.
  return isJsonObject(told) ? (told as unknown as CargoMetadata) : undefined;
}
