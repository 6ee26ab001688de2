import { posix } from 'node:path';
import { parseJson } from '../../base/parse-json.ts';
import type { Files } from '../../host/host.ts';
import { shellWords } from '../ask.ts';

/** How CMake would compile and link the one program of a project. */
export interface CommandLines {
  readonly compileArgs: readonly string[];
  readonly linkArgs: readonly string[];
}

/** What we read of CMake's file API (cmake-file-api(7), codemodel 2). */
interface TargetReply {
  readonly compileGroups?: readonly {
    readonly includes?: readonly { readonly path: string; readonly isSystem?: boolean }[];
    readonly defines?: readonly { readonly define: string }[];
    readonly compileCommandFragments?: readonly { readonly fragment: string }[];
  }[];
  readonly link?: {
    readonly commandFragments?: readonly { readonly fragment: string; readonly role: string }[];
  };
}

/** Reads the reply for the program that `build` holds; undefined when there is none. */
export function readCommandLines(files: Files, build: string): CommandLines | undefined {
  const folder = `${build}/.cmake/api/v1/reply`;
  const names = files.list(folder);
  const name = names.ok
    ? names.value.find((entry) => /^target-kaon-.*\.json$/.test(entry))
    : undefined;
  const text = name === undefined ? undefined : files.readText(`${folder}/${name}`);
  if (text?.ok !== true) return undefined;
  // CMake's own words, in the form its manual gives.
  const reply = parseJson(text.value) as TargetReply | undefined;
  if (reply === undefined) return undefined;
  const [group] = reply.compileGroups ?? [];
  const flags = (group?.compileCommandFragments ?? []).flatMap(({ fragment }) =>
    shellWords(fragment),
  );
  const includes = (group?.includes ?? []).map(({ path }) => `-I${path}`);
  const defines = (group?.defines ?? []).map(({ define }) => `-D${define}`);
  const libraries = (reply.link?.commandFragments ?? [])
    .filter(({ role }) => role === 'libraries' || role === 'libraryPath')
    .flatMap(({ fragment }) => shellWords(fragment));
  return {
    compileArgs: [...includes, ...defines, ...flags],
    linkArgs: libraries.map((arg) => (arg.startsWith('..') ? posix.resolve(build, arg) : arg)),
  };
}
