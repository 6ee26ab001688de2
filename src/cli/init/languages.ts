import { capitalized } from '../../base/capitalized.ts';

/** What a new project needs to know of its names, spelled as code does. */
export interface Names {
  /** Of the project and its files: `my-app`. */
  readonly project: string;
  /** As identifiers are: `my_app`. */
  readonly identifier: string;
  /** As classes are: `MyApp`. */
  readonly type: string;
  /** As macros are: `MY_APP`. */
  readonly macro: string;
}

/** A project's name as each language spells names. */
export function namesOf(project: string): Names {
  const words = project.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words.map((word) => word.toLowerCase()).join('_') || 'app';
  const identifier = /^\d/.test(joined) ? `_${joined}` : joined;
  const type = words.map(capitalized).join('') || 'App';
  return { project, identifier, type, macro: identifier.toUpperCase() };
}

/** A file by its name. */
export type Sample = readonly (readonly [name: string, text: string])[];

/** A language in which a project can be started. */
export interface StartLanguage {
  /** As `project()` names it. */
  readonly name: string;
  readonly suffixes: readonly string[];
  /** Default options of the project, beside `warning_level`. */
  readonly options: readonly string[];
  /** The highest level of warnings that are about what people wrote, not about comments or generated code; 3 when absent. */
  readonly warningLevel?: number;
  /** Dependencies that every program has. */
  readonly needs?: readonly string[];
  /** The only or first file is the source of the program. */
  readonly program: (names: Names) => Sample;
  /** The first file is the library's source, the second its test, others are headers. */
  readonly library: (names: Names) => Sample;
  /** How a library keeps what it does not export to itself, where compilers can be told. */
  readonly hides?: boolean;
  /** Programs and libraries are archives of classes. */
  readonly jar?: boolean;
}

