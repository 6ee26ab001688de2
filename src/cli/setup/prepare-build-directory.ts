import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { FileFault, Files } from '../../host/host.ts';
import { commandLinePath, privateFolder } from '../../store/setup/setup-state.ts';

const ignore = '# Made by kaon, which makes it no second time.\n';
const ignoreFiles: Readonly<Record<string, string>> = {
  '.gitignore': `${ignore}*\n`,
  '.hgignore': `${ignore}syntax: glob\n**/*\n`,
  'CACHEDIR.TAG':
    'Signature: 8a477f597d28d172789f06886806bc55\n# See http://bford.info/cachedir/\n',
};

/** Makes the folders of a build directory; one that was empty tells other tools to pass it over. */
export function prepareBuildDirectory(files: Files, buildRoot: string): Result<void, FileFault> {
  const listed = files.list(buildRoot);
  for (const folder of [privateFolder, 'meson-logs', 'meson-info']) {
    const made = files.makeDirectory(`${buildRoot}/${folder}`);
    if (!made.ok) return made;
  }
  if (listed.ok && listed.value.length > 0) return ok(undefined);
  for (const [name, content] of Object.entries(ignoreFiles)) {
    const written = files.write(`${buildRoot}/${name}`, content);
    if (!written.ok) return written;
  }
  return ok(undefined);
}

/** Empties a build directory, but for what the command lines said: the options, and machine files kept there. */
export function wipeBuildDirectory(files: Files, buildRoot: string): Result<void, FileFault> {
  const folder = `${buildRoot}/${privateFolder}`;
  const listed = files.list(folder);
  const machineFiles = (listed.ok ? listed.value : []).filter((name) => name.endsWith('.ini'));
  const kept = [commandLinePath(buildRoot), ...machineFiles.map((name) => `${folder}/${name}`)]
    .map((path) => ({ path, bytes: files.readBytes(path) }))
    .flatMap(({ path, bytes }) => (bytes.ok ? [{ path, bytes: bytes.value }] : []));
  const content = files.list(buildRoot);
  if (!content.ok) return content;
  // The folder itself stays: someone may be in it.
  for (const name of content.value) {
    const removed = files.remove(`${buildRoot}/${name}`);
    if (!removed.ok) return removed;
  }
  const prepared = prepareBuildDirectory(files, buildRoot);
  if (!prepared.ok) return prepared;
  for (const { path, bytes } of kept) {
    const written = files.write(path, bytes);
    if (!written.ok) return written;
  }
  return ok(undefined);
}
