import type { Call } from '../call.ts';
import type { Integer } from '../value.ts';

/** Variables that are ours to set. */
const ours = [
  ...['CMAKE_TOOLCHAIN_FILE', 'CMAKE_PROJECT_INCLUDE', 'MESON_PRELOAD_FILE'],
  ...['MESON_PS_CMAKE_CURRENT_BINARY_DIR', 'MESON_PS_CMAKE_CURRENT_SOURCE_DIR'],
  ...['MESON_PS_DELAYED_CALLS', 'MESON_PS_LOADED', 'MESON_FIND_ROOT_PATH'],
  ...['MESON_CMAKE_SYSROOT', 'MESON_PATHS_LIST', 'MESON_CMAKE_ROOT'],
];

/** Arguments for CMake without those that would set our variables. */
export function allowedDefines(call: Call, args: readonly string[]): readonly string[] {
  return args.filter((arg) => {
    const taken = ours.some((name) => arg.startsWith(`-D${name}`));
    if (taken) warnTaken(call, arg);
    return !taken;
  });
}

/** `-DNAME=value` for each variable of `add_cmake_defines`. */
export function defineArguments(
  call: Call,
  defines: ReadonlyMap<string, string | Integer | boolean>,
): readonly string[] {
  return [...defines].flatMap(([name, value]) => {
    if (ours.includes(name)) {
      warnTaken(call, name);
      return [];
    }
    const text = typeof value === 'boolean' ? (value ? 'ON' : 'OFF') : String(value);
    return [`-D${name}=${text}`];
  });
}

function warnTaken(call: Call, what: string): void {
  call.warn(`Setting ${what} is not supported. See the meson docs for cross compilation support:`);
  call.warn('  - URL: https://mesonbuild.com/CMake-module.html#cross-compilation');
  call.warn('  --> Ignoring this option');
}
