/** Meson's class names, and what its reference calls the objects. */
const referenceNames: Readonly<Record<string, string>> = {
  AliasTarget: 'alias_tgt',
  BothLibraries: 'both_libs',
  BuildTarget: 'build_tgt',
  ConfigurationData: 'cfg_data',
  CustomTarget: 'custom_tgt',
  CustomTargetIndex: 'custom_idx',
  Dependency: 'dep',
  EnvironmentVariables: 'env',
  Executable: 'exe',
  ExternalLibrary: 'dep',
  ExternalProgram: 'external_program',
  ExtractedObjects: 'extracted_obj',
  IncludeDirs: 'inc',
  InternalDependency: 'dep',
  MachineInfo: 'machine',
  MesonMain: 'meson',
  Program: 'external_program',
  RangeHolder: 'range',
  RunProcess: 'runresult',
  RunResult: 'compiler_runresult',
  RunTarget: 'run_tgt',
  SharedLibrary: 'lib',
  SharedModule: 'build_tgt',
  StaticLibrary: 'lib',
  StructuredSources: 'structured_src',
  SubprojectHolder: 'subproject',
};

/** A class of Meson's as its reference names it; other words stay. */
export function referenceName(name: string): string {
  if (!/^[A-Z][A-Za-z]*$/.test(name)) return name;
  return referenceNames[name] ?? name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}
