import { posix } from 'node:path';
import { nearest } from '../../base/nearest.ts';
import { unknownIn } from '../../ninja/asked-for.ts';
import { edgesByOutput } from '../../ninja/manifest.ts';
import { tools } from '../../ninja/tools/table.ts';
import { edgesFor } from '../../ninja/tools/tool.ts';
import { exitCodes, type Session } from '../session.ts';
import type { NinjaPlace } from './place.ts';
import { refuseAsNinja } from './say.ts';

/** Tools of ninja for logs that kaon keeps in order by itself. */
const needless = ['recompact', 'restat', 'cleandead', 'missingdeps', 'wincodepage'];

/** `-t NAME …` */
export function runTool(
  session: Session,
  place: NinjaPlace,
  { name, words }: { readonly name: string; readonly words: readonly string[] },
): number {
  const { terminal } = session;
  if (name === 'clean') return clean(session, place, words);
  if (name === 'deps') return deps(session, place, words);
  if (needless.includes(name)) return exitCodes.ok;
  if (name === 'list') {
    terminal.print('ninja subtools:');
    const all = [...tools, { name: 'clean', summary: 'clean built files' }];
    all.push({ name: 'deps', summary: 'show dependencies stored in the deps log' });
    for (const tool of all.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      terminal.print(`${tool.name.padStart(16)}  ${tool.summary}`);
    }
    return exitCodes.ok;
  }
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) {
    const close = nearest(name, [...tools.map((one) => one.name), 'clean', 'deps']);
    const hint = close === undefined ? '' : `, did you mean '${close}'?`;
    return refuseAsNinja(session, `unknown tool '${name}'${hint}`);
  }
  const { directory, defaults } = place;
  const answer = tool.run({ manifest: place.manifest(), words, directory, defaults });
  if (answer.kind === 'wrong') return refuseAsNinja(session, answer.message);
  if (answer.kind === 'text') terminal.write(answer.text);
  else if (answer.lines.length > 0) terminal.write(`${answer.lines.join('\n')}\n`);
  return exitCodes.ok;
}

/** `-t clean [-g] [-r RULE …] [TARGET …]` */
function clean(session: Session, place: NinjaPlace, words: readonly string[]): number {
  const { host, terminal } = session;
  const generated = words.includes('-g');
  const byRule = words.includes('-r');
  const names = words.filter((word) => word !== '-g' && word !== '-r');
  const option = names.find((word) => word.startsWith('-'));
  if (option !== undefined) return refuseAsNinja(session, `clean has no option '${option}'`);
  if (byRule && names.length === 0) return refuseAsNinja(session, 'expected a rule to clean');
  const manifest = place.manifest();
  const chosen = byRule || names.length === 0 ? undefined : edgesFor(manifest, names);
  if (chosen?.unknown !== undefined)
    return refuseAsNinja(session, unknownIn(manifest, chosen.unknown));
  let removed = 0;
  for (const edge of chosen?.edges ?? manifest.edges) {
    if (edge.rule === 'phony' || (byRule && !names.includes(edge.rule))) continue;
    // What is asked for by name goes, whoever made it.
    if (edge.generator && !generated && names.length === 0) continue;
    for (const path of [...edge.outputs, ...edge.implicitOutputs, edge.depfile, edge.rspfile]) {
      const whole = posix.resolve(place.directory, path);
      const kind = path === '' ? undefined : host.files.lstat(whole)?.kind;
      if (kind === undefined || kind === 'directory') continue;
      if (host.files.remove(whole).ok) removed++;
    }
  }
  terminal.print(`Cleaning... ${removed} files.`);
  return exitCodes.ok;
}

/** `-t deps [TARGET …]`: what tools named as further inputs when they last ran. */
function deps({ host, terminal }: Session, place: NinjaPlace, words: readonly string[]): number {
  const { log, graph } = place.input;
  const edges = edgesByOutput(place.manifest());
  const outputs = [...graph.actions.values()].flatMap(({ outputs: [first] }) =>
    first === undefined ? [] : [graph.files.get(first)],
  );
  for (const output of words.length === 0 ? outputs : words) {
    const record = log.action(output);
    if (record === undefined || record.discovered.length === 0) {
      if (words.length > 0) terminal.print(`${output}: deps not found`);
      continue;
    }
    const own = edges.get(output)?.inputs ?? [];
    const found = record.discovered.map((id) => log.content(id).path);
    const mtime = host.files.stat(posix.resolve(place.directory, output))?.mtimeNs ?? 0n;
    const count = own.length + found.length;
    terminal.print(`${output}: #deps ${count}, deps mtime ${mtime} (VALID)`);
    for (const path of [...own, ...found]) terminal.print(`    ${path}`);
    terminal.print('');
  }
  return exitCodes.ok;
}
