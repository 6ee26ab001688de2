import type { TraceTarget } from '../trace/trace-facts.ts';

/** What a project is built for. */
interface Wanted {
  readonly isDebug: boolean;
}

/** A property of an imported target that its configurations may each have: `IMPORTED_LOCATION_RELEASE`. */
export function configuredProperty(
  target: TraceTarget,
  name: string,
  wanted: Wanted,
): readonly string[] | undefined {
  const values = (property: string): readonly string[] | undefined =>
    target.properties.get(property)?.filter((value) => value !== '');
  const configuration = chosenConfiguration(values('IMPORTED_CONFIGURATIONS') ?? [], wanted);
  return values(`${name}_${configuration}`) ?? values(name);
}

/** Of the configurations a package was built in, the one that is like ours; else the first. */
function chosenConfiguration(known: readonly string[], { isDebug }: Wanted): string {
  const wanted = isDebug ? ['DEBUG', 'RELEASE'] : ['RELEASE'];
  return wanted.find((one) => known.includes(one)) ?? known[0] ?? '';
}
