import { type MethodTable, methodOf } from '../declare.ts';
import { type MachineObject, machineType } from '../objects/meson.ts';

const method = methodOf<MachineObject>();

export const machineMethods: MethodTable = {
  type: machineType,
  doc: 'A machine: `build_machine`, `host_machine`, `target_machine`.',
  describe: ({ machine }: MachineObject) =>
    `<MachineInfo: ${machine.system} ${machine.cpuFamily} (${machine.cpu})>`,
  methods: [
    method({
      name: 'system',
      doc: 'Its operating system.',
      returns: 'str',
      run: (_call, { machine }) => machine.system,
    }),
    method({
      name: 'subsystem',
      doc: 'Which kind of the operating system.',
      quietSince: '1.2.0',
      label: 'machine.subsystem',
      returns: 'str',
      run: (call, { machine }) =>
        machine.subsystem || call.fail('Subsystem not defined or could not be autodetected.'),
    }),
    method({
      name: 'kernel',
      doc: 'Its kernel.',
      quietSince: '1.2.0',
      label: 'machine.kernel',
      returns: 'str',
      run: (call, { machine }) =>
        machine.kernel ?? call.fail('Kernel not defined or could not be autodetected.'),
    }),
    method({
      name: 'cpu_family',
      doc: 'The family of its processor.',
      returns: 'str',
      run: (_call, { machine }) => machine.cpuFamily,
    }),
    method({
      name: 'cpu',
      doc: 'Its processor.',
      returns: 'str',
      run: (_call, { machine }) => machine.cpu,
    }),
    method({
      name: 'endian',
      doc: 'Its byte order.',
      returns: 'str',
      run: (_call, { machine }) => machine.endian,
    }),
  ],
};
