import { makeRule } from '../../base/make-rule.ts';
import type { Directives, LinkArgument } from './directives.ts';

/** Where programs find shared libraries that the build made, as a shell reads it: by name, as Cargo puts them. */
export function libraryPaths({ search }: Directives, buildRoot: string): string {
  const folders = search
    .filter((one) => !/^(?:crate|framework)=/.test(one) && isBelow(buildRoot, one))
    .map((one) => one.replace(/^\w+=/, ''))
    .sort()
    .map(quoted);
  if (folders.length === 0) return '';
  return `export LD_LIBRARY_PATH=${folders.join(':')}"${'${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}'}"\n`;
}

/**
 * Where dependents look for libraries. Folders that the build made are apart from others: of all crates
 * they come first, as what was built for a program is meant, not what the system has of that name.
 */
export function searchArguments(
  { search }: Directives,
  buildRoot: string,
  which: 'built' | 'elsewhere',
): readonly string[] {
  return search
    .filter((one) => isBelow(buildRoot, one) === (which === 'built'))
    .flatMap((one) => ['-L', one]);
}

/**
 * rustc's arguments for one target of the script's own package: `lib`, `cdylib`, `unit-test`,
 * `doctest` (rustdoc takes no libraries), `bin=NAME`, `test`, `example`, `example-library`, `bench`.
 */
export function consumerArguments(
  directives: Directives,
  { consumer, hasLibrary }: { readonly consumer: string; readonly hasLibrary: boolean },
): readonly string[] {
  const isLibrary = ['lib', 'cdylib', 'unit-test'].includes(consumer);
  const linksItself = isLibrary || (!hasLibrary && consumer !== 'doctest');
  return [
    ...(linksItself ? directives.libraries.flatMap((one) => ['-l', one]) : []),
    ...directives.linkArgs
      .filter((argument) => isFor(argument, consumer))
      .flatMap(({ value }) => ['-C', `link-arg=${value}`]),
    ...directives.cfgs.flatMap((one) => ['--cfg', one]),
    ...directives.checkCfgs.flatMap((one) => ['--check-cfg', one]),
  ];
}

/** What a shared library for C is linked with, be it of the script's package or of a dependent. */
export function cdylibArguments({ linkArgs }: Directives): readonly string[] {
  return linkArgs
    .filter((argument) => argument.for === 'cdylib')
    .flatMap(({ value }) => ['-C', `link-arg=${value}`]);
}

/**
 * A C linker's arguments for a program that links the crate's archive. Static libraries are in the
 * archive already; what is left are those of the system.
 */
export function nativeArguments({ search, libraries }: Directives): readonly string[] {
  const folders = search
    .filter((one) => !/^(dependency|crate)=/.test(one))
    .map((one) => one.replace(/^(native|all)=/, '-L').replace(/^framework=/, '-F'));
  const shared = libraries.flatMap((one) => {
    const [, kind = 'dylib', name = ''] = /^(?:([^:=]+)(?::[^=]*)?=)?(.*)$/s.exec(one) ?? [];
    // `NAME:OTHER` calls it differently in the source.
    const plain = name.replace(/:.*$/, '');
    if (kind === 'framework') return ['-framework', plain];
    return kind === 'dylib' ? [`-l${plain}`] : [];
  });
  if (shared.length === 0) return [];
  return [...folders.map((one) => (one.startsWith('-') ? one : `-L${one}`)), ...shared];
}

function isFor({ for: target }: LinkArgument, consumer: string): boolean {
  switch (target) {
    case 'all':
      return true;
    case 'bins':
      return consumer.startsWith('bin=');
    case 'tests':
      return consumer === 'test';
    case 'examples':
      return consumer === 'example';
    case 'benches':
      return consumer === 'bench';
    case 'cdylib':
      return consumer === 'cdylib';
    default:
      return consumer === `bin=${target.bin}`;
  }
}

/** One argument a line, as rustc reads `@file`. */
export function argumentFile(words: readonly string[]): string {
  return words.map((word) => `${word}\n`).join('');
}

/** Variables as a shell reads them; the command it runs sets those whose names no shell can say. */
export function environmentFile({ environment }: Directives): string {
  return environment
    .map(([name, value]) =>
      /^[A-Za-z_]\w*$/.test(name)
        ? `export ${name}=${quoted(value)}\n`
        : `set -- env ${quoted(`${name}=${value}`)} "$@"\n`,
    )
    .join('');
}

/** `DEP_NAME_KEY=value`, one a line, for scripts of dependents. */
export function metadataFile({ metadata }: Directives): string {
  return metadata.map(([key, value]) => `${key}=${value}\n`).join('');
}

/** The variables that a metadata file means to a script whose package needs `links`. */
export function metadataVariables(links: string, text: string): Readonly<Record<string, string>> {
  const upper = (name: string) => name.toUpperCase().replaceAll('-', '_');
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at === -1
        ? []
        : [[`DEP_${upper(links)}_${upper(line.slice(0, at))}`, line.slice(at + 1)]];
    }),
  );
}

/** What a run rests on, in make's language with rustc's words for variables. */
export function scriptDepfile(
  target: string,
  files: readonly string[],
  variables: readonly (readonly [name: string, value: string | undefined])[],
): string {
  const names = variables.map(([name, value]) =>
    value === undefined
      ? `# env-dep:${name}\n`
      : `# env-dep:${name}=${value.replace(/[\\\n\r]/g, (one) => (one === '\n' ? '\\n' : one === '\r' ? '\\r' : '\\\\'))}\n`,
  );
  return makeRule(target, files) + names.join('');
}

function isBelow(buildRoot: string, said: string): boolean {
  return said.replace(/^\w+=/, '').startsWith(`${buildRoot}/`);
}

/** One word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
