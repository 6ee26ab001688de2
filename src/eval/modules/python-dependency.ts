import type { Dependency } from '../../model/dependency.ts';
import type { Call } from '../call.ts';
import { addDependency, addNotFound } from '../functions/dependency-rows.ts';
import type { DependencyObject } from '../objects/dependency.ts';
import type { PythonObject } from '../objects/python.ts';
import { perEvaluation } from '../per-evaluation.ts';

/** Dependencies on Pythons: whoever finds one among a target's has no need of another. */
const pythons = perEvaluation(() => new Map<string, DependencyObject>());

export function isPythonDependency(
  { evaluation }: Call,
  { dependency }: DependencyObject,
): boolean {
  return [...pythons(evaluation).values()].some((one) => one.dependency === dependency);
}

/** Headers of a Python, and its library where programs embed it. */
export function pythonDependency(
  call: Call,
  { facts, found }: PythonObject,
  embed: boolean,
): DependencyObject {
  const { evaluation } = call;
  const command = found.kind === 'command' ? found.command.join('\0') : '';
  const key = `${command}\0${embed}`;
  const known = pythons(evaluation).get(key);
  if (known !== undefined) return known;
  const folders = [facts.paths.get('include') ?? '', facts.paths.get('platinclude') ?? ''];
  const unique = [...new Set(folders)].filter((folder) => folder !== '');
  const { files } = evaluation.host;
  const isThere = unique.some((folder) => files.isFile(`${folder}/Python.h`));
  const dependency = isThere
    ? addDependency(evaluation, row(facts, unique, embed))
    : addNotFound(evaluation, 'python');
  evaluation.log(
    isThere
      ? `Run-time dependency python found: YES ${facts.version}`
      : 'Run-time dependency python found: NO',
  );
  pythons(evaluation).set(key, dependency);
  return dependency;
}

function row(
  facts: PythonObject['facts'],
  folders: readonly string[],
  embed: boolean,
): Pick<Dependency, 'kind' | 'name' | 'type'> & Partial<Dependency> {
  const text = (name: string): string => String(facts.variables.get(name) ?? '');
  const library = `python${text('LDVERSION') || facts.version}`;
  const links = embed || facts.linksLibrary;
  return {
    kind: 'external',
    name: 'python',
    type: 'system',
    version: facts.version,
    compileArgs: folders.map((folder) => `-I${folder}`),
    linkArgs: links ? [`-L${text('LIBDIR')}`, `-l${library}`] : [],
  };
}
