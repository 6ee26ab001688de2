import { bool, listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { builtin, keyword, type Module, optional } from '../../declare.ts';
import { readRequired, required } from '../../functions/common-keywords.ts';
import { disabler } from '../../objects/disabler.ts';
import type { ProgramObject } from '../../objects/program.ts';
import { type PythonFacts, type PythonObject, pythonType } from '../../objects/python.ts';
import { perEvaluation } from '../../per-evaluation.ts';
import { commandProgram, findProgram, notFoundProgram } from '../../programs/find-program.ts';
import { python as defaultPython } from '../../programs/search-program.ts';
import type { ObjectValue } from '../../value.ts';
import { withBuildConfig } from './build-config.ts';
import { pythonFacts } from './facts.ts';

/** Meson's module `python`: Pythons of the machine, and modules for them. */
export const pythonModule: Module = {
  name: 'python',
  doc: 'Pythons of the machine, and extension modules for them.',
  since: '0.46.0',
  functions: [
    builtin({
      name: 'find_installation',
      label: 'python.find_installation',
      doc: 'A Python of the machine.',
      positional: [optional('name', str, 'Its name or path.')],
      keywords: {
        required,
        disabler: keyword(bool, false, 'Gives a disabler when there is none.', {
          since: '0.49.0',
        }),
        modules: keyword(listOf(str), [], 'Modules that it must have.', { since: '0.51.0' }),
        pure: keyword(orNothing(bool), true, 'What is installed for it is for any machine.', {
          since: '0.64.0',
        }),
      },
      returns: 'python_installation',
      run: (call, { positional: [given], keywords }): ObjectValue => {
        const { required: must, disabled } = readRequired(call, keywords.required, {
          feature: 'Passing "feature" option to find_installation',
          since: '0.48.0',
        });
        const named = call.evaluation.configs.host.binaries.get('python')?.[0];
        const name = named ?? given ?? '';
        const missing = (program: ProgramObject): ObjectValue =>
          keywords.disabler ? disabler : program;
        if (disabled !== undefined) {
          call.evaluation.log(`Program ${name || 'python'} found: NO (disabled by: ${disabled} )`);
          return missing(notFoundProgram(name));
        }
        const shown = given ?? 'python';
        const python = installation(call, name, { shown, required: must });
        const modules = hasModules(call, python, keywords.modules);
        tell(call, python, { shown, wanted: keywords.modules, ...modules });
        if (python === undefined) {
          if (must) call.fail(`${name || 'python'} not found`);
          return missing(notFoundProgram(shown));
        }
        if (modules.lacking.length > 0) {
          if (must)
            call.fail(`${name || 'python'} is missing modules: ${modules.lacking.join(', ')}`);
          return missing(notFoundProgram(shown));
        }
        return { ...python, pure: keywords.pure ?? true } as PythonObject;
      },
    }),
  ],
};

/** Installations by the name they were asked for. */
const installations = perEvaluation(() => new Map<string, PythonObject | undefined>());

interface Wanted {
  /** What it is called, whatever a machine file says that it is. */
  readonly shown: string;
  readonly required: boolean;
}

function installation(call: Call, name: string, wanted: Wanted): PythonObject | undefined {
  const known = installations(call.evaluation);
  if (known.has(name)) return known.get(name);
  const found = candidate(call, name);
  const made =
    found && asPython(call, name === '' ? found : { ...found, name: wanted.shown }, wanted);
  known.set(name, made);
  return made;
}

function candidate(call: Call, name: string): ProgramObject | undefined {
  if (name === '') return commandProgram(call, 'python3', defaultPython(call.evaluation.host));
  const find = (one: string): ProgramObject | undefined => {
    const wanted = { names: [one], machine: 'host', required: false, silent: true } as const;
    const program = findProgram(call, wanted);
    return program.found.kind === 'command' ? program : undefined;
  };
  // Python 2 or 3 may be called python.
  const found = find(name) ?? (['python2', 'python3'].includes(name) ? find('python') : undefined);
  return found;
}

function asPython(
  call: Call,
  program: ProgramObject,
  { required: must }: Wanted,
): PythonObject | undefined {
  const { found } = program;
  const own: PythonFacts | undefined =
    found.kind === 'command' ? pythonFacts(call, found.command) : undefined;
  const facts = own && withBuildConfig(call, own);
  const isOther =
    own !== undefined &&
    /^python[23]$/.test(program.name) &&
    !own.version.startsWith(program.name.slice(6));
  if (facts !== undefined && !isOther) return { ...program, type: pythonType, facts, pure: true };
  const message = `${program.name} is not a valid python or it is missing distutils`;
  if (must) call.fail(message);
  call.warn(message);
  return undefined;
}

interface Modules {
  readonly having: readonly string[];
  readonly lacking: readonly string[];
}

function hasModules(
  { evaluation }: Call,
  python: PythonObject | undefined,
  wanted: readonly string[],
): Modules {
  const { host } = evaluation;
  if (python?.found.kind !== 'command') return { having: [], lacking: [] };
  const { command } = python.found;
  const has = (name: string): boolean => {
    const { ended } = host.processes.run({
      argv: [...command, '-c', `import ${name}`],
      workingDirectory: host.system.workingDirectory,
      environment: host.system.environment,
    });
    return ended.kind === 'exited' && ended.code === 0;
  };
  const having = wanted.filter(has);
  return { having, lacking: wanted.filter((name) => !having.includes(name)) };
}

function tell(
  { evaluation }: Call,
  python: PythonObject | undefined,
  {
    shown,
    wanted,
    having,
    lacking,
  }: Modules & { readonly shown: string; readonly wanted: readonly string[] },
): void {
  const words = ['Program', python?.name ?? shown];
  if (wanted.length > 0) words.push(`(${wanted.join(', ')})`);
  words.push('found:');
  if (python?.found.kind === 'command' && lacking.length === 0)
    words.push('YES', `(${python.found.command.join(' ')})`);
  else words.push('NO');
  if (having.length > 0) words.push('modules:', having.join(', '));
  evaluation.log(words.join(' '));
}
