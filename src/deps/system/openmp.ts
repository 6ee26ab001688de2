import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent, found, noCompiler, noLanguage } from '../found.ts';
import { compilerFor } from './checks.ts';

/** The version of OpenMP by the month of its specification, which is what `_OPENMP` says. */
const versions: Readonly<Record<string, string>> = {
  '202411': '6.0',
  '202111': '5.2',
  '202011': '5.1',
  '201811': '5.0',
  '201611': '5.0-revision1',
  '201511': '4.5',
  '201307': '4.0',
  '201107': '3.1',
  '200805': '3.0',
  '200505': '2.5',
  '200203': '2.0',
  '199810': '1.0',
};

/** OpenMP, which the compiler has or has not; it is called as the build file calls it. */
export const findOpenMp =
  (name: string) =>
  (context: DependencyContext, { language }: DependencyRequest): Attempt => {
    const compiler = compilerFor(context, language);
    if (compiler === undefined)
      return language === undefined ? noCompiler : noLanguage('Openmp', language);
    const { compile, link } = compiler.checker.family;
    const needs = { compileArgs: compile.openmp, linkArgs: link?.openmp ?? [] };
    const version = versions[compiler.define('_OPENMP', '', needs) ?? ''];
    if (version === undefined) return absent;
    if (!['omp.h', 'omp_lib.h'].some((header) => compiler.hasHeader(header, needs))) {
      context.warn('OpenMP found but omp.h missing.');
      return absent;
    }
    return found({
      name,
      type: 'system',
      machine: context.machine,
      version,
      language,
      ...needs,
    });
  };
