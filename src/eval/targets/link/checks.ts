import type { BuildTarget } from '../../../model/target.ts';
import { interfaceSuffix } from '../../../toolchains/c-like/modules.ts';
import type { Call } from '../../call.ts';
import { itemNames } from '../item-names.ts';
import { crateLanguage, projectLanguages } from '../languages.ts';
import { optionOf } from '../options.ts';

/** Ends evaluation when parts of a target do not fit together. */
export function checkBuildTarget(
  call: Call,
  row: BuildTarget,
  keywords: { readonly gui_app?: boolean | undefined; readonly win_subsystem?: string | undefined },
): void {
  checkSubsystem(call, keywords);
  checkLinkLanguage(call, row);
  checkMixed(call, row);
  checkJar(call, row);
  checkCrate(call, row);
  checkSymbolFolders(call, row);
  tellOfModules(call, row);
  if (row.askedMachine !== 'build' || row.install === undefined) return;
  if (call.evaluation.cross)
    call.fail('Tried to install a target for the build machine in a cross build.');
  call.warn('Installing target build for the build machine. This will fail in a cross build.');
}

function checkSubsystem(
  call: Call,
  keywords: { readonly gui_app?: boolean | undefined; readonly win_subsystem?: string | undefined },
): void {
  if (keywords.gui_app === undefined || keywords.win_subsystem === undefined) return;
  call.fail(
    'Executable got both "gui_app", and "win_subsystem" arguments, which are mutually exclusive',
  );
}

function checkLinkLanguage(call: Call, row: BuildTarget): void {
  const { linkLanguage: language, name, machine } = row;
  if (language === undefined) return;
  if (!projectLanguages(call, machine).includes(language))
    call.fail(`Target ${name} requires ${language} compiler not part of the project`);
  if (row.rust !== undefined && crateLanguage(call, machine, [language]) === undefined)
    call.fail('cannot build Rust sources with a different link_language');
}

/** Some linkers took a folder for an rpath there; others ignore it without a word. */
function checkSymbolFolders(call: Call, row: BuildTarget): void {
  if (row.type === 'static-library') return;
  const given = row.languages.flatMap(
    (language) => optionOf(call, `${language}_link_args`, row.machine) ?? [],
  );
  for (const arg of [...row.linkArgs, ...given]) {
    const paths = /^-Wl,--just-symbols[=,]([^,]+)/.exec(String(arg))?.[1]?.split(':') ?? [];
    const folder = paths.find((path) => call.evaluation.host.files.isDirectory(path));
    if (folder !== undefined)
      call.fail(`Invalid arg for --just-symbols, ${folder} is a directory.`);
  }
}

/** Where nothing is known of modules, sources that import them may be compiled too early. */
function tellOfModules(call: Call, row: BuildTarget): void {
  const { tables } = call.evaluation;
  if (row.modules?.some(({ language }) => language === 'cpp')) return;
  const source = row.sources.find((item) =>
    itemNames(tables, item).some((name) => interfaceSuffix.test(name)),
  );
  if (source === undefined) return;
  call.warn(
    `"${row.name}" has C++ modules, in whose order kaon compiles with gcc where cpp_args have -fmodules (-fmodules-ts before gcc 14), and with clang 16 and later: here, sources that import modules of others may be compiled too early.`,
  );
}

/** Languages whose compilers make the whole target by themselves. */
const alone = ['cs', 'java'];

function checkMixed(call: Call, { languages, type }: BuildTarget): void {
  if (languages.length > 1 && languages.some((language) => alone.includes(language)))
    call.fail(`Cannot mix those languages into a target: ${languages.join(', ')}`);
  if (type === 'static-library' && languages.includes('cs'))
    call.fail('Static libraries not supported for C#.');
}

function checkJar(call: Call, row: BuildTarget): void {
  if (row.type !== 'jar') return;
  const { tables } = call.evaluation;
  for (const item of row.sources) {
    if (item.kind !== 'file' || item.file.path.endsWith('.java')) continue;
    call.fail(`Jar source ${item.file.path} is not a java file.`);
  }
  for (const { target } of row.linkWith) {
    const library = tables.targets.get(target);
    if (library.kind === 'build' && library.type === 'jar') continue;
    call.fail(`Link target ${library.name} is not a jar target.`);
  }
  if (row.structuredSources.length > 0)
    call.fail('structured sources are not supported in Java targets.');
}

function checkCrate(call: Call, row: BuildTarget): void {
  const { rust, structuredSources, name, type } = row;
  if (rust === undefined) {
    if (structuredSources.length > 0)
      call.fail('structured sources are only supported in Rust targets');
    return;
  }
  const { tables } = call.evaluation;
  const names = row.sources.flatMap((item) => itemNames(tables, item));
  if (structuredSources.length > 0 && names.some((file) => file.endsWith('.rs')))
    call.fail('cannot mix Rust structured sources and unstructured sources');
  const strict =
    type === 'static-library'
      ? rust.crateType === 'rlib'
      : type !== 'executable' && rust.crateType !== 'cdylib';
  if (!strict || !/[- .]/.test(name)) return;
  call.fail(
    `Rust crate ${name} type ${rust.crateType} does not allow spaces, periods or dashes in the library name due to a limitation of rustc. Replace them with underscores, for example`,
  );
}
