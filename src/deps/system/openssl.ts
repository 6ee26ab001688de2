import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent, type FoundDependency, found, noCompiler } from '../found.ts';
import { type Compiler, compilerFor, libraryTypeOf } from './checks.ts';
import { threads } from './threads.ts';

/** OpenSSL, or one of its two libraries, as parts of the system. */
export function findOpenSsl(name: 'openssl' | 'libssl' | 'libcrypto') {
  return (context: DependencyContext, request: DependencyRequest): Attempt => {
    const compiler = compilerFor(context);
    if (compiler === undefined) return noCompiler;
    if (!compiler.hasHeader('openssl/ssl.h')) return absent;
    const version = versionOf(compiler);
    if (version === undefined) return absent;
    const part = (library: 'ssl' | 'crypto'): FoundDependency | undefined =>
      libraryPart({ context, request, compiler, version, library });
    if (name !== 'openssl') {
      const only = part(name === 'libssl' ? 'ssl' : 'crypto');
      return only === undefined ? absent : { kind: 'found', found: only };
    }
    const ssl = part('ssl');
    const crypto = part('crypto');
    if (ssl === undefined || crypto === undefined) return absent;
    return found({
      name,
      type: 'system',
      machine: context.machine,
      version,
      dependencies: [ssl, crypto],
    });
  };
}

function libraryPart(ask: {
  readonly context: DependencyContext;
  readonly request: DependencyRequest;
  readonly compiler: Compiler;
  readonly version: string;
  readonly library: 'ssl' | 'crypto';
}): FoundDependency | undefined {
  const { context, request, compiler, version, library } = ask;
  const type = libraryTypeOf(context, request);
  const linkArgs = compiler.library(library, type);
  if (linkArgs === undefined) return undefined;
  const attempt = found({
    name: `lib${library}`,
    type: 'system',
    machine: context.machine,
    version,
    linkArgs: [
      ...linkArgs,
      ...(type === 'static' && library === 'crypto' ? (compiler.library('dl', type) ?? []) : []),
    ],
    dependencies: type === 'static' ? staticNeeds(ask) : [],
  });
  return attempt.kind === 'found' ? attempt.found : undefined;
}

function staticNeeds(ask: Parameters<typeof libraryPart>[0]): readonly FoundDependency[] {
  if (ask.library === 'crypto') return [threads(ask.context)];
  const crypto = libraryPart({ ...ask, library: 'crypto' });
  return crypto === undefined ? [] : [crypto];
}

function versionOf(compiler: Compiler): string | undefined {
  const prefix = '#include <openssl/opensslv.h>';
  const text = compiler.define('OPENSSL_VERSION_STR', prefix);
  if (text !== undefined && text !== '') return text;
  const hex = compiler.define('OPENSSL_VERSION_NUMBER', prefix);
  if (hex === undefined || hex === '') return undefined;
  const number = Number.parseInt(hex, 16);
  const [major, minor, fix, patch = 0] = [28, 20, 12, 4].map((shift) => (number >>> shift) & 0xff);
  return `${(major ?? 0) & 0xf}.${minor}.${fix}${String.fromCharCode(96 + patch)}`;
}
