import { posix } from 'node:path';
import { unreachable } from '../base/assert.ts';
import { changedEnvironment } from '../base/environment.ts';
import { pythonRepr } from '../base/python-repr.ts';
import { ok, type Result } from '../base/result.ts';
import { quoteWords } from '../base/shell-words.ts';
import { Turns } from '../host/turns.ts';
import type { InstalledScript, InstallItem } from '../model/install-plan.ts';
import { destinationPath } from './destination.ts';
import { installDirectory } from './install-directory.ts';
import type { InstallOptions } from './install-options.ts';
import { installTarget } from './install-target.ts';
import type { Install, Installation } from './installation.ts';
import { fault, fileFault, Installer, type InstallFault } from './installer.ts';
import { takeTurn } from './take-turn.ts';

/** Installs a project and writes meson-logs/install-log.txt, which uninstalling reads. */
export async function install(request: Install): Promise<Result<void, InstallFault>> {
  const { host, plan, options, print } = request;
  const logPath = request.log ?? `${plan.buildRoot}/meson-logs/install-log.txt`;
  const folder = host.files.makeDirectory(posix.dirname(logPath));
  if (!folder.ok) return fileFault(folder.error);
  const log = host.storage.openAppend(logPath, 0);
  if (!log.ok) return fileFault(log.error);
  const encoder = new TextEncoder();
  const record = (line: string): void => void log.value.append(encoder.encode(`${line}\n`));
  record('# List of files installed by Meson');
  record('# Does not contain files installed by custom scripts.');
  const { onInstalled } = request;
  const installer = new Installer({ host, options, umask: plan.umask, print, record, onInstalled });
  const destination = { destdir: absoluteDestdir(request), prefix: plan.prefix };
  const turns = new Turns(host.clock);
  try {
    const done = await installAll({ ...request, installer, destination, turns });
    if (done.ok && installer.preserved > 0) {
      const kept = `Preserved ${installer.preserved} unchanged files`;
      installer.say(`${kept}, see ${logPath} for the full list`);
    }
    return done;
  } finally {
    installer.close();
    log.value.close();
  }
}

function absoluteDestdir({ plan, options }: Install): string {
  const { destdir = '' } = options;
  return destdir === '' || destdir.startsWith('/') ? destdir : `${plan.buildRoot}/${destdir}`;
}

async function installAll(installation: Installation): Promise<Result<void, InstallFault>> {
  let didSomething = false;
  for (const item of installation.plan.items) {
    if (!wanted(item, installation.options)) continue;
    const done = await installItem(item, installation);
    if (!done.ok) return done;
    const turned = await takeTurn(installation);
    if (!turned.ok) return turned;
    if (done.value) didSomething = true;
  }
  if (!didSomething) installation.installer.say('Nothing to install.');
  return ok(undefined);
}

function wanted({ subproject, tag }: InstallItem, options: InstallOptions): boolean {
  const { skipSubprojects, tags } = options;
  if (subproject !== '' && skipSubprojects.some((name) => name === '*' || name === subproject)) {
    return false;
  }
  return tags === undefined || (tag !== undefined && tags.includes(tag));
}

/** Whether anything was done. */
async function installItem(
  item: InstallItem,
  installation: Installation,
): Promise<Result<boolean, InstallFault>> {
  const { host, installer, destination, plan } = installation;
  switch (item.kind) {
    case 'directory':
      return await installDirectory(item, installation);
    case 'target':
      return await installTarget(item, installation);
    case 'file': {
      const source = posix.resolve(plan.buildRoot, item.from);
      const to = destinationPath(destination, item.to);
      const done = installer.file({ ...item, source, to });
      if (done.ok && !done.value) installer.setMode(to, item.mode);
      return done;
    }
    case 'empty-directory': {
      const path = destinationPath(destination, item.path);
      installer.say(`Installing new directory ${path}`);
      if (host.files.isFile(path)) {
        return fault(`Tried to create directory ${path} but a file of that name already exists.`);
      }
      const made = installer.folder(path);
      if (made.ok) installer.setMode(path, item.mode);
      return made.ok ? ok(true) : made;
    }
    case 'symlink': {
      const path = destinationPath(destination, item.path);
      const made = installer.folder(posix.dirname(path));
      if (!made.ok) return made;
      const done = installer.symlink(path, item.pointsTo);
      return done.ok ? ok(true) : done;
    }
    case 'script':
      return runScript(item, installation);
    default:
      return unreachable(item);
  }
}

async function runScript(
  script: InstalledScript,
  installation: Installation,
): Promise<Result<boolean, InstallFault>> {
  const { host, options, installer, destination, plan } = installation;
  const name = script.argv.join(' ');
  if (destination.destdir !== '' && script.skipIfDestdir) {
    const why = 'Skipping custom install script because DESTDIR is set';
    installer.say(`${why} ${pythonRepr(name)}`);
    return ok(false);
  }
  installer.say(`Running custom install script ${pythonRepr(name)}`);
  installer.tell({ item: 'script', path: name });
  if (options.dryRun && !script.dryRun) return ok(true);
  const child = host.processes.spawn({
    argv: script.argv,
    // What it installs has the permissions of what kaon installs.
    ...(plan.umask !== 'preserve' && { umask: plan.umask }),
    workingDirectory: script.workingDirectory ?? plan.buildRoot,
    environment: changedEnvironment(scriptEnvironment(script, installation), script.environment),
    // Where events are told, what it says is one of them.
    terminal: installation.onInstalled === undefined,
  });
  const { ended, stdout, stderr } = await child.done;
  for (const said of [stdout, stderr]) if (said !== '') installation.print(said.trimEnd());
  if (ended.kind === 'exited' && ended.code === 0) return ok(true);
  if (ended.kind === 'not-started') {
    // As a shell says where there is no such command.
    return fault(`FAILED: install script '${name}' could not be run: ${ended.reason}.`, 127);
  }
  const code = ended.kind === 'exited' ? ended.code : 1;
  return fault(`FAILED: install script '${name}' failed with exit code ${code}.`, code);
}

function scriptEnvironment(
  { directories }: InstalledScript,
  { host, options, destination, plan }: Installation,
): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {
    ...host.system.environment,
    MESON_SOURCE_ROOT: plan.sourceRoot,
    MESON_BUILD_ROOT: plan.buildRoot,
    MESONINTROSPECT: quoteWords(plan.introspect),
  };
  if (options.quiet) environment['MESON_INSTALL_QUIET'] = '1';
  if (options.dryRun) environment['MESON_INSTALL_DRY_RUN'] = '1';
  if (options.destdir !== undefined) environment['DESTDIR'] = destination.destdir;
  for (const [name, directory] of Object.entries(directories ?? { prefix: plan.prefix })) {
    const key = name.toUpperCase();
    environment[`MESON_INSTALL_${key}`] = posix.resolve(plan.prefix, directory);
    environment[`MESON_INSTALL_DESTDIR_${key}`] = destinationPath(destination, directory);
  }
  return environment;
}
