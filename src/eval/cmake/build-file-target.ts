import type { CmakeBuildTarget, CmakeRow, CmakeTarget } from '../../cmake/project.ts';
import type { BuildFileRequest, CmakeVariables } from './build-file-request.ts';
import { type Code, callOf, name, type Word } from './code.ts';

/** Declares a target that is compiled, its include folders before it and its dependency behind. */
export function declareTarget(
  code: Code,
  target: CmakeBuildTarget,
  request: BuildFileRequest & {
    /** Sources that other targets make. */
    readonly extra: readonly Word[];
    /** Generated headers that its users may include: they are made before those are compiled. */
    readonly headers: readonly Word[];
  },
): CmakeVariables {
  const { rows } = request.project;
  const own = target.name;
  const includes = `${own}_inc`;
  code.set(`${own}_dir`, callOf('include_directories', target.includes));
  const systemIncludes = callOf('include_directories', target.systemIncludes, { is_system: true });
  code.set(`${own}_sys`, systemIncludes);
  code.set(includes, [name(`${own}_dir`), name(`${own}_sys`)]);
  const isHeaders = target.function === 'header_only';
  if (!isHeaders) {
    code.set(`${own}_src`, callOf('files', target.sources));
    const sources = [name(`${own}_src`), ...request.extra];
    code.set(own, callOf(target.function, [own, ...sources], targetKeywords(target, request)));
  }
  const isLinked = ['static_library', 'shared_library'].includes(target.function);
  const hasDependency = target.function !== 'executable';
  if (hasDependency) {
    const users = callOf('declare_dependency', [], {
      ...(isLinked ? { link_with: [name(own), ...named(rows, target.publicLinkWith)] } : {}),
      ...(isHeaders ? { link_with: named(rows, target.publicLinkWith) } : {}),
      ...(request.headers.length === 0 ? {} : { sources: request.headers }),
      compile_args: target.publicCompileArgs,
      include_directories: name(includes),
      link_args: target.publicLinkArgs,
    });
    code.set(`${own}_dep`, users);
  }
  return {
    function: target.function,
    includes,
    sources: isHeaders ? undefined : `${own}_src`,
    dependency: hasDependency ? `${own}_dep` : undefined,
    target: isHeaders ? undefined : own,
  };
}

function targetKeywords(
  target: CmakeBuildTarget,
  { project: { rows }, options }: BuildFileRequest,
): Readonly<Record<string, Word>> {
  const { cmakeName } = target;
  const isInstalled = options.install(cmakeName, target.isInstalled);
  const isStatic = target.function === 'static_library';
  return {
    build_by_default: isInstalled,
    link_args: options.linkArgs(cmakeName, target.linkArgs),
    link_with: named(rows, target.linkWith),
    include_directories: name(`${target.name}_inc`),
    install: isInstalled,
    override_options: options.overrides(cmakeName, target.overrideOptions),
    objects: target.objectLibraries.map((row) =>
      name(`${rows[row]?.name ?? ''}.extract_all_objects(recursive: false)`),
    ),
    ...(!isStatic && target.version !== undefined ? { version: target.version } : {}),
    ...(!isStatic && target.soversion !== undefined ? { soversion: target.soversion } : {}),
    ...(isInstalled && target.installDir !== undefined ? { install_dir: target.installDir } : {}),
    ...Object.fromEntries(
      [...target.compileArgs].map(([language, args]) => [
        `${language}_args`,
        options.compileArgs(cmakeName, language, args),
      ]),
    ),
    ...(target.function === 'executable' ? { pie: target.isPositionIndependent } : {}),
    ...(isStatic ? { pic: target.isPositionIndependent } : {}),
  };
}

function named(rows: readonly CmakeTarget[], targets: readonly CmakeRow[]): readonly Word[] {
  return targets.flatMap((row) => {
    const target = rows[row];
    const isNone = target?.kind === 'build' && target.function === 'header_only';
    return target === undefined || isNone ? [] : [name(target.name)];
  });
}
