import { anything, bool, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { keyword, type MethodTable, methodOf, optional, positional, rest } from '../../declare.ts';
import { readRequired } from '../../functions/common-keywords.ts';
import { dependencyKeywords } from '../../functions/dependency/dependency.ts';
import { addNotFound } from '../../functions/dependency/rows.ts';
import { addFiles, named } from '../../functions/install/install-files.ts';
import { installObject } from '../../functions/install/install-object.ts';
import { disabler } from '../../objects/disabler.ts';
import { type PythonObject, pythonType } from '../../objects/python.ts';
import { strOrFile } from '../../targets/argument-types.ts';
import { installTag, preservePath } from '../../targets/keywords/install.ts';
import type { Value } from '../../value.ts';
import { bytecompileOnInstall } from './bytecompile.ts';
import { pythonDependency } from './dependency.ts';
import { pythonDirectory } from './directories.ts';
import { extensionModule } from './extension.ts';

const method = methodOf<PythonObject>();
const pure = keyword(orNothing(bool), undefined, 'For any machine, or for this one.');
const subdir = keyword(str, '', 'Folder below.');

const installSources = method({
  name: 'install_sources',
  otherLabels: { positional: 'install_data' },
  doc: 'Installs modules written in Python.',
  rest: rest('sources', strOrFile, 'The modules.'),
  keywords: {
    pure,
    subdir,
    preserve_path: preservePath,
    install_tag: { ...installTag, since: '0.60.0' },
  },
  returns: 'void',
  run: (call, self, { rest: sources, keywords }) => {
    bytecompileOnInstall(call, self);
    const isPure = keywords.pure ?? self.pure;
    const folder = pythonDirectory(call, self, { pure: isPure, subdir: keywords.subdir });
    addFiles(call, 'data', {
      shownAs: 'python',
      sources: named(call, sources),
      directory: folder.path,
      placeholder: folder.placeholder,
      keepsFolders: keywords.preserve_path,
      rename: [],
      mode: undefined,
      tag: keywords.install_tag ?? 'python-runtime',
      followSymlinks: undefined,
    });
    return installObject('Data');
  },
});

const dependency = method({
  name: 'dependency',
  doc: 'Its headers, and its library for programs that embed it.',
  keywords: {
    // Those of subprojects are taken, and mean nothing.
    ...dependencyKeywords,
    embed: keyword(bool, false, 'The program runs Python in itself.', { since: '0.53.0' }),
  },
  returns: 'dep',
  run: (call, self, { keywords }): Value => {
    const { required: must, disabled } = readRequired(call, keywords.required);
    if (disabled !== undefined) {
      call.evaluation.log(`Dependency python skipped: feature ${disabled} disabled`);
      return keywords.disabler ? disabler : addNotFound(call.evaluation, 'python');
    }
    const found = pythonDependency(call, self, keywords);
    const row = call.evaluation.tables.dependencies.get(found.dependency);
    if (row.kind !== 'not-found') return found;
    if (must) call.fail('Python dependency not found');
    return keywords.disabler ? disabler : found;
  },
});

/** What a table of Python's holds under a name, or the given fallback. */
function entry(
  call: Call,
  table: ReadonlyMap<string, Value>,
  {
    name,
    fallback,
    what,
  }: { readonly name: string; readonly fallback: Value; readonly what: string },
): Value {
  if (table.has(name)) return table.get(name);
  return fallback === undefined ? call.fail(`${name} is not a valid ${what} name`) : fallback;
}

const lookup = [
  positional('name', str, 'Its name.'),
  optional('fallback', anything, 'What counts when there is none.'),
] as const;
const name = [positional('name', str, 'Its name.')] as const;

export const pythonMethods: MethodTable = {
  type: pythonType,
  label: 'python_installation',
  doc: 'A Python of the machine.',
  methods: [
    extensionModule,
    dependency,
    installSources,
    method({
      name: 'get_install_dir',
      label: 'python_installation.install_dir',
      doc: 'Where its modules are installed.',
      keywords: { pure, subdir },
      returns: 'str',
      run: (call, self, { keywords }) => {
        bytecompileOnInstall(call, self);
        const pure = keywords.pure ?? self.pure;
        return pythonDirectory(call, self, { pure, subdir: keywords.subdir }).path;
      },
    }),
    method({
      name: 'path',
      doc: 'Where it is.',
      since: '0.50.0',
      label: 'Python module path method',
      returns: 'str',
      run: (call, self) => {
        const instead = 'use Program.full_path() instead';
        call.usesDeprecated('Program.path', '0.55.0', instead);
        return self.found.kind === 'command' ? self.found.path : call.fail('Python has no path');
      },
    }),
    method({
      name: 'language_version',
      doc: 'Version of the language: `3.11`.',
      returns: 'str',
      run: (_call, self) => self.facts.version,
    }),
    method({
      name: 'has_path',
      doc: 'Whether it knows a path of a name.',
      positional: name,
      returns: 'bool',
      run: (_call, self, { positional: [wanted] }) => self.facts.paths.has(wanted),
    }),
    method({
      name: 'get_path',
      doc: 'A path as sysconfig tells it.',
      positional: lookup,
      returns: 'str',
      run: (call, self, { positional: [wanted, fallback] }) =>
        entry(call, self.facts.paths, { name: wanted, fallback, what: 'path' }),
    }),
    method({
      name: 'has_variable',
      doc: 'Whether it knows a variable of a name.',
      positional: name,
      returns: 'bool',
      run: (_call, self, { positional: [wanted] }) => self.facts.variables.has(wanted),
    }),
    method({
      name: 'get_variable',
      doc: 'A variable as sysconfig tells it.',
      positional: lookup,
      returns: 'str | int',
      run: (call, self, { positional: [wanted, fallback] }) =>
        entry(call, self.facts.variables, { name: wanted, fallback, what: 'variable' }),
    }),
  ],
};
