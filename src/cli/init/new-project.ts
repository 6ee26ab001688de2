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
  const options = ['warning_level=3', ...language.options];
  const lines = [
    'project(',
    `  ${quote(name)},`,
    `  ${quote(language.name)},`,
    `  version: ${quote(version)},`,
    `  meson_version: '>= 1.3.0',`,
    `  default_options: ${list(options)},`,
    ')',
    '',
  ];
  if (dependencies.length > 0) {
    lines.push('dependencies = [', ...dependencies.map((one) => `  dependency(${quote(one)}),`));
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
    `  ${quote(executable)},`,
    ...files.map((file) => `  ${quote(file)},`),
    ...(dependencies.length > 0 ? ['  dependencies: dependencies,'] : []),
    ...(language.jar === true ? [`  main_class: ${quote(namesOf(executable).type)},`] : []),
    '  install: true,',
    ')',
    `test(${quote(name)}, exe)`,
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
    `  ${quote(target)},`,
    ...files.map((file) => `  ${quote(file)},`),
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
      `  ${quote(`${target}_test`)},`,
      `  ${quote(test)},`,
      ...given,
      '  link_with: lib,',
      ...(language.jar === true ? [`  main_class: ${quote(`${type}Test`)},`] : []),
      ')',
      `test(${quote(executable)}, test_exe)`,
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
    `meson.override_dependency(${quote(executable)}, ${identifier}_dep)`,
  );
  if (headers.length > 0) {
    lines.push(
      '',
      `install_headers(${headers.map(quote).join(', ')}, subdir: ${quote(executable)})`,
      `import(${quote('pkgconfig')}).generate(lib, description: ${quote(`The library ${executable}.`)}, subdirs: ${quote(executable)})`,
    );
  }
  return lines;
}

function list(words: readonly string[]): string {
  return `[${words.map(quote).join(', ')}]`;
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
