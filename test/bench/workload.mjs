import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const here = import.meta.dirname;
const sourcesPerLibrary = 100;

/** Compiles the stand-in tools into a folder. */
export function makeTools(/** @type {string} */ folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of [
    ['bench-cc', 'tool.c'],
    ['bench-ar', 'tool.c'],
    ['measure', 'measure.c'],
  ]) {
    const output = join(folder, name ?? '');
    if (!existsSync(output)) {
      execFileSync('cc', ['-O2', '-static', '-o', output, join(here, source ?? '')]);
    }
  }
}

/**
 * @typedef Shape
 * @property {number} actions  compile commands, each with a source of its own
 * @property {number} headers  from which each source includes 20 to 60
 * @property {number} generated  headers that all compile commands wait for
 */

/** Lays down a C project of static libraries. @param {string} folder @param {Shape} shape */
export function makeProject(folder, shape) {
  const pick = random(shape.actions);
  /** @param {string} path @param {string} text */
  const put = (path, text) => writeFileSync(join(folder, path), text);
  for (let at = 0; at < shape.headers; at++) {
    const group = `include/group${Math.floor(at / sourcesPerLibrary)}`;
    if (at % sourcesPerLibrary === 0) mkdirSync(join(folder, group), { recursive: true });
    put(headerPath(at), `int header_${at};\n`);
  }
  const rules = ["project('bench', 'c')", 'generated = []'];
  if (shape.generated > 0) {
    rules.push(
      `foreach number : range(${shape.generated})`,
      "  name = f'generated-interface-definitions-@number@.h'",
      "  generated += custom_target(name, output: name, command: ['bench-cc', '--touch', '@OUTPUT@'])",
      'endforeach',
    );
  }
  const defines = Array.from(
    { length: 20 },
    (_, at) => `'-DCONFIG_OF_SOME_FEATURE_NUMBER_${at}=1'`,
  );
  rules.push(`add_project_arguments(${defines.join(', ')}, language: 'c')`);
  for (let first = 0; first < shape.actions; first += sourcesPerLibrary) {
    const library = first / sourcesPerLibrary;
    mkdirSync(join(folder, `src/library${library}`), { recursive: true });
    const names = [];
    for (let at = first; at < Math.min(first + sourcesPerLibrary, shape.actions); at++) {
      const count = 20 + pick(41);
      const headers = Array.from({ length: count }, () => headerPath(pick(shape.headers)));
      const includes = [...new Set(headers)].map((path) => `#include "${path}"\n`);
      put(sourcePath(at), `//bench ${at}\n${includes.join('')}`);
      names.push(`'${sourcePath(at)}'`);
    }
    rules.push(`static_library('part${library}', ${names.join(', ')}, generated)`);
  }
  put('meson.build', `${rules.join('\n')}\n`);
}

/** A project of commands that only make an empty file each. @param {string} folder @param {number} actions */
export function makeTrivialProject(folder, actions) {
  mkdirSync(folder, { recursive: true });
  const rules = [
    "project('trivial')",
    `foreach number : range(${actions})`,
    "  custom_target(f't@number@', output: f't@number@', build_by_default: true, command: ['bench-cc', '--touch', '@OUTPUT@'])",
    'endforeach',
  ];
  writeFileSync(join(folder, 'meson.build'), `${rules.join('\n')}\n`);
}

export function sourcePath(/** @type {number} */ at) {
  return `src/library${Math.floor(at / sourcesPerLibrary)}/source${at}.c`;
}

function headerPath(/** @type {number} */ at) {
  return `include/group${Math.floor(at / sourcesPerLibrary)}/header${at}.h`;
}

/**
 * The same graph for ninja and n2, as Meson writes it: order-only inputs on each line, dependencies
 * by depfile. Commands are those of kaon's compile_commands.json.
 * @param {string} folder of the project @param {string} kaonBuild @param {string} output
 */
export function writeNinja(folder, kaonBuild, output) {
  const plan = JSON.parse(readFileSync(join(kaonBuild, 'meson-info/intro-targets.json'), 'utf8'));
  /** @type {{ command: string, file: string, output: string }[]} */
  const commands = JSON.parse(readFileSync(join(kaonBuild, 'compile_commands.json'), 'utf8'));
  const lines = [
    'rule cc',
    ' command = $COMMAND',
    ' deps = gcc',
    ' depfile = $out.d',
    'rule run',
    ' command = $COMMAND',
  ];
  /** @type {string[]} */
  const customs = [];
  /** @type {string[]} */
  const libraries = [];
  for (const { type, filename } of plan) {
    const [first = ''] = /** @type {string[]} */ (filename);
    (type === 'custom' ? customs : libraries).push(first.slice(resolve(kaonBuild).length + 1));
  }
  for (const name of customs)
    lines.push(`build ${name}: run`, ` COMMAND = bench-cc --touch ${name}`);
  /** @type {Map<string, string[]>} */
  const objects = new Map();
  const order = customs.length > 0 && libraries.length > 0 ? ` || ${customs.join(' ')}` : '';
  for (const { command, file, output: object } of commands) {
    lines.push(`build ${object}: cc ${file}${order}`, ` COMMAND = ${command}`);
    const library = object.split('.p/')[0] ?? '';
    objects.set(library, [...(objects.get(library) ?? []), object]);
  }
  for (const name of libraries) {
    const inputs = (objects.get(name) ?? []).join(' ');
    lines.push(`build ${name}: run ${inputs}`, ` COMMAND = bench-ar csrDT ${name} ${inputs}`);
  }
  mkdirSync(join(folder, output), { recursive: true });
  writeFileSync(join(folder, output, 'build.ninja'), `${lines.join('\n')}\n`);
}

/** Numbers that are the same each time: those below a limit. @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
