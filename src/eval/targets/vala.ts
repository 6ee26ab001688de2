import type { Language } from '../../model/toolchain.ts';
import type { Call } from '../call.ts';
import { joinPath } from '../paths.ts';
import type { BuildTargetRequest } from './build-target-request.ts';
import { textOption } from './options.ts';

/** A file that the Vala compiler writes beside the C sources. */
export interface ValaOutput {
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
    [keywords.vala_header ?? `${name}.h`, textOption(call, 'includedir')],
    [keywords.vala_vapi ?? `${name}.vapi`, joinPath(datadir, 'vala', 'vapi')],
    [keywords.vala_gir, joinPath(datadir, 'gir-1.0')],
  ] as const;
  return files.flatMap(([filename, fallback], at) => {
    if (filename === undefined) return [];
    const action = (old.length > 0 ? old[at] : given[at]) ?? false;
    const installDir = action === true ? fallback : action === false ? undefined : action;
    return [{ filename, installDir }];
  });
}
