import { stringLiteral } from '../../lang/string-literal.ts';
import { namesOf, type Sample, type StartLanguage } from './languages.ts';

/** What `kaon init --language` is to lay down. */
export interface NewProject {
  readonly name: string;
  /** Of the program or library, where it is not the project's. */
  readonly executable: string;
  readonly version: string;
  readonly language: StartLanguage;
  readonly type: 'executable' | 'library';
  readonly dependencies: readonly string[];
  /** Sources that are there already; ours are laid down where there are none. */
  readonly sources: readonly string[];
}

/** The files of a project that builds, tests and installs one program or library. */
export function newProject(project: NewProject): Sample {
  const { language, type, sources } = project;
  const names = namesOf(project.executable);
  const sample =
    sources.length > 0
      ? []
      : type === 'library'
        ? language.library(names)
        : language.program(names);
  return [...sample, ['meson.build', buildFile(project, sample)]];
}

function buildFile(project: NewProject, sample: Sample): string {
  const { name, version, language, type, dependencies } = project;
  const options = [`warning_level=${language.warningLevel ?? 3}`, ...language.options];
  const lines = [
    'project(',
    `  ${stringLiteral(name)},`,
    `  ${stringLiteral(language.name)},`,
    `  version: ${stringLiteral(version)},`,
    `  meson_version: '>= 1.3.0',`,
    `  default_options: ${list(options)},`,
    ')',
    '',
  ];
  if (dependencies.length > 0) {
    lines.push(
      'dependencies = [',
      ...dependencies.map((one) => `  dependency(${stringLiteral(one)}),`),
    );
    lines.push(']', '');
  }
  const names = sample.map(([file]) => file);
  lines.push(...(type === 'library' ? libraryLines(project, names) : programLines(project, names)));
  return `${lines.join('\n')}\n`;
}

function programLines(
  { executable, name, language, sources, dependencies }: NewProject,
  [sample = '']: readonly string[],
): readonly string[] {
  const files = sources.length > 0 ? sources : [sample];
  return [
    `exe = ${language.jar === true ? 'jar' : 'executable'}(`,
    `  ${stringLiteral(executable)},`,
    ...files.map((file) => `  ${stringLiteral(file)},`),
    ...(dependencies.length > 0 ? ['  dependencies: dependencies,'] : []),
    ...(language.jar === true ? [`  main_class: ${stringLiteral(namesOf(executable).type)},`] : []),
    '  install: true,',
    ')',
    `test(${stringLiteral(name)}, exe)`,
  ];
}

function libraryLines(
  { executable, language, sources, dependencies }: NewProject,
  [sample = '', test, ...headers]: readonly string[],
): readonly string[] {
  const { macro, identifier, type } = namesOf(executable);
  const target = language.name === 'rust' ? identifier : executable;
  const files = sources.length > 0 ? sources : [sample];
  const given = dependencies.length > 0 ? ['  dependencies: dependencies,'] : [];
  const lines = [
    `lib = ${language.jar === true ? 'jar' : language.name === 'rust' ? 'static_library' : 'library'}(`,
    `  ${stringLiteral(target)},`,
    ...files.map((file) => `  ${stringLiteral(file)},`),
    ...given,
  ];
  if (language.hides === true) {
    lines.push(`  ${language.name}_shared_args: ['-DBUILDING_${macro}'],`);
    lines.push(`  gnu_symbol_visibility: 'hidden',`);
  }
  lines.push('  install: true,', ')');
  if (test !== undefined) {
    lines.push(
      '',
      `test_exe = ${language.jar === true ? 'jar' : 'executable'}(`,
      `  ${stringLiteral(`${target}_test`)},`,
      `  ${stringLiteral(test)},`,
      ...given,
      '  link_with: lib,',
      ...(language.jar === true ? [`  main_class: ${stringLiteral(`${type}Test`)},`] : []),
      ')',
      `test(${stringLiteral(executable)}, test_exe)`,
    );
  }
  if (language.jar === true || language.name === 'cs') return lines;
  lines.push(
    '',
    '# For projects that have this one as a subproject.',
    `${identifier}_dep = declare_dependency(`,
    `  include_directories: include_directories('.'),`,
    ...given,
    '  link_with: lib,',
    ')',
    `meson.override_dependency(${stringLiteral(executable)}, ${identifier}_dep)`,
  );
  if (headers.length > 0) {
    lines.push(
      '',
      `install_headers(${headers.map(stringLiteral).join(', ')}, subdir: ${stringLiteral(executable)})`,
      `import(${stringLiteral('pkgconfig')}).generate(lib, description: ${stringLiteral(`The library ${executable}.`)}, subdirs: ${stringLiteral(executable)})`,
    );
  }
  return lines;
}

function list(words: readonly string[]): string {
  return `[${words.map(stringLiteral).join(', ')}]`;
}
