import type { Environment } from '../base/environment.ts';
import type { Finished, Host, Launch } from '../host/host.ts';
import { rememberTool } from '../host/tool-identity.ts';
import type { DependencyContext } from './context.ts';
import { packagesState } from './packages-state.ts';

interface Asking {
  /** Beside those that kaon was started with. */
  readonly variables?: Environment;
  /** What it would say, where that is known without it. */
  readonly foreseen?: (environment: Environment) => Finished | undefined;
}

/** Starts a tool and remembers what it says; asking again gets the same answer. */
export function startAsking(
  { host, memory, buildRoot }: DependencyContext,
  argv: readonly string[],
  { variables = {}, foreseen }: Asking = {},
): { readonly finish: () => Finished } {
  const key = JSON.stringify([argv, variables]);
  const known = memory.answers.get(key);
  if (known !== undefined) return known;
  const workingDirectory = host.files.isDirectory(buildRoot)
    ? buildRoot
    : host.system.temporaryDirectory;
  const environment = environmentWith(host, variables);
  const launch: Launch = {
    argv,
    workingDirectory,
    environment,
    ...rememberAsking(host, argv, environment),
  };
  const started = foreseen === undefined ? undefined : startKnown(host, launch, foreseen);
  const ticket = started ?? host.processes.start(launch);
  const asked = typeof ticket === 'object' ? ticket : { finish: () => host.processes.wait(ticket) };
  memory.answers.set(key, asked);
  return asked;
}

/** What an earlier run of kaon heard, or what is known without asking, which later runs then hear. */
function startKnown(
  { processes, clock }: Host,
  launch: Launch,
  foreseen: (environment: Environment) => Finished | undefined,
): { readonly finish: () => Finished } | undefined {
  const before = processes.recall?.(launch);
  if (before !== undefined) return { finish: () => before };
  const startedMs = clock.nowMs();
  const finished = foreseen(launch.environment);
  if (finished === undefined) return undefined;
  if (launch.remember !== undefined) processes.keep?.(launch, finished, startedMs);
  return { finish: () => finished };
}

const environments = new WeakMap<Host, Map<string, Environment>>();

/** The same object each time: what is remembered goes by all of it. */
function environmentWith(host: Host, variables: Environment): Environment {
  const known = environments.get(host) ?? new Map<string, Environment>();
  environments.set(host, known);
  const key = JSON.stringify(variables);
  const environment = known.get(key) ?? { ...host.system.environment, ...variables };
  known.set(key, environment);
  return environment;
}

/** What tools say of themselves, and pkg-config of the packages it knows. */
function rememberAsking(
  host: Host,
  argv: readonly string[],
  environment: Environment,
): Pick<Launch, 'remember'> {
  const [tool = '', ...args] = argv;
  if (args.length === 1 && args[0] === '--version') return rememberTool(host, argv);
  if (!/(^|[-/])pkg-?conf(ig)?$/.test(tool)) return {};
  const packages = packagesState(host, tool, environment);
  return packages === undefined ? {} : rememberTool(host, argv, [packages]);
}

/** What a process exited with; undefined where it did not end by itself. */
export function exitCode({ ended }: Finished): number | undefined {
  return ended.kind === 'exited' ? ended.code : undefined;
}

/** Splits text into words as a shell would: quotes and backslashes, nothing expanded. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const [whole] of text.matchAll(/(?:[^\s'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+/g))
    words.push(unquoted(whole));
  return words;
}

function unquoted(word: string): string {
  return word.replace(
    /\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g,
    (_all, ...[escaped, single, double]: (string | undefined)[]) =>
      escaped ?? single ?? (double ?? '').replace(/\\(["\\$`\n])/g, '$1'),
  );
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** A list of strings as Meson's messages show it. */
export function pythonList(words: readonly string[]): string {
  return `[${words.map((word) => `'${word}'`).join(', ')}]`;
}
