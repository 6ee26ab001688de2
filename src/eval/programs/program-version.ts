import { rememberTool } from '../../host/tool-identity.ts';
import type { Call } from '../call.ts';
import { watchFile } from '../watch-file.ts';
import { programPath } from './search-program.ts';

/** What version a program says it is. */
export function programVersion(call: Call, command: readonly string[], argument: string): string {
  const { host, buildRoot } = call.evaluation;
  const argv = [...command, argument];
  // Another version may answer otherwise.
  watchFile(call.evaluation, programPath(host, command));
  const workingDirectory = host.files.isDirectory(buildRoot)
    ? buildRoot
    : host.system.workingDirectory;
  const { ended, stdout, stderr } = host.processes.run({
    argv,
    workingDirectory,
    environment: host.system.environment,
    // An interpreter may run anything.
    ...(command.length === 1 && rememberTool(host, argv)),
  });
  if (ended.kind !== 'exited' || ended.code !== 0) {
    const status = ended.kind === 'exited' ? ended.code : ended.kind;
    call.fail(`Command \`${argv.join(' ')}\` failed with status ${status}.`);
  }
  const output = stdout.trim() === '' ? stderr.trim() : stdout.trim();
  const match = /[0-9]+(?:\.[0-9]+)+/.exec(output) ?? /[0-9][0-9.]+/.exec(output);
  const list = argv.map((word) => `'${word}'`).join(', ');
  return match?.[0] ?? call.fail(`Could not find a version number in output of [${list}]`);
}
