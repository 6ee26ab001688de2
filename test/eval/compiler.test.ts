import { expect, test } from 'vitest';
import { evaluateText } from '../support/evaluate-text.ts';
import { MemoryHost } from '../support/memory-host.ts';
import { installGcc } from '../support/stand-in-compilers.ts';

/** Evaluates with a compiler that knows the header `there.h`, the function `there` and most flags. */
function withCompiler(text: string, options: Readonly<Record<string, string>> = {}) {
  const host = new MemoryHost();
  installGcc(host, 'cc', {
    accepts: (argv, code) => !/missing/.test(code) && !argv.some((arg) => arg.includes('nosuch')),
  });
  const files = {
    'meson.build': `project('test', 'c', meson_version: '>=1.3')\ncc = meson.get_compiler('c')\n${text}`,
    'meson.options': Object.entries(options)
      .map(([name, value]) => `option('${name}', type: 'feature', value: '${value}')`)
      .join('\n'),
  };
  const evaluated = evaluateText(files, { host });
  const from = evaluated.lines.findIndex((line) => line.startsWith('Host machine cpu:'));
  return { ...evaluated, told: evaluated.lines.slice(from + 1, -1) };
}

test('checks are told in the order of the build file, whenever they are answered', () => {
  const { lines, messages, error } = withCompiler(
    `a = cc.has_header('there.h')
b = cc.has_function('missing')
message(cc.has_type('int'), b, a)`,
  );
  expect(error).toBeUndefined();
  expect(lines.filter((line) => /^(Has|Checking|Message)/.test(line))).toEqual([
    'Has header "there.h" : YES',
    'Checking for function "missing" : NO',
    'Checking for type "int" : YES',
    'Message: true false true',
  ]);
  expect(messages).toEqual(['true false true']);
});

test('the arguments that are known are kept, each told', () => {
  const { lines, messages } = withCompiler(
    "message(cc.get_supported_arguments('-Wall', '-Wnosuch'))\ncc.first_supported_argument('-Wnosuch', '-g')",
  );
  expect(messages).toEqual(["['-Wall']"]);
  expect(lines.filter((line) => /^(Compiler|First)/.test(line))).toEqual([
    'Compiler for C supports arguments -Wall: YES',
    'Compiler for C supports arguments -Wnosuch: NO',
    'Compiler for C supports arguments -Wnosuch: NO (cached)',
    'Compiler for C supports arguments -g: YES',
    'First supported argument: -g',
  ]);
});

test('a check that is required ends evaluation where it fails', () => {
  const { error } = withCompiler("cc.has_header('missing.h', required: true)");
  expect(error).toMatch(/meson\.build:3:\d+: ERROR: C header 'missing\.h' not found/);
});

test('a check that has no answer ends evaluation in its place, though nobody looks at it', () => {
  const unused = "x = cc.alignment('missing_t')";
  const message = /meson\.build:3:\d+: ERROR: Could not compile alignment test\./;
  expect(withCompiler(unused).error).toMatch(message);
  expect(withCompiler(`${unused}\nerror('later')`).error).toMatch(message);
});

test('a check behind a disabled feature is not made', () => {
  const { lines, host } = withCompiler("cc.has_function('there', required: get_option('f'))", {
    f: 'disabled',
  });
  expect(lines).toContain('Has function "there" skipped: feature f disabled');
  expect(host.processes.started.some(({ input }) => input?.includes('there') === true)).toBe(false);
});

test('a check is not made whose answer decides nothing, unless it has a name to be told by', () => {
  const { messages, host } = withCompiler(
    `f = get_option('f').require(cc.links('int main(void) { return needless(); }'))
g = get_option('f').disable_if(cc.links('int main(void) { return told(); }', name: 'told'))
message(f.allowed(), g.allowed())`,
    { f: 'disabled' },
  );
  expect(messages).toEqual(['false false']);
  const inputs = host.processes.started.map(({ input = '' }) => input).join();
  expect(inputs).not.toContain('needless');
  expect(inputs).toContain('told()');
});

test('a check that was needless once is made where it is needed after all', () => {
  const { messages } = withCompiler(
    `works = cc.links('int main(void) { return there(); }')
f = get_option('f').require(works)
message(f.allowed(), works, get_option('g').require(cc.links('missing')).allowed())`,
    { f: 'disabled', g: 'auto' },
  );
  expect(messages).toEqual(['false true false']);
});

