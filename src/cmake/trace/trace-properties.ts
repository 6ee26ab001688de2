import type { Trace } from './trace-facts.ts';
import type { TraceLine } from './trace-lines.ts';

type Handler = (trace: Trace, line: TraceLine) => void;

/** Commands that give targets their properties. */
export const traceProperties: Readonly<Record<string, Handler>> = {
  set_property: setProperty,
  set_target_properties: setTargetProperties,
  target_compile_definitions: common('COMPILE_DEFINITIONS'),
  target_compile_options: common('COMPILE_OPTIONS'),
  target_include_directories: common('INCLUDE_DIRECTORIES'),
  target_link_options: common('LINK_OPTIONS'),
  target_link_libraries: common('LINK_LIBRARIES'),
};

function setProperty({ targets }: Trace, { args }: TraceLine): void {
  const [scope, ...rest] = args;
  if (scope !== 'TARGET') return;
  const at = rest.indexOf('PROPERTY');
  const [property, ...values] = at === -1 ? [] : rest.slice(at + 1);
  if (property === undefined || values.length === 0) return;
  const named = rest.slice(0, at).flatMap((one) => one.split(';'));
  const appends = named.some((one) => one === 'APPEND' || one === 'APPEND_STRING');
  const value = values.flatMap((one) => one.split(';'));
  for (const name of named) {
    const properties = targets.get(name)?.properties;
    properties?.set(property, [...(appends ? (properties.get(property) ?? []) : []), ...value]);
  }
}

function setTargetProperties({ targets }: Trace, { args }: TraceLine): void {
  const at = args.indexOf('PROPERTIES');
  if (at === -1) return;
  const pairs = args.slice(at + 1);
  for (const name of args.slice(0, at).flatMap((one) => one.split(';')))
    for (let index = 0; index + 1 < pairs.length; index += 2)
      targets.get(name)?.properties.set(pairs[index] ?? '', (pairs[index + 1] ?? '').split(';'));
}

const modes: Readonly<Record<string, { readonly own: boolean; readonly users: boolean }>> = {
  INTERFACE: { own: false, users: true },
  LINK_INTERFACE_LIBRARIES: { own: false, users: true },
  PUBLIC: { own: true, users: true },
  LINK_PUBLIC: { own: true, users: true },
  PRIVATE: { own: true, users: false },
  LINK_PRIVATE: { own: true, users: false },
};

/** `target_…(target PUBLIC a PRIVATE b INTERFACE c)`: what it needs itself, and what its users do. */
function common(property: string): Handler {
  return ({ targets }, { args, sourceDir }) => {
    const [name = '', ...rest] = args;
    const properties = targets.get(name)?.properties;
    if (properties === undefined) return;
    const own: string[] = [];
    const users: string[] = [];
    let mode = { own: true, users: true };
    for (const arg of rest) {
      if (arg === 'BEFORE' || arg === 'AFTER' || (arg === 'SYSTEM' && isIncludes(property)))
        continue;
      const chosen = modes[arg];
      if (chosen !== undefined) {
        mode = chosen;
        continue;
      }
      const values = arg.split(';').filter((one) => one !== '');
      const items = isIncludes(property) ? values.map((one) => absolute(one, sourceDir)) : values;
      if (mode.own) own.push(...items);
      if (mode.users) users.push(...items);
    }
    for (const [key, items] of [
      [property, own],
      [`INTERFACE_${property}`, users],
    ] as const)
      properties.set(key, [...(properties.get(key) ?? []), ...items]);
  };
}

function isIncludes(property: string): boolean {
  return property === 'INCLUDE_DIRECTORIES';
}

/** CMake takes such folders from where the command stands, unless an expression begins them. */
function absolute(path: string, folder: string): string {
  return path.startsWith('/') || path.startsWith('$<') ? path : `${folder}/${path}`;
}
