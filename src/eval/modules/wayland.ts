import type { CommandWord } from '../../model/target.ts';
import { bool, int, orNothing, str } from '../argument-type.ts';
import type { Call } from '../call.ts';
import { atLeastOne, builtin, keyword, type Module, positional } from '../declare.ts';
import { ownVariable } from '../functions/dependency/variable.ts';
import { chosenMachine } from '../machines/chosen-machine.ts';
import { fileObject } from '../objects/file.ts';
import type { TargetObject } from '../objects/target.ts';
import { overridesOf } from '../overrides.ts';
import { joinPath } from '../paths.ts';
import { perEvaluation } from '../per-evaluation.ts';
import { commandProgram, findProgram } from '../programs/find-program.ts';
import { requiredWord } from '../programs/required-program.ts';
import { oneOfChoices, strOrFile } from '../targets/argument-types.ts';
import { itemsOf } from '../targets/sources.ts';
import { fileNameOf, moduleTarget } from './module-target.ts';
import { packageRow } from './package-row.ts';

const scanXml = builtin({
  name: 'scan_xml',
  label: 'wayland.scan_xml',
  doc: 'Code and headers of protocols, made by wayland-scanner.',
  rest: atLeastOne('files', strOrFile, 'The descriptions of the protocols.'),
  keywords: {
    public: keyword(bool, false, 'Symbols of the code are seen outside its library.'),
    client: keyword(bool, true, 'A header for clients.'),
    server: keyword(bool, false, 'A header for servers.'),
    include_core_only: keyword(bool, true, 'Headers include the core protocol alone.', {
      since: '0.64.0',
    }),
  },
  returns: 'list[custom_tgt]',
  run: (call, { rest: files, keywords }) => {
    const scanner = scannerWord(call);
    const sides = (['client', 'server'] as const).filter((side) => keywords[side]);
    if (sides.length === 0)
      call.fail('At least one of client or server keyword argument must be set to true.');
    const text = (word: string): CommandWord => ({ kind: 'text', text: word });
    const places = [text('@INPUT@'), text('@OUTPUT@')];
    return itemsOf(call, files).flatMap((input): readonly TargetObject[] => {
      const name = fileNameOf(call, input)
        .replace(/^.*\//, '')
        .replace(/\.[^.]*$/, '');
      const code = moduleTarget(call, {
        name: `${name}-protocol`,
        inputs: [input],
        outputs: [`${name}-protocol.c`],
        command: [scanner, text(keywords.public ? 'public-code' : 'private-code'), ...places],
      });
      const headers = sides.map((side) =>
        moduleTarget(call, {
          name: `${name}-${side}-protocol`,
          inputs: [input],
          outputs: [`${name}-${side}-protocol.h`],
          command: [
            ...[scanner, text(`${side}-header`), ...places],
            ...(keywords.include_core_only ? [text('--include-core-only')] : []),
          ],
        }),
      );
      return [code, ...headers];
    });
  },
});

const findProtocol = builtin({
  name: 'find_protocol',
  label: 'wayland.find_protocol',
  doc: 'The description of a protocol that the package wayland-protocols brings.',
  positional: [positional('name', str, 'Its name.')],
  keywords: {
    state: keyword<string>(str, 'stable', 'How settled it is: stable, staging or unstable.', {
      check: oneOfChoices('stable', 'staging', 'unstable'),
    }),
    version: keyword(orNothing(int), undefined, 'Its version.'),
  },
  returns: 'file',
  run: (call, { positional: [name], keywords: { state, version } }) => {
    if (state !== 'stable' && version === undefined)
      call.fail(`${state} protocols require a version number.`);
    if (state === 'stable' && version !== undefined)
      call.uses('Version number in stable wayland protocol', '1.5.0');
    const middle = state === 'unstable' ? '-unstable' : '';
    const file = `${name}${middle}${version === undefined ? '' : `-v${version}`}.xml`;
    const path = joinPath(protocolsFolder(call), state, name, file);
    if (!call.evaluation.host.files.exists(path)) call.fail(`The file ${path} does not exist.`);
    return fileObject({ tree: 'source', path });
  },
});

/** What a project found once serves all its calls. */
const remembered = perEvaluation(
  () => new Map<string, { scanner?: CommandWord; protocols?: string }>(),
);

function memoryOf({ evaluation, scope }: Call) {
  const all = remembered(evaluation);
  const known = all.get(scope.subproject) ?? {};
  all.set(scope.subproject, known);
  return known;
}

function protocolsFolder(call: Call): string {
  const memory = memoryOf(call);
  if (memory.protocols !== undefined) return memory.protocols;
  const row = packageRow(call, { name: 'wayland-protocols', machine: 'host', required: true });
  const folder = ownVariable(call, row, 'pkgdatadir');
  memory.protocols =
    folder ??
    call.fail("Could not get pkg-config variable and no default provided for 'pkgdatadir'");
  return memory.protocols;
}

/** The scanner must be of the version of the libraries that its code is for. */
function scannerWord(call: Call): CommandWord {
  const memory = memoryOf(call);
  if (memory.scanner !== undefined) return memory.scanner;
  const { version } = packageRow(call, { name: 'wayland-client', machine: 'host', required: true });
  memory.scanner = requiredWord(call, findScanner(call, version));
  return memory.scanner;
}

function findScanner(call: Call, version: string) {
  const name = 'wayland-scanner';
  const { evaluation } = call;
  const overridden = overridesOf(evaluation, 'build').programs.get(name);
  if (overridden !== undefined) return overridden;
  const configured = evaluation.configs.host.binaries.get(name);
  if (configured !== undefined) return commandProgram(call, name, configured);
  const row = packageRow(call, {
    name,
    machine: chosenMachine(call, true),
    required: false,
    version: [version],
  });
  const path = row.type === 'pkgconfig' ? ownVariable(call, row, 'wayland_scanner') : undefined;
  if (path !== undefined && path !== '') return commandProgram(call, name, [path]);
  return findProgram(call, { names: [name], machine: 'build', required: true, version: [version] });
}

/** Meson's module `wayland`. */
export const waylandModule: Module = {
  name: 'wayland',
  doc: 'Protocols of Wayland as code.',
  since: '0.62.0',
  unstable: true,
  stabilized: '1.8.0',
  functions: [scanXml, findProtocol],
};
