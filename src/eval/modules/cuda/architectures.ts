import { versionMatches } from '../../../base/version.ts';

/** What a toolkit can compile for. Architectures as texts: `8.6`, `8.0+PTX`, `2.1(2.0)`. */
export interface CudaSupport {
  /** Names of generations (`Ampere`). */
  readonly known: readonly string[];
  readonly common: readonly string[];
  readonly low: string;
  /** The first one that it does not know. */
  readonly high: string | undefined;
  /** What `Ampere` stands for. */
  readonly ampere: Architectures;
}

interface Architectures {
  /** Compiled for the device itself. */
  readonly bin: readonly string[];
  /** Compiled by the driver later. */
  readonly ptx: readonly string[];
}

/** From which version on (`from`), and before which, a toolkit has more, or other limits. */
interface Step {
  readonly from?: string;
  readonly before?: string;
  readonly known?: readonly string[];
  readonly common?: readonly string[];
  readonly low?: string;
  readonly high?: string;
  readonly ampere?: Architectures;
}

const steps: readonly Step[] = [
  { before: '12.0', known: ['Fermi', 'Kepler'] },
  { before: '13.0', known: ['Maxwell'] },
  { before: '7.0', high: '5.2' },
  {
    from: '7.0',
    before: '13.0',
    known: ['Kepler+Tegra', 'Kepler+Tesla', 'Maxwell+Tegra'],
    common: ['5.2'],
  },
  { from: '7.0', before: '8.0', common: ['5.2+PTX'], high: '6.0' },
  { from: '8.0', before: '13.0', known: ['Pascal', 'Pascal+Tegra'], common: ['6.0', '6.1'] },
  { from: '8.0', before: '9.0', common: ['6.1+PTX'], high: '7.0' },
  { from: '9.0', before: '13.0', known: ['Volta', 'Xavier'], common: ['7.0'], low: '3.0' },
  { from: '9.0', before: '10.0', common: ['7.2+PTX'], high: '8.0' },
  { from: '10.0', known: ['Turing'], common: ['7.5'] },
  { from: '10.0', before: '11.0', common: ['7.5+PTX'], high: '8.0' },
  { from: '11.0', known: ['Ampere'], common: ['8.0'], low: '3.5' },
  { from: '11.0', before: '11.1', common: ['8.0+PTX'], high: '8.6' },
  { from: '11.1', common: ['8.6'], ampere: { bin: ['8.0', '8.6'], ptx: ['8.6'] } },
  { from: '11.1', before: '11.8', common: ['8.6+PTX'], high: '8.7' },
  { from: '11.8', known: ['Orin', 'Lovelace', 'Hopper'], common: ['8.9', '9.0', '9.0+PTX'] },
  { from: '11.8', before: '12', high: '9.1' },
  { from: '12.0', low: '5.0' },
  { from: '12.0', before: '13', high: '10.0' },
  { from: '12.8', known: ['Blackwell'], common: ['10.0', '12.0'] },
  { from: '12.8', before: '13', common: ['10.1'], high: '12.1' },
  { from: '12.9', common: ['10.3', '12.1'] },
  { from: '13.0', common: ['11.0'], low: '7.5' },
  { from: '13.0', before: '14', high: '12.1' },
];

const oldest: CudaSupport = {
  known: [],
  common: ['3.0', '3.5', '5.0'],
  low: '2.0',
  high: undefined,
  ampere: { bin: ['8.0'], ptx: ['8.0'] },
};

/** What the toolkit of a version can compile for. */
export function cudaSupport(version: string): CudaSupport {
  const holds = ({ from, before }: Step): boolean =>
    (from === undefined || versionMatches(version, `>=${from}`)) &&
    (before === undefined || versionMatches(version, `<${before}`));
  return steps.filter(holds).reduce<CudaSupport>(
    (so, step) => ({
      known: [...so.known, ...(step.known ?? [])],
      common: [...so.common, ...(step.common ?? [])],
      low: step.low ?? so.low,
      high: step.high ?? so.high,
      ampere: step.ampere ?? so.ampere,
    }),
    oldest,
  );
}

const generations: Readonly<Record<string, Architectures>> = {
  Fermi: { bin: ['2.0', '2.1(2.0)'], ptx: [] },
  'Kepler+Tegra': { bin: ['3.2'], ptx: [] },
  'Kepler+Tesla': { bin: ['3.7'], ptx: [] },
  Kepler: { bin: ['3.0', '3.5'], ptx: ['3.5'] },
  'Maxwell+Tegra': { bin: ['5.3'], ptx: [] },
  Maxwell: { bin: ['5.0', '5.2'], ptx: ['5.2'] },
  Pascal: { bin: ['6.0', '6.1'], ptx: ['6.1'] },
  'Pascal+Tegra': { bin: ['6.2'], ptx: [] },
  Volta: { bin: ['7.0'], ptx: ['7.0'] },
  Xavier: { bin: ['7.2'], ptx: [] },
  Turing: { bin: ['7.5'], ptx: ['7.5'] },
  Orin: { bin: ['8.7'], ptx: [] },
  Lovelace: { bin: ['8.9'], ptx: ['8.9'] },
  Hopper: { bin: ['9.0'], ptx: ['9.0'] },
  Blackwell: { bin: ['10.0'], ptx: ['10.0'] },
};

/** The architectures of a name, or of a number as it stands; undefined for an unknown name. */
export function cudaArchitectures(name: string, support: CudaSupport): Architectures | undefined {
  if (/^[0-9]+\.[0-9](\([0-9]+\.[0-9]\))?$/.test(name)) return { bin: [name], ptx: [name] };
  return name === 'Ampere' ? support.ampere : generations[name];
}
