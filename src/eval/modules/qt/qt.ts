import { bool, listOf, orNothing, str } from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Builtin, builtin, keyword, type Module } from '../../declare.ts';
import { readRequired, required, texts } from '../../functions/common-keywords.ts';
import { type FileObject, fileObject } from '../../objects/file.ts';
import { absolutePath, joinPath } from '../../paths.ts';
import { sourceInput } from '../../targets/argument-types.ts';
import { install, installDir } from '../../targets/keywords/install.ts';
import { existingFile } from '../../targets/sources.ts';
import {
  compileMoc,
  compileResources,
  compileTranslations,
  compileUi,
  hasTool,
  resourceNames,
} from './generate.ts';
import {
  dependencies,
  folders,
  method,
  preservePaths,
  someSources,
  sources,
  tellOfMade,
} from './keywords.ts';
import { qtPreprocess } from './preprocess.ts';
import { qmlModule } from './qml.ts';
import { type QtVersion, qtToolNames, qtTools } from './tools.ts';

/** Meson's modules `qt4`, `qt5` and `qt6`. */
export const qtModules: readonly Module[] = ([4, 5, 6] as const).map((qt) => ({
  name: `qt${qt}`,
  doc: `Forms, resources, translations and meta objects of Qt ${qt}.`,
  ...(qt === 6 && { since: '0.57.0' }),
  functions: [
    hasTools(qt),
    resources(qt),
    ui(qt),
    moc(qt),
    qtPreprocess(qt),
    translations(qt),
    qmlModule(qt),
  ],
}));

function hasTools(qt: QtVersion): Builtin {
  return builtin({
    name: 'has_tools',
    label: 'qt.has_tools',
    doc: 'Whether the tools of Qt are there.',
    since: '0.54.0',
    keywords: {
      method,
      required: { ...required, default: false },
      tools: keyword(listOf(str), ['moc', 'uic', 'rcc', 'lrelease'], 'The tools.', {
        since: '1.6.0',
        check: (given) => {
          const wrong = given.filter((one) => !qtToolNames.some((name) => name === one)).sort();
          const valid = [...qtToolNames].sort().join(', ');
          return wrong.length === 0
            ? undefined
            : `invalid selections ${wrong.join(', ')}, valid elements are ${valid}.`;
        },
      }),
      version: { ...texts('Versions that will do.'), since: '1.11' },
    },
    returns: 'bool',
    run: (call, { keywords: given }) => {
      const { required: must, disabled } = readRequired(call, given.required);
      if (disabled !== undefined) {
        call.evaluation.log(`qt.has_tools skipped: feature ${disabled} disabled`);
        return false;
      }
      const found = qtTools(call, qt, { ...given, required: false });
      if (given.tools.every((name) => hasTool(found, name))) return true;
      return must ? call.fail('Qt tools not found') : false;
    },
  });
}

function resources(qt: QtVersion): Builtin {
  return builtin({
    name: 'compile_resources',
    label: 'qt.compile_resources',
    doc: 'Resources as code, made by rcc.',
    since: '0.59.0',
    keywords: {
      method,
      name: keyword(orNothing(str), undefined, 'Makes one file of all, of this name.'),
      sources: someSources,
      extra_args: texts('Further arguments of rcc.'),
    },
    returns: 'array[custom_tgt]',
    run: (call, { keywords }) => {
      tellOfMade(call, 'sources', keywords.sources);
      return compileResources(call, qt, { ...keywords, required: true });
    },
  });
}

function ui(qt: QtVersion): Builtin {
  return builtin({
    name: 'compile_ui',
    label: 'qt.compile_ui',
    doc: 'Headers of forms, made by uic.',
    since: '0.59.0',
    keywords: {
      method,
      sources: someSources,
      extra_args: texts('Further arguments of uic.'),
      preserve_paths: preservePaths,
    },
    returns: 'generated_list',
    run: (call, { keywords }) => {
      tellOfMade(call, 'sources', keywords.sources);
      return compileUi(call, qt, { ...keywords, required: true });
    },
  });
}

function moc(qt: QtVersion): Builtin {
  return builtin({
    name: 'compile_moc',
    label: 'qt.compile_moc',
    doc: 'Code of signals and slots, made by moc.',
    since: '0.59.0',
    keywords: {
      method,
      sources,
      headers: sources,
      extra_args: texts('Further arguments of moc.'),
      include_directories: folders,
      dependencies,
      preserve_paths: preservePaths,
      output_json: keyword(bool, false, 'Also tables of the classes.', { since: '1.7.0' }),
    },
    returns: 'array[generated_list]',
    run: (call, { keywords }) => {
      tellOfMade(call, 'headers', keywords.headers);
      tellOfMade(call, 'sources', keywords.sources);
      return compileMoc(call, qt, { ...keywords, required: true });
    },
  });
}

function translations(qt: QtVersion): Builtin {
  return builtin({
    name: 'compile_translations',
    label: 'qt.compile_translations',
    doc: 'Compiled translations, made by lrelease.',
    since: '0.44.0',
    keywords: {
      build_by_default: keyword(bool, false, 'Made when nothing is named.'),
      method,
      install,
      install_dir: installDir,
      qresource: keyword(orNothing(str), undefined, 'A list of resources that names them.', {
        since: '0.56.0',
      }),
      rcc_extra_arguments: { ...texts('Further arguments of rcc.'), since: '0.56.0' },
      ts_files: keyword(listOf(sourceInput), [], 'The files.'),
    },
    returns: 'array[custom_tgt] | custom_tgt',
    run: (call, { keywords: given }) => {
      tellOfMade(call, 'ts_files', given.ts_files);
      if (given.install && !given.install_dir)
        call.fail(
          'qt.compile_translations: "install_dir" keyword argument must be set when "install" is true.',
        );
      if (given.qresource && given.ts_files.length > 0)
        call.fail('qt.compile_translations: Cannot specify both ts_files and qresource');
      const common = {
        method: given.method,
        buildByDefault: given.build_by_default,
        installDir: given.install ? given.install_dir : undefined,
      };
      if (!given.qresource)
        return compileTranslations(call, qt, { ...common, sources: given.ts_files });
      const list = builtResources(call, given.qresource);
      const sources = resourceNames(call, list.file).map((name) =>
        name.endsWith('.qm')
          ? `${name.slice(0, -'.qm'.length)}.ts`
          : call.fail(
              `qt.compile_translations: qresource can only contain qm files, found ${name}`,
            ),
      );
      compileTranslations(call, qt, { ...common, sources });
      const [made] = compileResources(call, qt, {
        name: undefined,
        sources: [list],
        extra_args: given.rcc_extra_arguments,
        method: given.method,
      });
      return made;
    },
  });
}

/** A list of resources copied beside the translations that it names, which are made there. */
function builtResources(call: Call, name: string): FileObject {
  const { evaluation, scope } = call;
  if (name.includes('/'))
    call.fail('qt.compile_translations: qresource file name must not contain a subdirectory.');
  const source = existingFile(call, name);
  const path = joinPath(scope.buildSubdir, name);
  const target = joinPath(evaluation.buildRoot, path);
  evaluation.tables.buildFiles.set(source.path, source);
  evaluation.host.files.makeDirectory(joinPath(evaluation.buildRoot, scope.buildSubdir));
  const copied = evaluation.host.files.copy(absolutePath(evaluation, source), target);
  if (!copied.ok) call.fail(`${target}: ${copied.error.reason}`);
  return fileObject({ tree: 'build', path });
}