test('the standard of the project is an argument of its checks', () => {
  const { host } = withCompiler("cc.compiles('int x;', name: 'x')");
  const last = host.processes.started.findLast(({ input }) => input?.includes('int x;') === true);
  expect(last?.argv).toContain('-c');
  const std = evaluateWithStd();
  expect(std).toContain('-std=gnu11');
});

function evaluateWithStd(): readonly string[] {
  const host = new MemoryHost();
  installGcc(host, 'cc');
  evaluateText(
    "project('test', 'c', default_options: ['c_std=gnu11'])\nmeson.get_compiler('c').compiles('int y;')",
    { host },
  );
  return (
    host.processes.started.findLast(({ input }) => input?.includes('int y;') === true)?.argv ?? []
  );
}

test('a library that is not there is a dependency that was not found', () => {
  const { lines, messages } = withCompiler(
    "l = cc.find_library('nosuch', required: false)\nmessage(l.found(), l.name(), l.type_name())",
  );
  expect(lines).toContain('Library nosuch found: NO');
  expect(messages).toEqual(['false nosuch library']);
});

test('a required library names its language and kind', () => {
  const { error } = withCompiler("cc.find_library('nosuch', static: true)");
  expect(error).toMatch(/ERROR: C static library 'nosuch' not found/);
});

test('a check that is needed goes to the compiler with those that will be asked for', () => {
  const { host, messages } = withCompiler(`foreach name : ['there', 'missing']
  foreach folder : ['a/', 'b/']
    if cc.has_header(folder + name + '.h')
      message(folder + name)
    endif
  endforeach
endforeach
names = ['last.h']
if cc.has_header('there.h')
  message(cc.has_header(names[0]))
endif`);
  expect(messages).toEqual(['a/there', 'b/there', 'true']);
  const asked = host.processes.started.filter(({ input }) => input?.includes('__has_include'));
  // The stand-in takes no code with a missing header: what it does not explain is tried alone.
  const together = asked.filter(
    ({ input }) => (input?.match(/__has_include\("/g) ?? []).length > 1,
  );
  expect(together.length).toBe(1);
});

test('of what a loop goes through is foreseen what texts, lists and dictionaries tell, once that is known', () => {
  const { host, messages } = withCompiler(`args = []
foreach early : ['e1', 'missing']
  if cc.has_header(early + '.h')
    args += '-D' + early
  endif
endforeach
wanted = [['there'], ['a_b', {'skip': false, 'folder': 'sys'}], ['missing']]
foreach one : wanted
  name = one.get(0)
  folder = one.get(1, {}).get('folder', 'top')
  if cc.has_header('@0@/@1@.h'.format(folder, name), args: args)
    message(f'@folder@ @name@'.to_upper(), one[0])
  endif
endforeach`);
  expect(messages).toEqual(['TOP THERE there', 'SYS A_B a_b']);
  const asked = host.processes.started.flatMap(({ input }) =>
    input?.includes('__has_include("top/there.h")') === true ? [input] : [],
  );
  expect(asked[0]).toContain('__has_include("sys/a_b.h")');
  expect(asked[0]).toContain('__has_include("top/missing.h")');
});

test('what is foreseen and never asked for is not heard of', () => {
  const { lines, warnings, error } = withCompiler(`if cc.has_header('there.h') and false
  cc.has_header('missing.h', required: true)
  cc.has_argument('-Wl,--foo')
  cc.has_header(1)
endif
cc.has_header('other.h')`);
  expect(error).toBeUndefined();
  expect(warnings).toEqual([]);
  expect(lines.filter((line) => line.startsWith('Has header'))).toEqual([
    'Has header "there.h" : YES',
    'Has header "other.h" : YES',
  ]);
});

test('looking ahead minds no long chains', () => {
  const sum = Array.from({ length: 20_000 }, () => "'a'").join(' + ');
  const { error, messages } = withCompiler(`if cc.has_header('there.h')
  message('yes')
endif
long = ${sum}
cc.has_header('a.h', prefix: ${sum})`);
  expect(error).toBeUndefined();
  expect(messages).toEqual(['yes']);
});
