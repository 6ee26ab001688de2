import { posix } from 'node:path';
import { versionMatches } from '../../base/version.ts';
import { type Diagnostic, plainError } from '../../diag/diagnostic.ts';
import type { Files } from '../../host/host.ts';
import type { Model, Project } from '../../model/model.ts';
import { asWarning } from './check-subprojects.ts';

/** What a manifest says of its package. */
interface Promised {
  readonly name: string;
  readonly version: string;
  readonly rustVersion: string;
}

/**
 * Crates that promise to build only with a newer rustc than there is. They may build all the same, as
 * Meson would try; else this tells why not.
 */
export function rustVersionWarnings(
  files: Files,
  model: Pick<Model, 'projects' | 'toolchains' | 'sourceRoot'>,
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return [...model.projects.values()].flatMap((project) => {
    const rustc = rustcOf(model, project);
    if (rustc === undefined) return [];
    const path = posix.resolve(model.sourceRoot, project.sourceDir, 'Cargo.toml');
    if (seen.has(path)) return [];
    seen.add(path);
    const promised = promiseOf(files, path);
    if (promised === undefined || versionMatches(rustc.version, `>=${promised.rustVersion}`))
      return [];
    const { name, version, rustVersion } = promised;
    return asWarning(
      plainError(
        `${name} ${version} needs rustc ${rustVersion} or newer, and ${rustc.command[0] ?? 'rustc'} is ${rustc.version}`,
        `"rustup update" brings a newer one, RUSTC=… names another${older(project, name)}.`,
      ),
    );
  });
}

function rustcOf({ toolchains }: Pick<Model, 'toolchains'>, project: Project) {
  if (!project.languages.includes('rust')) return undefined;
  const machine = project.forBuildMachine === true ? 'build' : 'host';
  return toolchains.get(machine)?.get('rust') ?? toolchains.get('host')?.get('rust');
}

/** Of what the project itself is, there is no older version to take. */
function older({ subproject }: Project, name: string): string {
  return subproject === ''
    ? ''
    : `, "kaon update ${name} --precise VERSION" takes an older ${name}`;
}

/** Three lines of a manifest, which is not worth parsing whole here. */
function promiseOf(files: Files, path: string): Promised | undefined {
  const text = files.readText(path);
  const tables = text.ok ? text.value.split(/^(?=\[)/m) : [];
  const own = tables.find((table) => table.startsWith('[package]')) ?? '';
  const field = (key: string) => new RegExp(`^${key}\\s*=\\s*["']([^"']*)["']`, 'm').exec(own)?.[1];
  const rustVersion = field('rust-version');
  if (rustVersion === undefined) return undefined;
  return { name: field('name') ?? '', version: field('version') ?? '', rustVersion };
}
