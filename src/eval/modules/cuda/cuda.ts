import { versionMatches } from '../../../base/version.ts';
import {
  type ArgumentType,
  anything,
  listOf,
  mismatch,
  oneOf,
  orNothing,
  str,
} from '../../argument-type.ts';
import type { Call } from '../../call.ts';
import { type Builtin, builtin, keyword, type Module, positional, rest } from '../../declare.ts';
import { type CompilerObject, compilerType } from '../../objects/compiler.ts';
import { force, isA } from '../../value.ts';
import { type CudaSupport, cudaArchitectures, cudaSupport } from './architectures.ts';
import { cudaDrivers } from './drivers.ts';

const minDriverVersion = builtin({
  name: 'min_driver_version',
  doc: 'The oldest driver that programs of a toolkit run with.',
  rest: rest('toolkit', anything, 'Version of the toolkit.'),
  returns: 'str',
  run: (call, { rest: [version, ...more] }) => {
    if (typeof version !== 'string' || more.length > 0)
      return call.fail(
        "min_driver_version must have exactly one positional argument: a CUDA Toolkit version string. Beware that, since CUDA 11.0, the CUDA Toolkit's components (including NVCC) are versioned independently from each other (and the CUDA Toolkit as a whole).",
      );
    const system = call.evaluation.machines.host.system === 'windows' ? 'windows' : 'linux';
    const fits = cudaDrivers.find(({ toolkit }) => versionMatches(version, `>=${toolkit}`));
    return fits?.[system] ?? 'unknown';
  },
});

/** A compiler of CUDA. */
const cudaCompiler: ArgumentType<CompilerObject> = {
  names: ['CudaCompiler'],
  read: (value) => {
    const known = force(value);
    return isA(known, compilerType) && known.toolchain.language === 'cuda' ? known : mismatch;
  },
};

const nvccArchFlags = question(
  'nvcc_arch_flags',
  'Arguments of nvcc that choose architectures.',
  ({ flags }) => flags,
);

const nvccArchReadable = question(
  'nvcc_arch_readable',
  'The architectures that such arguments choose, for people.',
  ({ readable }) => readable,
);

function question(name: string, doc: string, pick: (chosen: Chosen) => readonly string[]): Builtin {
  return builtin({
    name,
    label: `cuda.${name}`,
    doc,
    positional: [
      positional(
        'toolkit',
        oneOf<string | CompilerObject>(str, cudaCompiler),
        'Version of the toolkit, or its compiler.',
      ),
    ],
    rest: rest('architectures', str, 'Architectures: numbers, names, `All`, `Common` or `Auto`.'),
    keywords: {
      detected: keyword(
        orNothing(listOf(str)),
        undefined,
        'Architectures of this machine: what `Auto` chooses.',
      ),
    },
    returns: 'array[str]',
    run: (call, { positional: [toolkit], rest: given, keywords: { detected } }) => {
      const version = typeof toolkit === 'string' ? toolkit : toolkit.toolchain.version;
      const wanted = given.flatMap(parts);
      if (wanted.length > 1 && wanted.some(isSpecial)) failSpecial(call);
      const found = detectedArchitectures(toolkit, detected);
      if (found.some(isSpecial)) failSpecial(call);
      return pick(choose(call, cudaSupport(version), { wanted, detected: found }));
    },
  });
}

function detectedArchitectures(
  toolkit: string | CompilerObject,
  given: readonly string[] | undefined,
): readonly string[] {
  if (given !== undefined) return given.flatMap(parts);
  if (typeof toolkit === 'string') return [];
  return parts(toolkit.toolchain.facts['detected_cc'] ?? '');
}

const special = ['All', 'Common', 'Auto'];

function isSpecial(name: string): boolean {
  return special.includes(name);
}

function failSpecial(call: Call): never {
  return call.fail(
    "The special architectures 'All', 'Common' and 'Auto' must appear alone, as a positional argument!",
  );
}

function parts(text: string): readonly string[] {
  return text.split(/[ \t\r\n,;]+/).filter((part) => part !== '');
}

interface Chosen {
  readonly flags: readonly string[];
  readonly readable: readonly string[];
}

function choose(
  call: Call,
  support: CudaSupport,
  given: { readonly wanted: readonly string[]; readonly detected: readonly string[] },
): Chosen {
  const bin = new Set<string>();
  const ptx = new Set<string>();
  for (const name of [...new Set(listOfNames(support, given))].sort()) {
    const withPtx = name.endsWith('+PTX');
    const plain = withPtx ? name.slice(0, -'+PTX'.length) : name;
    const found =
      cudaArchitectures(plain, support) ?? call.fail(`Unknown CUDA Architecture Name ${plain}!`);
    for (const one of found.bin) bin.add(one);
    if (withPtx) for (const one of found.ptx.length > 0 ? found.ptx : found.bin) ptx.add(one);
  }
  const machine = [...bin].sort().flatMap((one) => {
    const [own = '', code = own] = one.replace(')', '').split('(');
    return fits(support, own) ? [[`compute_${digits(code)}`, `sm_${digits(own)}`] as const] : [];
  });
  const later = [...ptx].sort().flatMap((one) => {
    const [own = '', code = own] = one.replace(')', '').split('(');
    const name = `compute_${digits(code)}`;
    return fits(support, code) ? [[name, name] as const] : [];
  });
  const all = [...machine, ...later];
  return {
    flags: all.flatMap(([arch, code]) => ['-gencode', `arch=${arch},code=${code}`]),
    readable: all.map(([, code]) => code),
  };
}

function listOfNames(
  support: CudaSupport,
  {
    wanted,
    detected,
  }: { readonly wanted: readonly string[]; readonly detected: readonly string[] },
): readonly string[] {
  const [first = 'Auto'] = wanted;
  if (first === 'All') return support.known;
  if (first === 'Common') return support.common;
  if (first !== 'Auto') return wanted;
  return detected.length === 0 ? support.common : saturated(support, detected);
}

/** Devices newer than the toolkit get the newest that it knows. */
function saturated(
  { low, high, common }: CudaSupport,
  names: readonly string[],
): readonly string[] {
  return names
    .filter((name) => !versionMatches(name, `<${low}`))
    .map((name) =>
      high !== undefined && versionMatches(name, `>=${high}`) ? (common.at(-1) ?? name) : name,
    );
}

function fits({ low, high }: CudaSupport, architecture: string): boolean {
  return (
    !versionMatches(architecture, `<${low}`) &&
    (high === undefined || versionMatches(architecture, `<${high}`))
  );
}

function digits(architecture: string): string {
  return architecture.replaceAll('.', '');
}

/** Meson's module `cuda`. */
export const cudaModule: Module = {
  name: 'cuda',
  title: 'CUDA',
  doc: 'What toolkits of CUDA compile for.',
  since: '0.50.0',
  unstable: true,
  functions: [minDriverVersion, nvccArchFlags, nvccArchReadable],
};
