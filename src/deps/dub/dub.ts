import { versionMatches } from '../../base/version.ts';
import type { FeatureWords } from '../../toolchains/rules.ts';
import { exitCode } from '../ask.ts';
import { type DependencyContext, type DependencyRequest, plainRequest } from '../context.ts';
import { type Attempt, found } from '../found.ts';
import { findWithPkgConfig } from '../pkg-config.ts';
import { complaint, findArtifact, type Wanted } from './artifact.ts';
import {
  type DubDescription,
  type DubPackage,
  type DubSettings,
  type DubTarget,
  readDescription,
} from './description.ts';
import { type Dub, findDub, runDub } from './tool.ts';

/** The package that is asked for. */
interface Sought extends DependencyRequest {
  readonly name: string;
}

/** Looks for a package of D that DUB has built as a static library. */
export function findWithDub(
  context: DependencyContext,
  name: string,
  request: DependencyRequest,
): Attempt {
  const toolchain = context.checker('d')?.family.toolchain;
  if (toolchain === undefined) return { kind: 'failed', reason: 'No D compiler found.' };
  const sought: Sought = { ...request, name };
  const dub = findDub(context);
  if (dub === undefined)
    return request.required ? { kind: 'failed', reason: 'DUB not found.' } : none;
  if (!dub.keepsInPackage && !dub.tellsArtifacts) return tooOld(context, sought, dub);
  const buildType = dubBuildType(String(context.option('buildtype')));
  const compiler = toolchain.command.at(-1) ?? '';
  const setting = [
    `--arch=${context.machineInfo.cpuFamily}`,
    `--compiler=${compiler}`,
    `--build=${buildType}`,
  ];
  const described = describe(context, sought, { dub, setting });
  if (described.kind === 'failed') return described;
  if (described.kind === 'absent') return none;
  const { description, buildCommand } = described;
  const chosen = choose(context, sought, described);
  if (chosen === undefined) return none;
  const wanted: Wanted = { dub, description, toolchain };
  const libraries = builtLibraries(context, chosen, { wanted, buildType, buildCommand });
  if (libraries === undefined) return none;
  const settings = settingsOf(context, chosen.target.buildSettings);
  const dependency = {
    name,
    type: 'dub',
    machine: context.machine,
    version: chosen.row.version,
    compileArgs: settings.compileArgs,
    linkArgs: [...libraries, ...settings.linkArgs],
    language: 'd',
    details: forD,
  };
  return found(dependency);
}

/** What the log says before `found:`. */
const forD = 'for d';
const none: Attempt = { kind: 'absent', details: forD };

function tooOld(
  { warn }: DependencyContext,
  { name, required }: Sought,
  { version }: Dub,
): Attempt {
  if (required)
    return {
      kind: 'failed',
      reason: `DUB version ${version} is not compatible with Meson (can't locate artifacts in DUB's cache). Upgrade to Dub >= 1.35.`,
    };
  warn(
    `DUB dependency ${name} not found because Dub ${version} is not compatible with Meson. (Can't locate artifacts in DUB's cache). Upgrade to Dub >= 1.35`,
  );
  return none;
}

/** DUB's name of a build type. */
function dubBuildType(buildType: string): string {
  if (buildType === 'debugoptimized') return 'release-debug';
  return buildType === 'minsize' ? 'release' : buildType;
}

type Described =
  | (Description & { readonly kind: 'described' })
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };

interface Description {
  readonly description: DubDescription;
  /** What builds the package where it is missing. */
  readonly buildCommand: string;
  /** The project itself is one of DUB's, and names what it needs. */
  readonly isLocal: boolean;
}

/** Asks DUB of the project itself, then of the package alone. */
function describe(
  context: DependencyContext,
  { name, version }: Sought,
  { dub, setting }: { readonly dub: Dub; readonly setting: readonly string[] },
): Described {
  const build = dub.tellsArtifacts
    ? ['dub', 'build', '--deep', ...setting]
    : ['dub', 'run', '--yes', 'dub-build-deep', '--', ...setting];
  // DUB takes these in another order there.
  const [arch = '', compiler = '', buildType = ''] = setting;
  const ask = (words: readonly string[]) =>
    runDub(context, dub.path, ['describe', ...words, arch, buildType, compiler]);
  const local = ask([]);
  const own = exitCode(local) === 0 ? readDescription(local.stdout) : undefined;
  if (own !== undefined)
    return { kind: 'described', description: own, buildCommand: build.join(' '), isLocal: true };
  const [wanted, ...more] = version;
  if (more.length > 0) {
    context.log('ERROR: Multiple version requirements are not supported for raw dub dependencies.');
    context.log("ERROR: Please specify only an exact version like '1.2.3'");
    return {
      kind: 'failed',
      reason: 'Multiple version requirements are not solvable for raw dub dependencies',
    };
  }
  const spec = wanted === undefined ? name : `${name}@${wanted}`;
  const buildCommand = [...build, spec].join(' ');
  const alone = ask([spec]);
  const description = exitCode(alone) === 0 ? readDescription(alone.stdout) : undefined;
  if (description !== undefined)
    return { kind: 'described', description, buildCommand, isLocal: false };
  if (alone.stderr.includes('locally')) {
    context.log(
      `ERROR: ${spec} is not present locally. You may try the following command:\n${buildCommand}`,
    );
  }
  return { kind: 'absent' };
}

