import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, project } from '../../e2e/support/project.ts';

/** A program of so many C files, which all include a header that is made first. */
export function cProject(count: number): Project {
  const names = Array.from({ length: count }, (_, at) => `f${at}`);
  const files = names.map((name) => [`${name}.c`, source(name, 0)]);
  const calls = names.map((name) => `  sum += ${name}();\n`).join('');
  const declared = names.map((name) => `int ${name}(void);\n`).join('');
  return project({
    'meson.build': [
      "project('many', 'c')",
      "made = custom_target('made', input: 'made.in', output: 'made.h', command: ['cp', '@INPUT@', '@OUTPUT@'])",
      `executable('app', 'main.c', ${names.map((name) => `'${name}.c'`).join(', ')}, made)`,
      '',
    ].join('\n'),
    'made.in': '#define MADE 1\n',
    'main.c': `#include "made.h"\n${declared}int main(void) {\n  int sum = 0;\n${calls}  return sum == 0;\n}\n`,
    ...Object.fromEntries(files),
  });
}

/** One of its C files, in one of many versions. */
export function source(name: string, version: number): string {
  return `#include "made.h"\nint ${name}(void) { return MADE + ${version}; }\n`;
}

/** What is in a build directory beside what kaon keeps for itself: digests by path. */
export function outputsOf(build: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(build, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (/^(meson-|compile_commands|\.)/.test(path)) continue;
      if (entry.isDirectory()) visit(path);
      // Depfiles are read once, and say nothing that the log does not.
      else if (!path.endsWith('.d') && entry.isFile()) {
        found[path] = createHash('sha256')
          .update(readFileSync(join(build, path)))
          .digest('hex');
      }
    }
  };
  visit('');
  return found;
}
