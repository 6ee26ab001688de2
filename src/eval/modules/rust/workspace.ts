import type { CrateId } from '../../../cargo/cargo-world.ts';
import { dependencyName } from '../../../cargo/crate-abi.ts';
import { bool, listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { addCratesOf, preferLockedCrates } from '../../cargo/cargo-lock.ts';
import { lockForMeson } from '../../cargo/current-lock.ts';
import { failWith } from '../../cargo/fail-with.ts';
import {
  cargoOf,
  hasCargo,
  loadWorkspace,
  placeOf,
  workspacePlace,
} from '../../cargo/project-cargo.ts';
import {
  builtin,
  keyword,
  type MethodTable,
  methodOf,
  optional,
  positional,
} from '../../declare.ts';
import { native } from '../../functions/common-keywords.ts';
import { addLanguages } from '../../languages/add-languages.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';
import type { CratesObject } from '../../objects/crates.ts';
import {
  type RustCrateObject,
  type RustWorkspaceObject,
  rustPackageType,
  rustSubprojectType,
  rustWorkspaceType,
} from '../../objects/rust.ts';
import { doSubproject } from '../../subprojects/do-subproject.ts';
import { dependencies, linkWhole, linkWith } from '../../targets/keywords/common.ts';
import { cratesOf } from './crates.ts';

const { asDefault: _linkWith, ...ownLinkWith } = linkWith;
const { asDefault: _linkWhole, ...ownLinkWhole } = linkWhole;

export const rustWorkspace = builtin({
  name: 'workspace',
  label: 'rust.workspace',
  doc: "The crates of this project's Cargo.toml and Cargo.lock.",
  since: '1.11.0',
  positional: [
    optional('folder', str, "kaon's own: a workspace in the tree, built as Cargo builds it."),
  ],
  keywords: {
    default_features: keyword(orNothing(bool), undefined, 'Whether the feature default counts.'),
    features: keyword(orNothing(listOf(str)), undefined, 'Features of its members.'),
    extra_members: keyword(
      orNothing(listOf(str)),
      undefined,
      'Members that are built beside the default ones.',
    ),
    packages: keyword(orNothing(listOf(str)), undefined, "Packages of the folder's workspace."),
    all_features: keyword(bool, false, 'All features of these packages.'),
    profile: keyword(str, '', 'Their profile; that of the build type when empty.'),
    target: keyword(str, '', 'What to build for, as rustc names it; as configured when empty.'),
    link_with: { ...ownLinkWith, doc: 'Libraries that their programs and tests link.' },
    link_whole: { ...ownLinkWhole, doc: 'The same, each whole.' },
    dependencies: { ...dependencies, doc: 'Dependencies that their programs and tests link.' },
    locked: keyword(bool, false, 'Their Cargo.lock must be there and fit: it is not changed.'),
    ignore_rust_version: keyword(bool, false, 'Try packages that ask for a newer compiler.'),
  },
  returns: 'rust_workspace',
  run: (call, { positional: [folder], keywords }): RustWorkspaceObject | CratesObject => {
    if (folder !== undefined) return cratesOf(call, folder, keywords);
    const { default_features: withDefault, features, extra_members: members } = keywords;
    const place = workspacePlace(call);
    const graph = graphAt(call, place, keywords.locked);
    addLanguages(call, ['rust'], { required: true, machine: 'host' });
    addLanguages(call, ['rust'], { required: true, machine: 'build' });
    if (withDefault !== undefined || features !== undefined) {
      const chosen = [...(withDefault === false ? [] : ['default']), ...(features ?? [])];
      const result = graph.chooseFeatures(chosen);
      if (!result.ok) call.fail(result.error);
    }
    const workspace = loadWorkspace(call, graph, { ...place, extraMembers: members });
    return { type: rustWorkspaceType, graph, workspace };
  },
});

/** The crates of the project being read, which all belong to one lock file. */
function graphAt(call: Call, place: ReturnType<typeof workspacePlace>, locked: boolean) {
  const isBelow = place.folder !== placeOf(call).folder;
  if (!hasCargo(call)) lockForMeson(call, { folder: place.folder, locked });
  const graph =
    cargoOf(call, place) ??
    call.fail('rust.workspace() requires a Cargo project (Cargo.toml and Cargo.lock)');
  if (isBelow && graph.folder !== place.folder)
    call.fail(
      `rust.workspace() of ${place.subdir}: the crates of this project are those of another`,
      { hint: `They were asked for in ${graph.folder}.` },
    );
  const { lock } = graph;
  if (lock !== undefined && call.scope.subproject === '') preferLockedCrates(call, lock);
  else if (lock !== undefined && isBelow) addCratesOf(call, lock);
  return graph;
}

const method = methodOf<RustWorkspaceObject>();
const nativeCrate = { ...native, since: '1.12.0' };

export const rustWorkspaceMethods: MethodTable = {
  type: rustWorkspaceType,
  label: 'workspace',
  doc: 'The crates of a Cargo workspace.',
  methods: [
    method({
      name: 'packages',
      doc: 'Names of the members that are built.',
      returns: 'array[str]',
      run: (_call, { graph, workspace }) => graph.configuredPackages(workspace),
    }),
    method({
      name: 'package',
      doc: 'A member; the root package when none is named.',
      positional: [optional('name', str, "The package's name.")],
      keywords: { native: nativeCrate },
      returns: 'rust_package',
      run: (call, self, { positional: [name], keywords }): RustCrateObject => {
        const { graph, workspace } = self;
        const found = graph.member(workspace, name);
        if (!found.ok) return call.fail(found.error);
        const machine = chosenMachine(call, keywords.native);
        if (graph.configuration(found.value, machine) === undefined) {
          const { name: known, version } = graph.crate(found.value).manifest.package;
          const shown = call.evaluation.cross ? machine : 'host';
          call.fail(`package ${known}-${version} not configured for ${shown} machine`);
        }
        return { ...self, type: rustPackageType, crate: found.value, machine };
      },
    }),
    method({
      name: 'subproject',
      doc: 'A crate of another project, which is read now.',
      positional: [
        positional('name', str, "The package's name."),
        optional('api', str, 'Its API version: `1`, `0.3`.'),
      ],
      keywords: { native: nativeCrate },
      returns: 'rust_subproject',
      run: (call, self, { positional: [name, api], keywords }): RustCrateObject => {
        const found = self.graph.locked(name, api === '' ? undefined : api);
        if (!found.ok) return failWith(call, found.error);
        if (found.value === undefined)
          return call.fail(
            api
              ? `No version of cargo package "${name}" provides API ${api}`
              : `Cargo package "${name}" not available`,
          );
        const crate = found.value;
        configureCrate(call, self, crate);
        const machine = chosenMachine(call, keywords.native);
        return { ...self, type: rustSubprojectType, crate, machine };
      },
    }),
  ],
};

/** Reads the subproject of a crate. */
export function configureCrate(call: Call, { graph }: RustWorkspaceObject, id: CrateId): void {
  const { manifest, subproject } = graph.crate(id);
  const { name, version } = manifest.package;
  doSubproject(call, subproject ?? dependencyName(name, version), {
    required: true,
    version: [],
    method: 'cargo',
  });
}
