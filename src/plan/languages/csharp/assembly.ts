import { basename, join, normalize } from 'node:path/posix';
import { plainError } from '../../../diag/diagnostic.ts';
import type { BuildTarget } from '../../../model/target.ts';
import { basicArgs } from '../../compile/compile-args.ts';
import { familyFor, generatedSources } from '../../compile/compile-units.ts';
import { addAction, type PlanContext } from '../../context.ts';
import { recordCompilation } from '../../facts.ts';
import { linkedFile } from '../../link/link-closure.ts';
import { ruleSuffix } from '../../machine-suffix.ts';
import { filePath, inSource, privateDir, targetFile } from '../../paths.ts';
import type { ResolvedTarget } from '../../resolved-target.ts';

/** Adds the action that compiles all sources of C# to a program or library. */
export function planAssembly(context: PlanContext, resolved: ResolvedTarget): void {
  const { target } = resolved;
  const family = familyFor(context, target, 'cs');
  if (family === undefined) return;
  const output = targetFile(target);
  const resources = planResources(context, target);
  const libraries = resolved.linkWith.flatMap((item) => linkedFile(context, item) ?? []);
  const generated = generatedSources(context, resolved).map(({ path }) => path);
  const written = generated.filter((path) => path.toLowerCase().endsWith('.cs'));
  const sources = [
    ...resolved.sources.map((file) => normalize(filePath(context.paths, file))),
    ...written,
  ];
  const list = basicArgs(context, resolved, family)
    .add(target.compileArgs.get('cs') ?? [])
    .add([target.type === 'executable' ? '-target:exe' : '-target:library'])
    .add(resources.map((path) => `-resource:${path}`))
    .add(family.compile.output(output))
    .add(libraries.map((path) => `-r:${path}`));
  for (const { linkArgs } of resolved.external) list.addDirect(linkArgs);
  const args = list.toNative();
  for (const path of sources)
    recordCompilation(context, resolved.id, {
      family,
      args,
      unit: {
        source: { path, built: false },
        origin: written.includes(path) ? 'generated' : 'given',
      },
    });
  addAction(context, {
    rule: `cs_COMPILER${ruleSuffix(context, target)}`,
    description: `Compiling C Sharp target ${output}`,
    work: {
      kind: 'command',
      argv: [...family.compile.command, ...args, ...sources],
      environment: [],
      response: { path: `${output}.rsp`, from: family.compile.command.length, quoting: 'gcc' },
    },
    inputs: [...new Set([...sources, ...generated, ...resources, ...libraries])],
    outputs: [output],
  });
}

/** Resources as the compiler takes them in: texts and XML are converted first. */
function planResources(context: PlanContext, target: BuildTarget): readonly string[] {
  const named = target.languageKeywords.get('resources');
  const names = Array.isArray(named) ? named.map(String) : [];
  return names.flatMap((name) => {
    const path = inSource(context.paths, join(target.subdir, name));
    if (name.endsWith('.resources')) return [path];
    if (!/\.(txt|resx)$/.test(name)) {
      context.diagnostics.push(plainError(`Unknown resource file ${name}.`));
      return [];
    }
    const output = join(privateDir(target), `${basename(name).replace(/\.[^.]*$/, '')}.resources`);
    addAction(context, {
      rule: 'CUSTOM_COMMAND',
      description: `Compiling resource ${path}`,
      work: { kind: 'command', argv: ['resgen', path, output], environment: [] },
      inputs: [path],
      outputs: [output],
    });
    return [output];
  });
}
