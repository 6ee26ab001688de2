import { sha256Of } from '../../base/sha256.ts';
import type { Files } from '../../host/host.ts';
import { replaceDifferent } from '../../host/replace-different.ts';

/**
 * Notes the sums of what a setup tells in `meson-info/`, as `sha256sum` does. By them the launcher sees that
 * these files are whole, and tells them without node.
 */
export function sumInfo(files: Files, buildRoot: string): void {
  const info = `${buildRoot}/meson-info`;
  const listed = files.list(info);
  if (!listed.ok) return;
  const lines = listed.value.flatMap((name) => {
    const content = files.readBytes(`${info}/${name}`);
    if (!name.endsWith('.json') || !content.ok) return [];
    return [`${sha256Of(content.value)}  ${name}\n`];
  });
  // Without them node is asked.
  replaceDifferent(files, `${buildRoot}/meson-private/kaon-info-sums`, lines.join(''));
}
