import { alone, type Internal } from '../internal/alone.ts';
import { bindgen } from '../internal/bindgen.ts';
import { clangFormat } from '../internal/clang-format.ts';
import { clangTidy } from '../internal/clang-tidy.ts';
import { cmakeCommand } from '../internal/cmake-command.ts';
import { coverageReport } from '../internal/coverage-report.ts';
import { externalProject } from '../internal/external-project.ts';
import { gettext } from '../internal/gettext.ts';
import { gtkdoc } from '../internal/gtkdoc.ts';
import { hotdoc } from '../internal/hotdoc.ts';
import { itstoolJoin } from '../internal/itstool-join.ts';
import { prepare } from '../internal/prepare.ts';
import { pythonCompile } from '../internal/python-compile.ts';
import { scanBuild } from '../internal/scan-build.ts';
import { symbols } from '../internal/symbols.ts';
import { typescript } from '../internal/typescript.ts';
import { exitCodes, type Session } from '../session.ts';

/** What kaon calls itself for, in actions and while it evaluates. */
const internals: Readonly<Record<string, Internal>> = {
  ...alone,
  bindgen,
  'clang-format': clangFormat,
  'clang-tidy': clangTidy,
  'cmake-command': cmakeCommand,
  'coverage-report': coverageReport,
  'external-project': externalProject,
  gettext,
  gtkdoc,
  hotdoc,
  'itstool-join': itstoolJoin,
  prepare,
  'python-compile': pythonCompile,
  'scan-build': scanBuild,
  symbols,
  typescript,
};

/** `kaon internal NAME …` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  const internal = internals[name];
  if (internal !== undefined) return internal(session, rest);
  session.terminal.printError(`kaon: there is no internal command '${name}'`);
  return exitCodes.wrong;
}
