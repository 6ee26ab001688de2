import { bindgen } from '../internal/bindgen.ts';
import { buildScript } from '../internal/build-script.ts';
import { cmakeCommand } from '../internal/cmake-command.ts';
import { coverageReport } from '../internal/coverage-report.ts';
import { externalProject } from '../internal/external-project.ts';
import { gettext } from '../internal/gettext.ts';
import { gtkdoc } from '../internal/gtkdoc.ts';
import { hotdoc } from '../internal/hotdoc.ts';
import { itstoolJoin } from '../internal/itstool-join.ts';
import { prepare } from '../internal/prepare.ts';
import { pythonCompile } from '../internal/python-compile.ts';
import { symbols } from '../internal/symbols.ts';
import { typescript } from '../internal/typescript.ts';
import { vcsTag } from '../internal/vcs-tag.ts';
import { exitCodes, type Session } from '../session.ts';

type Internal = (session: Session, words: readonly string[]) => Promise<number> | number;

/** What kaon calls itself for, in actions and while it evaluates. */
const internals: Readonly<Record<string, Internal>> = {
  bindgen,
  'build-script': buildScript,
  'cmake-command': cmakeCommand,
  'coverage-report': coverageReport,
  'external-project': externalProject,
  gettext,
  gtkdoc,
  hotdoc,
  'itstool-join': itstoolJoin,
  prepare,
  'python-compile': pythonCompile,
  symbols,
  typescript,
  'vcs-tag': vcsTag,
};

/** `kaon internal NAME …` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words;
  const internal = internals[name];
  if (internal !== undefined) return internal(session, rest);
  session.terminal.printError(`kaon: there is no internal command '${name}'`);
  return exitCodes.wrong;
}
