import type { Action, ActionId, FileId, FileListId, Graph } from '../graph/graph.ts';
import { actionCommand } from './action-command.ts';
import { bar, escapePath, escapeText } from './escape.ts';
import { actionNames } from './graph-manifest.ts';
import type { Service } from './service.ts';

export interface ManifestRequest {
  readonly graph: Graph;
  /** The command line of kaon, for what ninja cannot do by itself. */
  readonly kaon: readonly string[];
  /** Makes the manifest anew when one of its inputs changes. */
  readonly regenerate: { readonly command: string; readonly inputs: readonly string[] };
  readonly services: readonly Service[];
}

/** The graph as a `build.ninja`: commands that differ only in their files share a rule, lists are written once. */
export function writeManifest(request: ManifestRequest): string {
  const { graph, regenerate, services } = request;
  const lines = [
    '# What kaon builds, for tools that read this. `kaon` itself does not.',
    'ninja_required_version = 1.8.2',
    '',
  ];
  lines.push(
    'rule KAON',
    '  command = $COMMAND',
    '  description = $DESC',
    '  pool = console',
    'rule REGENERATE',
    `  command = ${escapeText(regenerate.command)}`,
    '  description = Regenerating build files',
    '  generator = 1',
    '  pool = console',
    'build kaon-always: phony',
  );
  for (const { name, depth, console } of graph.pools.values()) {
    if (!console) lines.push(`pool ${name}`, `  depth = ${depth}`);
  }
  const edges = new EdgeWriter(request);
  for (const [id, action] of graph.actions.entries()) edges.add(id, action);
  lines.push(...edges.rules, ...edges.lines);
  const build = (name: string): string => `build ${escapePath(name)}: phony`;
  for (const [name, { files, actions }] of graph.goals) {
    if (edges.isOutput(name)) continue;
    const needs = [
      ...files.map((file) => graph.files.get(file)),
      ...actions.map((action) => edges.nameOf(action)),
    ];
    lines.push([build(name), ...new Set(needs.map(escapePath))].join(' '));
  }
  for (const { name, description, needs, command } of services) {
    if (graph.goals.has(name) || edges.isOutput(name)) continue;
    lines.push(
      [`build ${escapePath(name)}: KAON kaon-always`, '||', ...needs.map(escapePath)].join(' '),
      `  COMMAND = ${escapeText(command)}`,
      `  DESC = ${escapeText(description)}`,
    );
  }
  lines.push(
    ['build build.ninja: REGENERATE', ...regenerate.inputs.map(escapePath)].join(' '),
    // A build file that was removed is for kaon to tell.
    ...(regenerate.inputs.length === 0
      ? []
      : [['build', ...regenerate.inputs.map(escapePath)].join(' ').concat(': phony')]),
    'default all',
    '',
  );
  if (lines.some((line) => line.includes(bar.use))) lines.splice(2, 0, `${bar.name} = |`);
  return lines.join('\n');
}

/** Longer commands go through a response file, where their tool reads one: a shell takes 128 KiB as one word. */
const longestCommand = 100_000;

class EdgeWriter {
  readonly rules: string[] = [];
  readonly lines: string[] = [];
  readonly #request: ManifestRequest;
  readonly #ruleByText = new Map<string, string>();
  readonly #lists = new Set<FileListId>();
  readonly #outputs = new Set<string>();
  /** Of archives: they are made anew each time. */
  readonly #makers = new Map<FileId, Action>();
  /** What archives are made of, by their numbers: many programs link the same ones. */
  readonly #members = new Map<string, ReadonlySet<string>>();
  readonly nameOf: (id: ActionId) => string;

  constructor(request: ManifestRequest) {
    this.#request = request;
    const { graph } = request;
    this.nameOf = actionNames(graph);
    for (const [id, action] of graph.actions.entries()) {
      for (const file of action.outputs) {
        this.#outputs.add(graph.files.get(file));
        if (action.removeOutputsFirst) this.#makers.set(file, action);
      }
      if (action.outputs.length === 0) this.#outputs.add(this.nameOf(id));
    }
  }

  isOutput(path: string): boolean {
    return this.#outputs.has(path);
  }

  add(id: ActionId, action: Action): void {
    const { graph, kaon } = this.#request;
    const made = action.outputs.map((file) => graph.files.get(file));
    const outputs = made.length > 0 ? made : [this.nameOf(id)];
    const inputs = action.inputs.map((file) => graph.files.get(file));
    const command = actionCommand(action, { inputs, outputs, kaon, longest: longestCommand });
    const rule = this.#rule(action, command.lines);
    const main = command.output ?? outputs[0];
    const others = outputs.filter((path) => path !== main);
    const throughArchives = this.#archived(action);
    const implicit = inputs.filter((path) => path !== command.input && !throughArchives.has(path));
    if (action.alwaysRun) implicit.push('kaon-always');
    const words = [
      `build ${[main ?? '', ...withBar('|', others)].map(escapeWord).join(' ')}: ${rule}`,
      ...(command.input === undefined ? [] : [escapePath(command.input)]),
      ...withBar('|', implicit).map(escapeWord),
      ...this.#orderOnly(action),
    ];
    this.lines.push(words.join(' '));
  }

  #rule(action: Action, lines: readonly string[]): string {
    const { graph } = this.#request;
    const pool = action.pool === undefined ? undefined : graph.pools.get(action.pool);
    const text = [
      ...lines,
      ...(pool === undefined ? [] : [`pool = ${pool.console ? 'console' : pool.name}`]),
      // What comes out the same makes nothing stale.
      'restat = 1',
    ]
      .map((line) => `  ${line}\n`)
      .join('');
    const known = this.#ruleByText.get(text);
    if (known !== undefined) return known;
    const name = `${action.rule.replaceAll(/[^\w.-]/g, '_')}_${this.#ruleByText.size}`;
    this.#ruleByText.set(text, name);
    this.rules.push(`rule ${name}`, text.trimEnd());
    return name;
  }

  /**
   * What the archives among its inputs are made of. Thin archives name their members only, so that kaon
   * looks at these too; to ninja an archive that was made anew is new enough.
   */
  #archived(action: Action): ReadonlySet<string> {
    const { graph } = this.#request;
    const archives = action.inputs.filter((file) => this.#makers.has(file));
    const key = archives.join();
    const known = this.#members.get(key);
    if (known !== undefined) return known;
    const members = new Set<string>();
    for (const file of archives)
      for (const member of this.#makers.get(file)?.inputs ?? [])
        members.add(graph.files.get(member));
    this.#members.set(key, members);
    return members;
  }

  #orderOnly({ orderOnly }: Action): readonly string[] {
    const { graph } = this.#request;
    if (orderOnly.length === 0) return [];
    const names = orderOnly.flatMap((id) => {
      const list = graph.fileLists.get(id);
      const name = `kaon-list-${id}`;
      if (this.#lists.has(id)) return [name];
      const files = list.map((file) => escapePath(graph.files.get(file)));
      if (files.length < 2) return files;
      this.lines.push(`build ${name}: phony ${files.join(' ')}`);
      this.#lists.add(id);
      return [name];
    });
    return names.length === 0 ? [] : ['||', ...names];
  }
}

function withBar(bar: string, paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [bar, ...paths];
}

function escapeWord(word: string): string {
  return word === '|' ? word : escapePath(word);
}
