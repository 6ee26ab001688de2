import type { BuildTarget } from '../../../model/target.ts';
import type { Language } from '../../../model/toolchain.ts';
import type { Call } from '../../call.ts';
import { joinPath } from '../../paths.ts';
import { textOption } from '../options.ts';
import type { BuildTargetRequest } from './build-target-request.ts';

/** A file that the Vala compiler writes beside the C sources. */
export interface ValaOutput {
  readonly keyword: 'vala_header' | 'vala_vapi' | 'vala_gir';
  readonly filename: string;
  readonly installDir: string | undefined;
}

/** Header, interface and GIR file of a library in Vala, and where each is installed. */
export function valaOutputs(
  call: Call,
  { type, name, keywords }: BuildTargetRequest,
  languages: readonly Language[],
): readonly ValaOutput[] {
  if (!languages.includes('vala')) return [];
  if (type === 'executable' && keywords.export_dynamic !== true) return [];
  const [, ...old] = keywords.install_dir;
  const given = [
    keywords.install_vala_header,
    keywords.install_vala_vapi,
    keywords.install_vala_gir,
  ];
  if (old.length > 0 && given.some((value) => value !== undefined)) {
    call.fail(
      'Passing install_vala_* and more than one argument to install_dir are mutually exclusive',
    );
  }
  const datadir = textOption(call, 'datadir');
  const files = [
    ['vala_header', keywords.vala_header ?? `${name}.h`, textOption(call, 'includedir')],
    ['vala_vapi', keywords.vala_vapi ?? `${name}.vapi`, joinPath(datadir, 'vala', 'vapi')],
    ['vala_gir', keywords.vala_gir, joinPath(datadir, 'gir-1.0')],
  ] as const;
  return files.flatMap(([keyword, filename, fallback], at) => {
    if (filename === undefined) return [];
    const action = (old.length > 0 ? old[at] : given[at]) ?? false;
    const installDir = action === true ? fallback : action === false ? undefined : action;
    return [{ keyword, filename, installDir }];
  });
}

/** The same target without them: its twin writes them. */
export function withoutValaOutputs(row: BuildTarget): BuildTarget {
  const names = new Set(valaKeywords.map((name) => row.languageKeywords.get(name)));
  const kept = row.extraOutputs.map((name) => !names.has(name));
  const keep = <T>(list: readonly T[]): readonly T[] =>
    list.filter((_, at) => at === 0 || kept[at - 1] === true);
  const { install } = row;
  return {
    ...row,
    extraOutputs: row.extraOutputs.filter((_, at) => kept[at] === true),
    languageKeywords: new Map(
      [...row.languageKeywords].filter(([name]) => !valaKeywords.some((known) => known === name)),
    ),
    install: install && {
      ...install,
      directories: keep(install.directories),
      tags: keep(install.tags),
    },
  };
}

const valaKeywords = ['vala_header', 'vala_vapi', 'vala_gir'] as const;
