import { versionMatches } from '../../../base/version.ts';
import { type DependencyRequest, plainRequest } from '../../../deps/context.ts';
import { type Attempt, absent, found } from '../../../deps/found.ts';
import { lookupByWays } from '../../../deps/lookup.ts';
import type { Ways } from '../../../deps/packages.ts';
import { findWithPkgConfig } from '../../../deps/pkg-config.ts';
import type { Call } from '../../call.ts';
import { noteFound, wholeOf } from '../../found-dependencies.ts';
import { dependencyContext } from '../../functions/dependency/context.ts';
import { addFound, addNotFound } from '../../functions/dependency/rows.ts';
import type { DependencyObject } from '../../objects/dependency.ts';
import type { PythonObject } from '../../objects/python.ts';
import { perEvaluation } from '../../per-evaluation.ts';

/** Dependencies on Python: a target that already has one needs no other. */
const pythons = perEvaluation(() => new Map<string, DependencyObject>());

/** Whether a dependency came from a Python of this project, whole or in part. */
export function isPythonDependency({ evaluation }: Call, given: DependencyObject): boolean {
  const whole = wholeOf(evaluation, given);
  return [...pythons(evaluation).values()].some((one) => one.dependency === whole);
}

/** How a Python is wanted. */
interface Wanted {
  /** With its library, for programs that run Python in themselves. */
  readonly embed: boolean;
  /** Nobody asked for it by name: Meson takes that for another question. */
  readonly implicit?: boolean;
  readonly method?: string;
  readonly version?: readonly string[];
}

/** Headers of a Python, and its library where programs embed it. */
export function pythonDependency(
  call: Call,
  { facts, found: python }: PythonObject,
  { embed, implicit = false, method = 'auto', version = [] }: Wanted,
): DependencyObject {
  const { evaluation } = call;
  const command = python.kind === 'command' ? python.command.join('\0') : '';
  const key = `${command}\0${embed}\0${method}\0${implicit}`;
  const known = pythons(evaluation).get(key);
  if (known !== undefined) return known;
  const request: DependencyRequest = { ...plainRequest, method, version, required: false };
  const context = dependencyContext(call, 'host');
  const result = lookupByWays(
    context,
    { name: 'python', ways: waysOf(call, facts, { embed, method }) },
    request,
  );
  const dependency =
    result.kind === 'found'
      ? addFound(evaluation, result.found)
      : addNotFound(evaluation, 'python');
  if (result.kind === 'found') {
    pythons(evaluation).set(key, dependency);
    noteFound(evaluation, 'host', dependency);
  }
  return dependency;
}

function waysOf(
  call: Call,
  facts: PythonObject['facts'],
  { embed, method }: Required<Pick<Wanted, 'embed' | 'method'>>,
): Ways {
  const { build } = facts;
  const folder = build === undefined ? facts.variables.get('LIBPC') : build.pkgConfig;
  const suffix = embed && versionMatches(facts.version, '>=3.8') ? '-embed' : '';
  // Only where this Python says: in other folders there may be another Python's.
  const usesPkgConfig = typeof folder === 'string' && ['auto', 'pkg-config'].includes(method);
  const pkgConfig: Ways = [
    {
      method: 'pkgconfig',
      look: (context, request) =>
        findWithPkgConfig(context, `python-${facts.version}${suffix}`, {
          ...request,
          folders: [String(folder)],
        }),
    },
  ];
  const sysconfig: Ways = [
    { method: 'sysconfig', look: () => asPythonSays(call, facts, { embed }) },
  ];
  return [
    ...(usesPkgConfig ? pkgConfig : []),
    ...(['auto', 'system', 'sysconfig'].includes(method) ? sysconfig : []),
  ];
}

/** By what Python tells of its own build. */
function asPythonSays(
  { evaluation }: Call,
  facts: PythonObject['facts'],
  { embed }: Pick<Wanted, 'embed'>,
): Attempt {
  const { build } = facts;
  const folders =
    build === undefined
      ? [facts.paths.get('include') ?? '', facts.paths.get('platinclude') ?? '']
      : [build.headers ?? ''];
  const unique = [...new Set(folders)].filter((folder) => folder !== '');
  const { files } = evaluation.host;
  if (!unique.some((folder) => files.isFile(`${folder}/Python.h`))) return absent;
  const text = (name: string): string => String(facts.variables.get(name) ?? '');
  const library = `python${text('LDVERSION') || facts.version}`;
  const linked = embed || facts.linksLibrary;
  if (linked && build !== undefined && !files.isFile(build.library ?? '')) return absent;
  const libraryArgs =
    build?.library === undefined ? [`-L${text('LIBDIR')}`, `-l${library}`] : [build.library];
  return found({
    name: 'python',
    type: 'system',
    machine: 'host',
    version: facts.version,
    compileArgs: unique.map((folder) => `-I${folder}`),
    linkArgs: linked ? libraryArgs : [],
  });
}
