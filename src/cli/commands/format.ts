import { posix } from 'node:path';
import type { Command } from 'commander';
import { err, ok, type Result } from '../../base/result.ts';
import { plainError } from '../../diag/diagnostic.ts';
import { editorStyle, foldersAbove } from '../../lang/format/editor-config.ts';
import { format } from '../../lang/format/format.ts';
import { defaultStyle, type FormatStyle } from '../../lang/format/style.ts';
import { readStyleFile } from '../../lang/format/style-file.ts';
import { subdirsOf } from '../../lang/format/subdirs.ts';
import { exitCodes, type Session } from '../session.ts';
import { refuse, refuseDiagnostic } from '../terminal/refuse.ts';
import { shownDiagnostic } from '../terminal/terminal.ts';
import { unifiedDiff } from '../terminal/unified-diff.ts';
import { flag, type ParsedOptions, parseWords, text } from '../words/parse-words.ts';

/** `kaon format [OPTIONS] [FILE …]` */
export async function run(session: Session, words: readonly string[]): Promise<number> {
  const usage = { name: 'format', summary: 'Bring build files into good shape.', define };
  const parsed = parseWords(session.terminal, usage, words);
  if (parsed.kind === 'exit') return parsed.code;
  const { options, operands } = parsed;
  const fromInput = operands.length === 1 && operands[0] === '-';
  const wrong = contradiction(options, { count: operands.length, fromInput });
  if (wrong !== undefined) return refuse(session, wrong);
  const sources = operands.length === 0 ? ['meson.build'] : operands;
  const settings = readConfiguration(session, text(options, 'configuration'), sources);
  if (!settings.ok) return refuse(session, settings.error);
  return new Formatting(session, options, settings.value).all(sources, fromInput);
}

function define(command: Command): void {
  command
    .argument('[sources...]', 'Build files, or folders with one; `-` is standard input')
    .option('-q, --check-only', 'Exit with 1 where a file would change, and say nothing')
    .option('-d, --check-diff', 'Exit with 1 where a file would change, and show how')
    .option('-i, --inplace', 'Write the files')
    .option('-r, --recursive', 'Also the files of subdir(); with -i, -q or -d')
    .option('-s, --subprojects', 'Also those of subproject(); with -r')
    .option('-c, --configuration <meson.format>', 'The settings')
    .option('-e, --editor-config', 'Heed .editorconfig too')
    .option('-o, --output <file>', 'Where to write the only file')
    .option('--source-file-path <path>', 'What standard input is taken for');
}

/** What is wrong with options, in Meson's words. */
function contradiction(
  options: ParsedOptions,
  { count, fromInput }: { readonly count: number; readonly fromInput: boolean },
): string | undefined {
  const given = (name: string): boolean => flag(options, name);
  const path = text(options, 'sourceFilePath');
  const modes = ['checkOnly', 'checkDiff', 'inplace'].filter(given);
  if (modes.length > 1) return '--check-only, --check-diff and --inplace exclude one another';
  if (text(options, 'output') !== undefined && count !== 1) {
    return '--output argument implies having exactly one source file';
  }
  if (given('recursive') && modes.length === 0) {
    return '--recursive argument requires one of --inplace, --check-diff or --check-only';
  }
  if (given('subprojects') && !given('recursive')) {
    return '--subprojects argument requires --recursive option';
  }
  if (fromInput && given('recursive')) {
    return '--recursive argument is not compatible with stdin input';
  }
  if (fromInput && given('inplace')) return '--inplace argument is not compatible with stdin input';
  if (!fromInput && path !== undefined) {
    return '--source-file-path argument is only compatible with stdin input';
  }
  if (fromInput && given('editorConfig') && path === undefined) {
    return 'using --editor-config with stdin input requires --source-file-path argument';
  }
  return undefined;
}

interface Configuration {
  readonly style: Partial<FormatStyle>;
  readonly useEditorConfig: boolean;
}

