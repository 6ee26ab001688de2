import type { Host } from '../../host/host.ts';
import { machineOptions } from '../../model/builtin-options.ts';
import type { Machine, MachineChoice } from '../../model/machine.ts';
import {
  argumentVariables,
  binaryVariables,
  languageSuffixes,
  languagesUsingCppflags,
  languagesUsingLdflags,
} from '../../toolchains/languages.ts';
import { failPlainly } from '../evaluation-error.ts';
import { splitWords } from '../options/list-value.ts';
import { GivenOptions, type GivenValue, parseOptionKey } from '../options/option-key.ts';
import { isCompilerOption } from '../options/option-kinds.ts';
import { detectMachine } from './detect-machine.ts';
import { readMachineFiles, type Sections } from './machine-file.ts';
import { unknownMachines } from './unknown-machine.ts';

/** What machine files and the environment say of one machine. */
export interface MachineConfig {
  /** Programs by name: a command each. */
  readonly binaries: ReadonlyMap<string, readonly string[]>;
  readonly properties: ReadonlyMap<string, GivenValue>;
  readonly cmake: ReadonlyMap<string, GivenValue>;
  /** Arguments of languages that the environment gives (`CFLAGS`, `LDFLAGS`). */
  readonly environmentArgs: ReadonlyMap<string, EnvironmentArguments>;
}

export interface EnvironmentArguments {
  readonly compile: readonly string[];
  readonly link: readonly string[];
}

export interface MachineConfigs {
  readonly cross: boolean;
  readonly machines: Record<MachineChoice | 'target', Machine>;
  /** Those that no file describes: the machine kaon runs on. */
  readonly detected: readonly (MachineChoice | 'target')[];
  readonly configs: Readonly<Record<MachineChoice, MachineConfig>>;
  /** `[built-in options]`, `[project options]` and their like, and what the environment sets. */
  readonly options: GivenOptions;
  readonly deprecations: readonly string[];
  readonly warnings: readonly string[];
  /** Warnings that end no setup, not even where warnings are fatal. */
  readonly advice: readonly string[];
}

export interface MachineSources {
  readonly host: Pick<Host, 'files' | 'system'>;
  readonly sourceRoot: string;
  readonly nativeFiles: readonly string[];
  readonly crossFiles: readonly string[];
}

/** What is known of the build and host machines before any build file is read. */
export function readMachineConfigs({
  host,
  sourceRoot,
  nativeFiles,
  crossFiles,
}: MachineSources): MachineConfigs {
  const unread = new Set<string>();
  const reading = { sourceRoot, warn: (message: string) => unread.add(message) };
  const native = readMachineFiles(host, nativeFiles, reading);
  const crossed = readMachineFiles(host, crossFiles, reading);
  const cross = crossFiles.length > 0;
  const options = new GivenOptions();
  const deprecations: string[] = [];
  const told = (message: string): void => {
    if (!deprecations.includes(message)) deprecations.push(message);
  };
  const build = configOf(host, native, { cross, machine: 'build' });
  const whose = cross ? 'build' : 'host';
  takeOptions({ sections: native, machine: whose }, options, told);
  if (cross) takeOptions({ sections: crossed, machine: 'host' }, options, told);
  takeEnvironment(host, cross ? ['build', 'host'] : ['host'], options);
  // As Meson has it, the machine that we are on is what it is, whatever a native file says.
  const detected = detectMachine(host.system);
  const hostMachine = machineSection(crossed, 'host_machine') ?? detected;
  const target = machineSection(crossed, 'target_machine') ?? hostMachine;
  return {
    cross,
    machines: { build: detected, host: hostMachine, target },
    detected: (
      [
        ['build', detected],
        ['host', hostMachine],
        ['target', target],
      ] as const
    ).flatMap(([which, machine]) => (machine === detected ? [which] : [])),
    configs: { build, host: cross ? configOf(host, crossed, { cross, machine: 'host' }) : build },
    options,
    deprecations,
    warnings: [...unread, ...unknownMachines(crossed)],
    advice: overriding(options),
  };
}

/** Advice where machine files set the kind of a build and what hangs on it, too. */
function overriding(options: GivenOptions): readonly string[] {
  const has = (name: string): boolean =>
    options.get({ name, subproject: undefined, machine: 'host' }) !== undefined;
  if (!has('buildtype') || !(has('debug') || has('optimization'))) return [];
  return [
    'Recommend using either -Dbuildtype or -Doptimization + -Ddebug. Using both is redundant since they override each other. See: https://mesonbuild.com/Builtin-options.html#build-type-options',
  ];
}

function machineSection(sections: Sections, name: string): Machine | undefined {
  const section = sections.get(name);
  return section === undefined ? undefined : machineOf(section);
}

function machineOf(section: ReadonlyMap<string, GivenValue>): Machine {
  const needed = ['cpu', 'cpu_family', 'endian', 'system'];
  const text = (name: string): string => String(section.get(name) ?? '');
  const missing = needed.filter((name) => !section.has(name));
  if (missing.length > 0)
    failPlainly(
      `Machine info is currently {${[...section].map(([key, value]) => `'${key}': '${String(value)}'`).join(', ')}}\nbut is missing {${missing.map((name) => `'${name}'`).join(', ')}}.`,
    );
  return {
    system: text('system'),
    subsystem: text('subsystem'),
    kernel: section.has('kernel') ? text('kernel') : undefined,
    cpuFamily: text('cpu_family'),
    cpu: text('cpu'),
    endian: text('endian') === 'big' ? 'big' : 'little',
  };
}

