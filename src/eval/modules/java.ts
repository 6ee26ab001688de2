import type { Toolchain } from '../../model/toolchain.ts';
import { detectToolchain } from '../../toolchains/detect/detect.ts';
import { listOf, named, orNothing, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { builtin, keyword, type Module, requiredKeyword, rest } from '../declare.ts';
import { toolchainsOf } from '../languages/add-languages.ts';
import type { TargetObject } from '../objects/target.ts';
import { type TargetSource, targetSource } from '../targets/argument-types.ts';
import { splitSources } from '../targets/build/structured.ts';
import { moduleTarget } from './module-target.ts';

const sources = rest(
  'sources',
  named(targetSource, 'str', 'File', 'Target', 'CustomTargetIndex', 'GeneratedList'),
  'The Java sources.',
);
const keywords = {
  classes: requiredKeyword(listOf(str), 'Classes with native methods.'),
  package: keyword(orNothing(str), undefined, 'The package of all of them.'),
};

const nativeHeaders = builtin({
  name: 'native_headers',
  label: 'java.native_headers',
  doc: 'C headers of the native methods of classes.',
  since: '1.0.0',
  rest: sources,
  keywords,
  returns: 'custom_tgt',
  run: (call, { rest: given, keywords: { classes, package: name } }) =>
    headersTarget(call, given, { classes, package: name }),
});

const generateNativeHeaders = builtin({
  name: 'generate_native_headers',
  label: 'java.generate_native_headers',
  doc: 'C headers of the native methods of classes: an older name of `native_headers`.',
  since: '0.62.0',
  deprecated: { since: '1.0.0' },
  rest: sources,
  keywords,
  returns: 'custom_tgt',
  run: (call, { rest: given, keywords: { classes, package: name } }) =>
    headersTarget(call, given, { classes, package: name }),
});

function headersTarget(
  call: Call,
  given: readonly TargetSource[],
  wanted: { readonly classes: readonly string[]; readonly package: string | undefined },
): TargetObject {
  const { classes, package: name } = wanted;
  const start = name ? `${name.replace(/[-.]/g, '_')}_` : '';
  const target = `${name || (classes[0] ?? '')}-native-headers`;
  const text = (word: string) => ({ kind: 'text', text: word }) as const;
  return moduleTarget(call, {
    name: target,
    inputs: splitSources(call, given).sources,
    outputs: classes.map((one) => `${start}${one.replaceAll('.', '_')}.h`),
    command: [
      { kind: 'program', command: javac(call).command },
      ...['-d', '@PRIVATE_DIR@', '-h', call.scope.buildSubdir || '.', '@INPUT@'].map(text),
    ],
  });
}

/** The compiler of the machine that builds, whether or not the project has Java among its languages. */
function javac(call: Call): Toolchain {
  const { evaluation } = call;
  const known = toolchainsOf(call, 'build').get('java');
  if (known !== undefined) return known;
  const found = detectToolchain(evaluation.host, {
    language: 'java',
    machine: 'build',
    machineInfo: evaluation.machines.build,
    cross: false,
    binary: (name) => evaluation.configs.build.binaries.get(name),
    compileArgs: [],
    linkArgs: [],
  });
  return found.ok ? found.value : call.fail(found.error.message);
}

/** Meson's module `java`. */
export const javaModule: Module = {
  name: 'java',
  doc: 'What Java and native code need of each other.',
  since: '0.60.0',
  functions: [generateNativeHeaders, nativeHeaders],
};
