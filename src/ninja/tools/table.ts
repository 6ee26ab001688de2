import { commands, compdb, compdbTargets, inputs, multiInputs } from './commands.ts';
import { graph, rules } from './graph.ts';
import { query } from './query.ts';
import { targets } from './targets.ts';
import type { Tool } from './tool.ts';

/** The tools of `ninja -t` that only look at the manifest. */
export const tools: readonly Tool[] = [
  commands,
  compdb,
  compdbTargets,
  graph,
  inputs,
  multiInputs,
  query,
  rules,
  targets,
];
