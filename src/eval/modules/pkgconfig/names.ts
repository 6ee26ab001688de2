import type { Call } from '../../call.ts';
import type { TargetObject } from '../../objects/target.ts';

/** What a .pc file and its package are called. */
export interface Names {
  readonly name: string;
  readonly filebase: string;
  readonly description: string;
  readonly version: string;
}

/** The names as given, or as the library and the project have them. */
export function namesOf(
  call: Call,
  main: TargetObject | undefined,
  given: { readonly [K in keyof Names]: string | undefined },
): Names {
  const { evaluation, scope } = call;
  const project = evaluation.tables.projects.get(scope.project);
  const version = given.version ?? project.version;
  if (main === undefined) {
    if (given.version === undefined)
      call.uses('pkgconfig.generate implicit version keyword', '0.46.0');
    const missing = (word: string): never =>
      call.fail(
        `pkgconfig.generate: if a library is not passed as a positional argument, the '${word}' keyword argument is required.`,
      );
    const name = given.name ?? missing('name');
    const description = given.description ?? missing('description');
    return { name, filebase: given.filebase ?? name, description, version };
  }
  call.uses('pkgconfig.generate optional positional argument', '0.46.0');
  const target = evaluation.tables.targets.get(main.target).name;
  const name = given.name ?? target;
  return {
    name,
    filebase: given.filebase ?? name,
    description: given.description ?? `${project.name}: ${target}`,
    version,
  };
}