/** A variable of the environment as it counts for a machine: `CC_FOR_BUILD` where building for another. */
function variable(
  { system }: Pick<Host, 'system'>,
  name: string,
  { cross, machine }: { readonly cross: boolean; readonly machine: MachineChoice },
): string | undefined {
  return system.environment[cross && machine === 'build' ? `${name}_FOR_BUILD` : name];
}

function configOf(
  host: Pick<Host, 'files' | 'system'>,
  sections: Sections,
  which: { readonly cross: boolean; readonly machine: MachineChoice },
): MachineConfig {
  const binaries = new Map<string, readonly string[]>();
  for (const [name, command] of sections.get('binaries') ?? []) {
    if (typeof command !== 'string' && typeof command !== 'object')
      failPlainly(`Invalid type ${String(command)} for entry '${name}' in cross file`);
    const words = typeof command === 'string' ? [command] : command;
    if (words[0]?.trim()) binaries.set(name === 'pkgconfig' ? 'pkg-config' : name, words);
  }
  for (const [name, env] of Object.entries(binaryVariables)) {
    const text = variable(host, env, which);
    if (text === undefined || text.trim() === '' || binaries.has(name)) continue;
    binaries.set(name, host.files.exists(text) ? [text] : splitWords(text));
  }
  const words = (name: string) => splitWords(variable(host, name, which) ?? '');
  const environmentArgs = new Map<string, EnvironmentArguments>();
  for (const language of Object.keys(languageSuffixes))
    environmentArgs.set(language, {
      compile: compileVariables(language).flatMap(words),
      link: languagesUsingLdflags.includes(language) ? words('LDFLAGS') : [],
    });
  return {
    binaries,
    properties: sections.get('properties') ?? new Map(),
    cmake: sections.get('cmake') ?? new Map(),
    environmentArgs,
  };
}

function compileVariables(language: string): readonly string[] {
  const own = argumentVariables[language];
  return [
    ...(own === undefined ? [] : [own]),
    ...(languagesUsingCppflags.includes(language) ? ['CPPFLAGS'] : []),
  ];
}

/** The options of a machine file's sections. */
function takeOptions(
  { sections, machine }: { readonly sections: Sections; readonly machine: MachineChoice },
  into: GivenOptions,
  deprecated: (message: string) => void,
): void {
  /** The file of the build machine may have options that only the host has: they count for nothing. */
  const take = (
    section: string,
    [name, value]: readonly [string, GivenValue],
    subproject?: string,
  ): void => {
    const parsed = parseOptionKey(name);
    if (parsed.subproject)
      failPlainly(
        `Do not set subproject options in [${section}] section, use [subproject:${section === 'project options' ? section : 'built-in options'}] instead.`,
      );
    if (parsed.machine === 'build' && machine === 'build')
      deprecated(
        'Setting build machine options in the native file does not need the "build." prefix',
      );
    if (parsed.machine === 'build' && machine === 'host' && section === 'built-in options')
      deprecated(
        'Setting build machine options in cross files, please use a native file instead, this will be removed in meson 2.0',
      );
    const whose = machine === 'build' ? machine : parsed.machine;
    if (whose === 'build' && !isOfEachMachine(parsed.name)) return;
    into.set({ name: parsed.name, subproject: subproject || undefined, machine: whose }, value);
  };
  const paths = sections.get('paths');
  if (paths !== undefined && paths.size > 0)
    deprecated('The [paths] section is deprecated, use the [built-in options] section instead.');
  for (const entry of paths ?? []) take('paths', entry);
  for (const entry of sections.get('properties') ?? []) {
    const [name] = entry;
    const language = name.replace(/(_link)?_args$/, '');
    if (language === name || !(language in languageSuffixes)) continue;
    deprecated(
      `${name} in the [properties] section of the machine file is deprecated, use the [built-in options] section.`,
    );
    take('properties', entry);
  }
  for (const [title, values] of sections) {
    const parts = title.split(':');
    const section = parts.at(-1);
    if (parts.length > 2 && section?.endsWith('options'))
      failPlainly(
        `Subproject options should always be set as \`[subproject:section]\`, even if the options are from a nested subproject. Replace \`[${title}]\` with \`[${parts.slice(-2).join(':')}]\``,
      );
    const subproject = parts.length === 2 ? parts[0] : undefined;
    if (section !== 'built-in options' && (section !== 'project options' || machine === 'build'))
      continue;
    for (const entry of values) take(section, entry, subproject);
  }
}

function isOfEachMachine(name: string): boolean {
  return isCompilerOption(name) || machineOptions.some((one) => one.name === name);
}

/** What the environment sets, where no machine file does. */
function takeEnvironment(
  host: Pick<Host, 'system'>,
  machines: readonly MachineChoice[],
  into: GivenOptions,
): void {
  const lists: readonly (readonly [string, string, RegExp])[] = [
    ['PKG_CONFIG_PATH', 'pkg_config_path', /:/],
    ['CMAKE_PREFIX_PATH', 'cmake_prefix_path', /[:;]/],
  ];
  for (const machine of machines) {
    const which = { cross: machines.length > 1, machine };
    const take = (name: string, words: readonly string[]): void => {
      const key = { name, subproject: undefined, machine };
      if (words.length > 0 && into.get(key) === undefined) into.set(key, words);
    };
    for (const [env, name, separator] of lists) {
      const parts = (variable(host, env, which) ?? '').split(separator);
      take(
        name,
        [...new Set(parts)].filter((part) => part !== ''),
      );
    }
  }
}
