import { type Diagnostic, errorAt } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { placeOfEntry, placeOfKey, type Table } from '../manifest/toml.ts';
import { unstableKeys } from '../units/faults/unstable-keys.ts';
import type { LoadedWorkspace } from '../units/packages/load-workspace.ts';
import type { WrittenManifest } from '../units/packages/written-manifest.ts';
import { dependencyFaults } from './dependency-faults.ts';
import { featureFaults } from './feature-faults.ts';
import type { Judged, Rule } from './judged.ts';
import { packageFaults } from './package-faults.ts';
import { patchFaults } from './patch-faults.ts';
import { profileFaults } from './profile-faults.ts';
import { spellingFaults } from './spelling-faults.ts';
import { targetFaults } from './target-faults.ts';
import { typeFaults } from './type-faults.ts';
import { workspaceFaults } from './workspace-faults.ts';

const rules: readonly Rule[] = [
  packageFaults,
  workspaceFaults,
  targetFaults,
  featureFaults,
  dependencyFaults,
  profileFaults,
  patchFaults,
  spellingFaults,
  typeFaults,
];

/**
 * Why Cargo would refuse the manifests of a workspace. Of these it is not asked where the lock file fits;
 * crates from elsewhere were published, and are right but for files that they came without.
 */
export function manifestFaults(
  files: Files,
  manifests: readonly WrittenManifest[],
  {
    workspace,
    configured = {},
    knowsRegistry = () => true,
    manifest,
    forgives = false,
  }: Surroundings,
): readonly Diagnostic[] {
  return manifests.flatMap((written) => {
    const judged = {
      ...written,
      ...{ files, workspace, configured, knowsRegistry },
      isRoot: written.folder === workspace.root,
      manifest: manifest ?? workspace.members.get(written.folder)?.manifest,
    };
    const found = rules
      .flatMap((rule) => rule(judged))
      .filter(({ isForgiven }) => !(forgives && isForgiven === true));
    const told = found.map(({ key, value, message, hint }) => {
      const place =
        value === undefined
          ? placeOfKey(written.source, key)
          : placeOfEntry(written.source, key, value);
      return errorAt(place, message, hint);
    });
    return [...unstableKeys(written), ...told];
  });
}

/** What manifests are judged in. */
interface Surroundings {
  readonly workspace: LoadedWorkspace;
  /** `[profile]` of the user's configuration. */
  readonly configured?: Table;
  readonly knowsRegistry?: Judged['knowsRegistry'];
  /** Of a package that is no member. */
  readonly manifest?: Manifest;
  /** No member names it: another such package does. */
  readonly forgives?: boolean;
}
