import { posix } from 'node:path';
import { pythonRepr } from '../base/python-repr.ts';
import { ok, type Result } from '../base/result.ts';
import type { InstalledTarget } from '../model/install-plan.ts';
import { destinationPath } from './destination.ts';
import { fixRpath } from './elf/fix-rpath.ts';
import { fixJar } from './fix-jar.ts';
import { copyContent } from './install-directory.ts';
import type { Installation } from './installation.ts';
import { fault, fileFault, type InstallFault } from './installer.ts';

/** Installs what a target makes: a file, stripped and with its rpath set, or a whole folder. */
export async function installTarget(
  item: InstalledTarget,
  installation: Installation,
): Promise<Result<boolean, InstallFault>> {
  const { host, installer, destination, plan } = installation;
  const source = posix.resolve(plan.buildRoot, item.from);
  const directory = destinationPath(destination, item.directory);
  const to = posix.join(directory, posix.basename(item.from));
  const kind = host.files.stat(source)?.kind;
  if (kind === undefined && host.files.lstat(source) === undefined) {
    if (!item.optional) return fault(`File ${pythonRepr(item.from)} could not be found`);
    installer.say(`File ${pythonRepr(item.from)} not found, skipping`);
    return ok(false);
  }
  if (kind === 'directory') {
    const made = installer.folder(to);
    if (!made.ok) return made;
    const all = { excludeFiles: [], excludeDirectories: [], mode: item.mode };
    const copied = await copyContent(
      { item: { ...all, followSymlinks: undefined }, from: source, to },
      installation,
    );
    return copied.ok ? ok(true) : copied;
  }
  return installer.file({
    from: item.from,
    source,
    to,
    mode: item.mode,
    followSymlinks: undefined,
    prepare: (copy) => {
      const stripped = strip(item, copy, installation);
      if (!stripped.ok) return stripped;
      const fixed = fixJar(item, copy, installation);
      return fixed.ok ? setRpath(item, copy, installation) : fixed;
    },
  });
}

function strip(
  item: InstalledTarget,
  copy: string,
  { host, installer, options, plan, print }: Installation,
): Result<void, InstallFault> {
  const wanted = item.strip || (item.canStrip && options.strip);
  if (!wanted) return ok(undefined);
  if (plan.strip === undefined) {
    installer.say(`Not stripping ${posix.basename(item.from)}: the cross file names no strip.`);
    return ok(undefined);
  }
  if (item.from.endsWith('.jar')) {
    installer.say(`Not stripping jar target: ${posix.basename(item.from)}`);
    return ok(undefined);
  }
  installer.say(`Stripping target ${pythonRepr(item.from)}.`);
  const done = host.processes.run({
    argv: [...plan.strip, ...(host.system.platform === 'darwin' ? ['-S', '-x'] : []), copy],
    workingDirectory: plan.buildRoot,
    environment: host.system.environment,
  });
  if (done.ended.kind === 'exited' && done.ended.code === 0) return ok(undefined);
  print(`Stdout:\n${done.stdout}\n\nStderr:\n${done.stderr}\n`);
  return fault('Could not strip file.');
}

function setRpath(
  { rpath }: InstalledTarget,
  copy: string,
  { host }: Installation,
): Result<void, InstallFault> {
  if (rpath === undefined) return ok(undefined);
  const bytes = host.files.readBytes(copy);
  if (!bytes.ok) return fileFault(bytes.error);
  const change = { remove: new Set(rpath.remove), install: rpath.install };
  const fixed = fixRpath(bytes.value, change);
  if (!fixed.ok) return fault(fixed.error);
  if (fixed.value === undefined) return ok(undefined);
  // Built files may be read-only.
  const mode = host.files.stat(copy)?.mode ?? 0o644;
  host.files.setMode(copy, mode | 0o200);
  const written = host.files.write(copy, fixed.value);
  host.files.setMode(copy, mode);
  return written.ok ? written : fileFault(written.error);
}
