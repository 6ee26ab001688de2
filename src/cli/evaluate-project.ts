import { evaluate } from '../eval/evaluate.ts';
import type { Told } from '../eval/input.ts';
import { withPython } from '../host/python.ts';
import { rememberAnswers } from '../host/remember-answers.ts';
import type { Model } from '../model/model.ts';
import { bundledWraps, noWraps, whenAsked } from '../wrap/wrap-set.ts';
import type { ConfigureRequest } from './configure-request.ts';
import { prepareAndWait } from './prepare-subproject.ts';
import type { Session } from './session.ts';
import type { SetupLog } from './setup-log.ts';
import { userCache } from './user-cache.ts';

/** Reads a project's build files. Undefined where they are wrong; that was told. */
export function evaluateProject(
  session: Session,
  request: ConfigureRequest,
  log: SetupLog,
): Model | undefined {
  const { self, home } = session;
  const { sourceRoot, buildRoot, commandLine, fatalWarnings, clearCache = false } = request;
  const host = withPython(session.host, commandLine.python);
  const evaluated = evaluate({
    host: rememberAnswers(host, { folder: `${userCache(host)}/answers`, forget: clearCache }),
    sourceRoot,
    buildRoot,
    commandLineOptions: [...commandLine.options],
    nativeFiles: commandLine.nativeFiles,
    crossFiles: commandLine.crossFiles,
    fatalWarnings,
    bundledWraps: whenAsked(noWraps, () => {
      const wraps = bundledWraps(host, home);
      if (wraps.ok) return wraps.value;
      for (const diagnostic of wraps.error) log.diagnostic(diagnostic);
      return noWraps;
    }),
    prepareSubproject: (wanted) => prepareAndWait(session, request, wanted),
    command: self,
    listener: (told) => tell(log, told),
  });
  return evaluated.model;
}

function tell(log: SetupLog, told: Told): void {
  switch (told.kind) {
    case 'line':
      log.line(told.text);
      break;
    case 'detail':
      log.detail(told.text);
      break;
    case 'diagnostic':
      log.diagnostic(told.diagnostic, told.prefix);
      break;
  }
}
