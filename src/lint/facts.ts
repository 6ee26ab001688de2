import { Inference } from './infer.ts';
import { type DeclaredOption, declaredOptions, ownOptions, typesOfOption } from './options.ts';
import { type BuildFile, type ProjectFiles, projectCall } from './project-files.ts';
import { type CallUse, type Read, type Scan, scanProject, type Write } from './scan.ts';
import { type LookUp, mayBe, type TextPattern, textsOf } from './static-text.ts';

/** All that is known of a project without running it: what rules look at, and editors ask. */
export interface Facts {
  readonly project: ProjectFiles;
  readonly scan: Scan;
  readonly optionFile: BuildFile | undefined;
  readonly options: readonly DeclaredOption[];
  readonly writes: ReadonlyMap<string, readonly Write[]>;
  readonly reads: ReadonlyMap<string, readonly Read[]>;
  readonly calls: readonly CallUse[];
  readonly inference: Inference;
  /** The oldest version of Meson that the project is for; undefined where it does not say. */
  readonly oldestMeson: string | undefined;
  /** What variables hold, for texts. */
  readonly lookUp: LookUp;
  /** Whether a variable may be asked for by a text that is made while the project is set up. */
  readonly mayBeAskedFor: (name: string) => boolean;
}

/** Looks through a project, and a folder that it may not enter by itself. */
export function gatherFacts(project: ProjectFiles, also?: string): Facts {
  const scan = scanProject(project, also);
  const optionFile = project.optionFile();
  const options = declaredOptions(optionFile);
  const writes = new Map<string, Write[]>();
  const reads = new Map<string, Read[]>();
  const calls: CallUse[] = [];
  for (const event of scan.events) {
    if (event.kind === 'write') listed(writes, event.name).push(event);
    else if (event.kind === 'read') listed(reads, event.name).push(event);
    else if (event.kind === 'call') calls.push(event);
  }
  const inference = new Inference(writes, (name) => {
    // A list that is given as a text.
    if (name === 'b_sanitize') return undefined;
    const declared = options.find((option) => option.name === name);
    return typesOfOption(declared?.type ?? ownOptions.get(name)?.type ?? '');
  });
  const call = scan.files[0] && projectCall(scan.files[0].tree);
  const version = call?.args.keywords.find(({ name }) => name === 'meson_version')?.value;
  return {
    project,
    scan,
    optionFile,
    options,
    writes,
    reads,
    calls,
    inference,
    oldestMeson:
      version?.kind === 'string' ? /^\s*>=?\s*([\d.]+)/.exec(version.value)?.[1] : undefined,
    lookUp: (name) =>
      writes.get(name)?.map(({ how, at, value, span }) => {
        const isKnown = how !== 'foreach' || at === 0;
        return isKnown ? value : { kind: 'missing', span, next: span.start };
      }),
    mayBeAskedFor: (name) => scan.loose.some((pattern) => mayBe(pattern, name)),
  };
}

/** The texts that an expression may stand for. */
export function texts(
  { lookUp }: Facts,
  node: Parameters<typeof textsOf>[0],
): readonly TextPattern[] {
  return textsOf(node, lookUp);
}

function listed<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
