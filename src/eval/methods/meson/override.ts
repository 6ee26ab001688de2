import { placePosition } from '../../../diag/diagnostic.ts';
import type { MachineChoice } from '../../../model/machine.ts';
import { bool, object, oneOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type Method, methodOf, positional } from '../../declare.ts';
import { manifestName } from '../../dependency-manifest.ts';
import { native } from '../../functions/common-keywords.ts';
import { dependencyIdentity, dependencyOverrides } from '../../functions/dependency/overrides.ts';
import { chosenMachine } from '../../machines/chosen-machine.ts';
import { type DependencyObject, dependencyType } from '../../objects/dependency.ts';
import { type FileObject, fileType } from '../../objects/file.ts';
import { type ProgramObject, programType } from '../../objects/program.ts';
import { executableType, type TargetObject } from '../../objects/target.ts';
import { overridesOf } from '../../overrides.ts';
import { absolutePath } from '../../paths.ts';
import { commandProgram } from '../../programs/find-program.ts';
import { isA, type ObjectValue } from '../../value.ts';

const method = methodOf<ObjectValue>();
const program = { ...object(programType), names: ['Program'] };

/** How a project puts its own programs and dependencies in place of others. */
export const mesonOverrideMethods: readonly Method[] = [
  method({
    name: 'override_find_program',
    doc: 'What `find_program` gives for a name from now on.',
    since: '0.46.0',
    positional: [
      positional('name', str, 'The name.'),
      positional(
        'program',
        oneOf<FileObject | ProgramObject | TargetObject>(
          object(fileType),
          program,
          object(executableType),
        ),
        'The program.',
      ),
    ],
    keywords: { native: { ...native, since: '1.12.0' } },
    returns: 'void',
    run: (call, _self, { positional: [name, given], keywords }) => {
      const { programs, searchedPrograms } = overridesOf(
        call.evaluation,
        chosenMachine(call, keywords.native),
      );
      if (searchedPrograms.has(name))
        call.fail(
          `Tried to override finding of executable "${name}" which has already been found.`,
        );
      if (programs.has(name))
        call.fail(`Tried to override executable "${name}" which has already been overridden.`);
      programs.set(name, programOf(call, name, given));
      return undefined;
    },
  }),
  method({
    name: 'override_dependency',
    doc: 'What `dependency` gives for a name from now on.',
    since: '0.54.0',
    positional: [
      positional('name', str, 'The name.'),
      positional('dependency', object(dependencyType), 'The dependency.'),
    ],
    keywords: {
      native,
      static: keyword(orNothing(bool), undefined, 'For those who ask for this kind of library.', {
        since: '0.60.0',
      }),
    },
    returns: 'void',
    run: (call, _self, { positional: [name, dependency], keywords }) => {
      if (name === '') call.fail('First argument must be a string and cannot be empty');
      const machine = chosenMachine(call, keywords.native);
      const override = { name, dependency: renamed(call, name, dependency), machine } as const;
      if (keywords.static !== undefined) {
        overrideDependency(call, { ...override, mayStay: true });
        overrideDependency(call, { ...override, static: keywords.static });
        return undefined;
      }
      const { subproject } = call.scope;
      const key = { name: 'default_library', subproject, machine: 'host' } as const;
      const library = call.evaluation.options.get(key);
      overrideDependency(call, override);
      if (library !== 'shared') overrideDependency(call, { ...override, static: true });
      if (library !== 'static') overrideDependency(call, { ...override, static: false });
      return undefined;
    },
  }),
  method({
    name: 'install_dependency_manifest',
    doc: 'Installs a list of the subprojects and their licenses.',
    positional: [positional('name', str, 'The name of the file.')],
    returns: 'void',
    run: (call, _self, { positional: [name] }) => {
      manifestName(call.evaluation).path = name;
      return undefined;
    },
  }),
];

/** The program that a name stands for; its version is the project's, unless it can be asked. */
function programOf(
  call: Call,
  name: string,
  given: FileObject | ProgramObject | TargetObject,
): ProgramObject {
  const { evaluation, scope } = call;
  const version = () => evaluation.tables.projects.get(scope.project).version;
  if (isA(given, programType)) return given;
  if (isA(given, fileType)) {
    const path = absolutePath(evaluation, given.file);
    if (!evaluation.host.files.exists(path))
      call.fail(`Tried to override ${name} with a file that does not exist.`);
    return { ...commandProgram(call, name, [path]), version };
  }
  const found = { kind: 'target', target: given.target, output: 0 } as const;
  // People are told of the target that stands in.
  const { name: own } = evaluation.tables.targets.get(given.target);
  return { type: programType, name: own, found, version };
}

/** The same dependency under the name it is overridden by. */
function renamed(call: Call, name: string, dependency: DependencyObject): DependencyObject {
  const { dependencies } = call.evaluation.tables;
  const row = dependencies.get(dependency.dependency);
  return row.name === name
    ? dependency
    : {
        ...dependency,
        original: dependency.original ?? dependency.dependency,
        dependency: dependencies.add({
          ...row,
          name,
          copyOf: row.copyOf ?? dependency.dependency,
        }),
      };
}

interface Override {
  readonly name: string;
  readonly dependency: DependencyObject;
  readonly machine: MachineChoice;
  /** For those who ask for this kind of library. */
  readonly static?: boolean;
  /** What the name stands for already is no error, and stays. */
  readonly mayStay?: true;
}

function overrideDependency(call: Call, override: Override): void {
  const { name, dependency, machine, static: wanted } = override;
  const overrides = dependencyOverrides(call.evaluation, machine);
  const identity = dependencyIdentity(name, wanted === undefined ? {} : { static: wanted });
  const known = overrides.get(identity);
  if (known !== undefined) {
    if (override.mayStay) return;
    const { line } = placePosition(known.place);
    call.fail(
      `Tried to override dependency '${name}' which has already been resolved or overridden at ${known.place.source.path}:${line}`,
    );
  }
  overrides.set(identity, { dependency, place: call.place, explicit: true });
}