/** The settings that were named, or those of the nearest `meson.format` above a source. */
function readConfiguration(
  { host }: Session,
  given: string | undefined,
  sources: readonly string[],
): Result<Configuration, string> {
  const { files, system } = host;
  const above = sources.flatMap((source) =>
    foldersAbove(posix.resolve(system.workingDirectory, source)),
  );
  const found = above
    .map((folder) => posix.join(folder, 'meson.format'))
    .find((path) => files.isFile(path));
  const path = given ?? found;
  if (path === undefined) return ok({ style: {}, useEditorConfig: false });
  const read = files.readText(posix.resolve(system.workingDirectory, path));
  return read.ok ? readStyleFile(read.value, path) : err(`Configuration file ${path} not found`);
}

class Formatting {
  readonly #session: Session;
  readonly #options: ParsedOptions;
  readonly #configuration: Configuration;

  constructor(session: Session, options: ParsedOptions, configuration: Configuration) {
    this.#session = session;
    this.#options = options;
    this.#configuration = configuration;
  }

  all(sources: readonly string[], fromInput: boolean): number {
    const { files } = this.#session.host;
    const queue = [...sources];
    let code: number = exitCodes.ok;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const path = this.#resolved(next);
      const source = files.isDirectory(path) ? posix.join(next, 'meson.build') : next;
      const shown = fromInput ? (text(this.#options, 'sourceFilePath') ?? 'STDIN') : source;
      const read = files.readText(fromInput ? '/dev/stdin' : this.#resolved(source));
      if (!read.ok) {
        const manifest = this.#resolved(posix.join(posix.dirname(source), 'Cargo.toml'));
        const isCargos = posix.basename(source) === 'meson.build' && files.isFile(manifest);
        const hint = isCargos
          ? '"kaon compile rustfmt" formats the crates of a Cargo.toml.'
          : undefined;
        return refuseDiagnostic(this.#session, plainError(`Unable to read from ${shown}`, hint));
      }
      const before = read.value.replaceAll('\r\n', '\n');
      const style = this.#styleFor(shown);
      const after = format({ path: shown, text: before }, style);
      if (!after.ok) {
        for (const each of after.error) {
          this.#session.terminal.print(shownDiagnostic(each, this.#session.terminal));
        }
        return exitCodes.wrong;
      }
      if (flag(this.#options, 'recursive')) {
        const which = { subprojects: flag(this.#options, 'subprojects') };
        const folder = posix.dirname(source);
        for (const each of subdirsOf(before, which)) queue.push(posix.join(folder, each));
      }
      const told = this.#tell({ source, shown, before, after: after.value, style });
      if (told !== exitCodes.ok) code = told;
      if (told === exitCodes.wrong) return told;
    }
    return code;
  }

  #resolved(path: string): string {
    return posix.resolve(this.#session.host.system.workingDirectory, path);
  }

  #styleFor(source: string): FormatStyle {
    const { style, useEditorConfig } = this.#configuration;
    const wanted = flag(this.#options, 'editorConfig') || useEditorConfig;
    return { ...defaultStyle, ...(wanted && this.#editorStyle(source)), ...style };
  }

  #editorStyle(source: string): Partial<FormatStyle> {
    return editorStyle(this.#resolved(source), (each) => {
      const read = this.#session.host.files.readText(each);
      return read.ok ? read.value : undefined;
    });
  }

  #tell(made: {
    readonly source: string;
    readonly shown: string;
    readonly before: string;
    readonly after: string;
    readonly style: FormatStyle;
  }): number {
    const { terminal } = this.#session;
    const { source, shown, before, after, style } = made;
    if (flag(this.#options, 'inplace')) return this.#write(source, after, style);
    if (flag(this.#options, 'checkOnly')) {
      return before === after ? exitCodes.ok : exitCodes.failed;
    }
    if (flag(this.#options, 'checkDiff')) {
      if (before === after) return exitCodes.ok;
      terminal.write(unifiedDiff(shown, before, after));
      return exitCodes.failed;
    }
    const output = text(this.#options, 'output');
    if (output !== undefined) return this.#write(output, after, style);
    terminal.write(after);
    return exitCodes.ok;
  }

  #write(path: string, content: string, { endOfLine }: FormatStyle): number {
    const ends = { cr: '\r', lf: '\n', crlf: '\r\n', native: '\n' } as const;
    const written = this.#session.host.files.write(
      this.#resolved(path),
      content.replaceAll('\n', ends[endOfLine]),
    );
    return written.ok ? exitCodes.ok : refuse(this.#session, `Unable to write to ${path}`);
  }
}
