import { renderDiagnostic } from '../../src/diag/render.ts';
import { lint } from '../../src/lint/lint.ts';
import { ProjectFiles } from '../../src/lint/project-files.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { MemoryFiles } from '../support/memory-files.ts';

/** A disk with a project at `/project`; a build file without `project()` gets one on its first line. */
export function projectOf(files: string | Readonly<Record<string, string>>): ProjectFiles {
  const disk = new MemoryFiles('/project', () => 0n);
  const all = typeof files === 'string' ? { 'meson.build': files } : files;
  for (const [path, text] of Object.entries(all)) {
    const isBare = path === 'meson.build' && !text.includes('project(');
    disk.makeDirectory(`/project/${path}`.replace(/\/[^/]*$/, ''));
    disk.write(`/project/${path}`, isBare ? `project('p', 'c') # line 1\n${text}` : text);
  }
  return new ProjectFiles(disk, { root: '/project' });
}

/** What is found in a project, each by its headline and rule. */
export function lintText(
  files: string | Readonly<Record<string, string>>,
  rules?: readonly Rule[],
): readonly string[] {
  return lint(projectOf(files), rules).map(({ rule, diagnostic }) => {
    const [headline] = renderDiagnostic(diagnostic).split('\n');
    return `${headline} [${rule}]`;
  });
}