interface Chosen {
  readonly row: DubPackage;
  readonly target: DubTarget;
  readonly packages: ReadonlyMap<string, DubPackage>;
  readonly targets: ReadonlyMap<string, DubTarget>;
}

/** The package of a description, where it is a library that can be used. */
function choose(
  { log }: DependencyContext,
  { name, version }: Sought,
  { description, isLocal }: Description,
): Chosen | undefined {
  const packages = new Map(description.packages.map((row) => [row.name, row]));
  const targets = new Map(description.targets.map((target) => [target.rootPackage, target]));
  const row = description.packages.find((one) => one.active && one.name === name);
  if (row === undefined) {
    log(`ERROR: Could not find ${name} in DUB description.`);
    if (isLocal)
      log(
        `Make sure that the dependency is registered for your dub project by running:\ndub add ${name}`,
      );
    return undefined;
  }
  if (!['library', 'sourceLibrary', 'staticLibrary'].includes(row.targetType)) {
    log(`ERROR: ${name} found but it isn't a static library, it is: ${row.targetType}`);
    return undefined;
  }
  if (!version.every((wanted) => versionMatches(row.version, wanted))) {
    const wanted = version.join(' ');
    log(`ERROR: ${name}@${row.version} does not satisfy all version requirements of: ${wanted}`);
    return undefined;
  }
  const target = targets.get(name);
  if (target !== undefined) return { row, target, packages, targets };
  log(
    row.targetType === 'sourceLibrary'
      ? 'ERROR: DUB targets of type sourceLibrary are not supported.'
      : `ERROR: Could not find target description for ${name}`,
  );
  return undefined;
}

/** The libraries of the package and of those it needs, in the order in which they are linked. */
function builtLibraries(
  context: DependencyContext,
  { row, target, packages, targets }: Chosen,
  {
    wanted,
    buildType,
    buildCommand,
  }: { readonly wanted: Wanted; readonly buildType: string; readonly buildCommand: string },
): readonly string[] | undefined {
  const libraries: string[] = [];
  let differs = false;
  const needed = target.linkDependencies.flatMap((name) => packages.get(name) ?? []);
  for (const one of [row, ...needed]) {
    const its = targets.get(one.name);
    if (its === undefined) return undefined;
    const id = `${one.name}@${one.version}`;
    const artifact = findArtifact(context, wanted, { row: one, target: its });
    if (artifact.kind === 'none') {
      context.log(`ERROR: ${complaint(artifact, one, wanted)}`);
      context.log('You may try the following command to install the necessary DUB libraries:');
      context.log(buildCommand);
      return undefined;
    }
    if (!artifact.sameBuildType) {
      context.warn(`${id} found but not compiled as ${buildType}`);
      differs = true;
    }
    libraries.push(artifact.path);
  }
  if (differs)
    context.log(
      `If it is not suitable, try the following command and reconfigure Meson with --clearcache\n${buildCommand}`,
    );
  return libraries;
}

const nothing: FeatureWords = { unittest: false, debug: [], versions: [], importFolders: [] };

/** How the package wants to be compiled against and linked. */
function settingsOf(
  context: DependencyContext,
  settings: DubSettings,
): { readonly compileArgs: readonly string[]; readonly linkArgs: readonly string[] } {
  const { features } = context.checker('d')?.family.compile ?? {};
  const compileArgs = [
    ...settings.dflags,
    ...settings.importPaths.map((path) => `-I${path}`),
    // Folders of texts come first.
    ...(features?.({ ...nothing, importFolders: settings.stringImportPaths }) ?? []),
    ...(features?.({ ...nothing, versions: settings.versions }) ?? []),
    ...(settings.mainSourceFile === '' ? [] : [settings.mainSourceFile]),
  ];
  const linkArgs = [
    ...settings.sourceFiles.filter((file) => /\.(lib|a)$/.test(file)),
    ...settings.lflags,
  ];
  const quiet = { ...context, log: () => undefined };
  for (const library of settings.libs) {
    const attempt = findWithPkgConfig(quiet, library, { ...plainRequest, required: false });
    if (attempt.kind === 'found') {
      compileArgs.push(...attempt.found.compileArgs);
      linkArgs.push(...attempt.found.linkArgs);
    } else linkArgs.push(`-l${library}`);
  }
  return { compileArgs, linkArgs };
}
