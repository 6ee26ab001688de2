import { unreachable } from '../../base/assert.ts';
import { configPlaceOf } from '../../eval/cargo/config-place.ts';
import { evaluate } from '../../eval/evaluate.ts';
import type { Told } from '../../eval/input.ts';
import { withPython } from '../../host/python.ts';
import { type RememberingHost, rememberAnswers } from '../../host/remember-answers.ts';
import type { Model } from '../../model/model.ts';
import { bundledWraps, noWraps, whenAsked } from '../../wrap/wrap-set.ts';
import type { Session } from '../session.ts';
import { userCache } from '../user-cache.ts';
import type { ConfigureRequest } from './configure-request.ts';
import { subprojectPreparer } from './prepare-subproject.ts';
import type { SetupLog } from './setup-log.ts';

/** The world as build files see it: the Python they are to find, and what tools answered in earlier runs. */
export function projectWorld(
  { host }: Session,
  { commandLine, clearCache = false }: ConfigureRequest,
): RememberingHost {
  const world = withPython(host, commandLine.python);
  return rememberAnswers(world, { folder: `${userCache(world)}/answers`, forget: clearCache });
}

/** Reads a project's build files, in a session of their world. Undefined where they are wrong; that was told. */
export function evaluateProject(
  session: Session,
  request: ConfigureRequest,
  log: SetupLog,
): Model | undefined {
  const { self, home } = session;
  const { sourceRoot, buildRoot, commandLine, fatalWarnings } = request;
  const host = session.host;
  const evaluated = evaluate({
    host,
    sourceRoot,
    buildRoot,
    commandLineOptions: [...commandLine.options],
    nativeFiles: commandLine.nativeFiles,
    crossFiles: commandLine.crossFiles,
    namedFiles: { cross: commandLine.crossNames ?? [], native: commandLine.nativeNames ?? [] },
    chosen: commandLine.environment,
    fatalWarnings,
    bundledWraps: whenAsked(noWraps, () => {
      const wraps = bundledWraps(host, home);
      if (wraps.ok) return wraps.value;
      for (const diagnostic of wraps.error) log.diagnostic(diagnostic);
      return noWraps;
    }),
    prepareSubproject: subprojectPreparer(session, {
      ...request,
      config: configPlaceOf(
        { host, input: { commandLineOptions: [...commandLine.options] }, sourceRoot },
        sourceRoot,
      ),
    }),
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
    default:
      unreachable(told);
  }
}
