import { basename, dirname } from 'node:path/posix';
import { stem } from '../../model/name-templates.ts';

/** What `@INPUT@` and its kin stand for in one command. */
export interface TemplateFiles {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The words of a command with Meson's file templates replaced. A word that is `@INPUT@` alone becomes all inputs. */
export function replaceFileTemplates(
  words: readonly string[],
  files: TemplateFiles,
): readonly string[] {
  return words.flatMap((word) => {
    if (word === '@INPUT@') return files.inputs;
    if (word === '@OUTPUT@') return files.outputs;
    return [word.includes('@') ? replaceInWord(word, files) : word];
  });
}

const template = /@(INPUT|OUTPUT|PLAINNAME|BASENAME|OUTDIR)(\d*)@/g;

function replaceInWord(word: string, { inputs, outputs }: TemplateFiles): string {
  return word.replace(template, (whole, name: string, digits: string) => {
    if (name === 'OUTDIR') return dirname(outputs[0] ?? '') || '.';
    const files = name === 'OUTPUT' ? outputs : inputs;
    // Without a number the template stands for the only file there is.
    if (digits === '' && files.length !== 1) return whole;
    const file = files[digits === '' ? 0 : Number(digits)];
    if (file === undefined) return whole;
    if (name === 'PLAINNAME') return basename(file);
    return name === 'BASENAME' ? stem(file) : file;
  });
}