/** The languages, those of which more is written first. */
export const startLanguages: readonly StartLanguage[] = [
  {
    name: 'c',
    suffixes: ['c'],
    options: ['c_std=c17'],
    hides: true,
    program: ({ project }) => [
      [
        `${project}.c`,
        `#include <stdio.h>\n\nint main(void)\n{\n    puts("This is ${project}.");\n    return 0;\n}\n`,
      ],
    ],
    library: ({ project, identifier, macro }) => [
      [
        `${project}.c`,
        `#include "${project}.h"\n\nint ${identifier}_answer(void)\n{\n    return 42;\n}\n`,
      ],
      [
        `${project}_test.c`,
        `#include "${project}.h"\n\nint main(void)\n{\n    return ${identifier}_answer() == 42 ? 0 : 1;\n}\n`,
      ],
      [
        `${project}.h`,
        `#pragma once\n\n${exportMacro(macro)}\n#ifdef __cplusplus\nextern "C" {\n#endif\n\n${macro}_PUBLIC int ${identifier}_answer(void);\n\n#ifdef __cplusplus\n}\n#endif\n`,
      ],
    ],
  },
  {
    name: 'cpp',
    suffixes: ['cpp', 'cc', 'cxx'],
    options: ['cpp_std=c++17'],
    hides: true,
    program: ({ project }) => [
      [
        `${project}.cpp`,
        `#include <iostream>\n\nint main()\n{\n    std::cout << "This is ${project}.\\n";\n}\n`,
      ],
    ],
    library: ({ project, identifier, type, macro }) => [
      [
        `${project}.cpp`,
        `#include "${project}.hpp"\n\nnamespace ${identifier} {\n\nint ${type}::answer() const\n{\n    return 42;\n}\n\n}\n`,
      ],
      [
        `${project}_test.cpp`,
        `#include "${project}.hpp"\n\nint main()\n{\n    return ${identifier}::${type}{}.answer() == 42 ? 0 : 1;\n}\n`,
      ],
      [
        `${project}.hpp`,
        `#pragma once\n\n${exportMacro(macro)}\nnamespace ${identifier} {\n\nclass ${macro}_PUBLIC ${type} {\npublic:\n    int answer() const;\n};\n\n}\n`,
      ],
    ],
  },
  {
    name: 'rust',
    suffixes: ['rs'],
    options: ['rust_std=2021'],
    program: ({ identifier, project }) => [
      [`${identifier}.rs`, `fn main() {\n    println!("This is ${project}.");\n}\n`],
    ],
    library: ({ identifier }) => [
      [
        `${identifier}.rs`,
        'pub fn answer() -> i32 {\n    42\n}\n\n#[test]\nfn it_answers() {\n    assert_eq!(answer(), 42);\n}\n',
      ],
      [`${identifier}_test.rs`, `fn main() {\n    assert_eq!(${identifier}::answer(), 42);\n}\n`],
    ],
  },
  {
    name: 'd',
    suffixes: ['d'],
    options: [],
    program: ({ identifier, project }) => [
      [
        `${identifier}.d`,
        `import std.stdio;\n\nvoid main()\n{\n    writeln("This is ${project}.");\n}\n`,
      ],
    ],
    library: ({ identifier }) => [
      [`${identifier}.d`, `module ${identifier};\n\nint answer()\n{\n    return 42;\n}\n`],
      [
        `${identifier}_test.d`,
        `import ${identifier};\n\nint main()\n{\n    return answer() == 42 ? 0 : 1;\n}\n`,
      ],
    ],
  },
  {
    name: 'fortran',
    suffixes: ['f90', 'f95', 'f'],
    options: [],
    program: ({ identifier, project }) => [
      [
        `${identifier}.f90`,
        `program main\n  implicit none\n  print *, "This is ${project}."\nend program\n`,
      ],
    ],
    library: ({ identifier }) => [
      [
        `${identifier}.f90`,
        `module ${identifier}\n  implicit none\n\ncontains\n\n  integer function answer()\n    answer = 42\n  end function\n\nend module\n`,
      ],
      [
        `${identifier}_test.f90`,
        `program test_${identifier}\n  use ${identifier}\n  implicit none\n  if (answer() /= 42) error stop\nend program\n`,
      ],
    ],
  },
  {
    name: 'java',
    suffixes: ['java'],
    options: [],
    warningLevel: 1,
    jar: true,
    program: ({ type, project }) => [
      [
        `${type}.java`,
        `public class ${type} {\n    public static void main(String[] args) {\n        System.out.println("This is ${project}.");\n    }\n}\n`,
      ],
    ],
    library: ({ type }) => [
      [
        `${type}.java`,
        `public class ${type} {\n    public static int answer() {\n        return 42;\n    }\n}\n`,
      ],
      [
        `${type}Test.java`,
        `public class ${type}Test {\n    public static void main(String[] args) {\n        System.exit(${type}.answer() == 42 ? 0 : 1);\n    }\n}\n`,
      ],
    ],
  },
  {
    name: 'cs',
    suffixes: ['cs'],
    options: [],
    program: ({ type, project }) => [
      [
        `${type}.cs`,
        `public class ${type} {\n    public static void Main() {\n        System.Console.WriteLine("This is ${project}.");\n    }\n}\n`,
      ],
    ],
    library: ({ type }) => [
      [
        `${type}.cs`,
        `public class ${type} {\n    public static int Answer() {\n        return 42;\n    }\n}\n`,
      ],
      [
        `${type}Test.cs`,
        `public class ${type}Test {\n    public static int Main() {\n        return ${type}.Answer() == 42 ? 0 : 1;\n    }\n}\n`,
      ],
    ],
  },
  {
    name: 'objc',
    suffixes: ['m'],
    options: [],
    hides: true,
    program: ({ project }) => [
      [
        `${project}.m`,
        `#import <stdio.h>\n\nint main(void)\n{\n    puts("This is ${project}.");\n    return 0;\n}\n`,
      ],
    ],
    library: objectiveLibrary('m'),
  },
  {
    name: 'objcpp',
    suffixes: ['mm'],
    options: [],
    hides: true,
    program: ({ project }) => [
      [
        `${project}.mm`,
        `#import <iostream>\n\nint main()\n{\n    std::cout << "This is ${project}.\\n";\n}\n`,
      ],
    ],
    library: objectiveLibrary('mm'),
  },
  {
    name: 'cuda',
    suffixes: ['cu'],
    options: [],
    program: ({ project }) => [
      [
        `${project}.cu`,
        `#include <iostream>\n\nint main()\n{\n    int devices = 0;\n    cudaGetDeviceCount(&devices);\n    std::cout << "This is ${project}, with " << devices << " devices.\\n";\n}\n`,
      ],
    ],
    library: ({ project, identifier, macro }) => [
      [
        `${project}.cu`,
        `#include "${project}.h"\n\nint ${identifier}_answer()\n{\n    return 42;\n}\n`,
      ],
      [
        `${project}_test.cu`,
        `#include "${project}.h"\n\nint main()\n{\n    return ${identifier}_answer() == 42 ? 0 : 1;\n}\n`,
      ],
      [
        `${project}.h`,
        `#pragma once\n\n${exportMacro(macro)}\n${macro}_PUBLIC int ${identifier}_answer();\n`,
      ],
    ],
  },
  {
    name: 'vala',
    suffixes: ['vala'],
    options: [],
    warningLevel: 1,
    needs: ['glib-2.0', 'gobject-2.0'],
    program: ({ project }) => [
      [`${project}.vala`, `void main() {\n    print("This is ${project}.\\n");\n}\n`],
    ],
    library: ({ project, type }) => [
      [
        `${project}.vala`,
        `namespace ${type} {\n    public int answer() {\n        return 42;\n    }\n}\n`,
      ],
      [`${project}_test.vala`, `int main() {\n    return ${type}.answer() == 42 ? 0 : 1;\n}\n`],
    ],
  },
];

function exportMacro(macro: string): string {
  return `#if defined _WIN32 && defined BUILDING_${macro}
  #define ${macro}_PUBLIC __declspec(dllexport)
#elif defined _WIN32
  #define ${macro}_PUBLIC __declspec(dllimport)
#else
  #define ${macro}_PUBLIC __attribute__((visibility("default")))
#endif
`;
}

function objectiveLibrary(suffix: string): StartLanguage['library'] {
  return ({ project, identifier, macro }) => [
    [
      `${project}.${suffix}`,
      `#import "${project}.h"\n\nint ${identifier}_answer(void)\n{\n    return 42;\n}\n`,
    ],
    [
      `${project}_test.${suffix}`,
      `#import "${project}.h"\n\nint main(void)\n{\n    return ${identifier}_answer() == 42 ? 0 : 1;\n}\n`,
    ],
    [
      `${project}.h`,
      `#pragma once\n\n${exportMacro(macro)}\n${macro}_PUBLIC int ${identifier}_answer(void);\n`,
    ],
  ];
}
