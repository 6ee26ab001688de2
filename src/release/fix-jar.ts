import { ok, type Result } from '../base/result.ts';
import type { InstalledTarget } from '../model/install-plan.ts';
import type { Installation } from './installation.ts';
import { fault, fileFault, type InstallFault } from './installer.ts';

/**
 * Takes the `Class-Path` of the build directory out of an archive that is installed. `jar` cannot
 * remove an attribute: the whole manifest is taken out and put in again as any other file.
 */
export function fixJar(
  item: InstalledTarget,
  copy: string,
  { host, plan, print }: Installation,
): Result<void, InstallFault> {
  const { files, system } = host;
  const written = files.readText(`${plan.buildRoot}/${item.from}.p/META-INF/MANIFEST.MF`);
  if (!item.from.endsWith('.jar') || !written.ok || !/^Class-Path:/m.test(written.value))
    return ok(undefined);
  const folder = `${copy}.manifest`;
  const manifest = `${folder}/META-INF/MANIFEST.MF`;
  const jar = (...words: readonly string[]): Result<void, InstallFault> => {
    const done = host.processes.run({
      argv: ['jar', ...words],
      workingDirectory: folder,
      environment: system.environment,
    });
    if (done.ended.kind === 'exited' && done.ended.code === 0) return ok(undefined);
    print(`${done.stdout}${done.stderr}`.trimEnd());
    return fault(`Could not change the manifest of ${item.from}.`);
  };
  const made = files.makeDirectory(folder);
  if (!made.ok) return fileFault(made.error);
  try {
    const taken = jar('xf', copy, 'META-INF/MANIFEST.MF');
    if (!taken.ok) return taken;
    const text = files.readText(manifest);
    if (!text.ok) return fileFault(text.error);
    const kept = text.value.replace(/^Class-Path:.*\r?\n(?: .*\r?\n)*/m, '');
    const put = files.write(manifest, kept);
    return put.ok ? jar('ufM', copy, 'META-INF/MANIFEST.MF') : fileFault(put.error);
  } finally {
    files.remove(folder);
  }
}
