import { posix } from 'node:path';
import { versionMatches } from '../../base/version.ts';
import { findInPath } from '../../host/find-in-path.ts';
import { findVersion } from '../../toolchains/detect/steps.ts';
import { isDarwin } from '../../toolchains/system.ts';
import { startAsking } from '../ask.ts';
import type { DependencyContext, DependencyRequest } from '../context.ts';
import { type Attempt, absent, found } from '../found.ts';
import { compilerFor } from './checks.ts';

/** The same under the name that it had first. */
export function findJdk(context: DependencyContext, request: DependencyRequest): Attempt {
  const attempt = findJni(context, request);
  if (attempt.kind !== 'found') return attempt;
  const deprecated = {
    feature: 'jdk system dependency',
    version: '0.62.0',
    instead: 'Use the jni system dependency instead',
  };
  const since = { version: '0.59.0', advice: '' };
  return { kind: 'found', found: { ...attempt.found, since, deprecated } };
}

/** The Java Native Interface of the JDK whose javac is used. */
export function findJni(context: DependencyContext, { modules }: DependencyRequest): Attempt {
  const { host, machineInfo } = context;
  if (modules.some((module) => module !== 'jvm' && module !== 'awt')) return absent;
  const javac = findInPath(host, (context.binary('java') ?? ['javac'])[0] ?? 'javac');
  if (javac === undefined) return absent;
  const answer = startAsking(context, [javac, '-version']).finish();
  const version = findVersion(answer.stdout + answer.stderr);
  const told = context.property('java_home');
  const real = host.files.realPath(javac);
  const home =
    typeof told === 'string' ? told : posix.dirname(posix.dirname(real.ok ? real.value : javac));
  const platform = isDarwin(machineInfo.system) ? 'darwin' : machineInfo.system;
  const libraries =
    versionMatches(version, '<=1.8.0') && !isDarwin(machineInfo.system)
      ? `${home}/jre/lib/${machineInfo.cpuFamily === 'x86_64' ? 'amd64' : machineInfo.cpuFamily}`
      : `${home}/lib`;
  const compiler = compilerFor(context);
  const linkArgs: string[] = [];
  for (const module of modules) {
    const args =
      module === 'jvm'
        ? compiler?.library('jvm', 'prefer-shared', [`${libraries}/server`])
        : compiler?.library('jawt', 'prefer-shared', [libraries]);
    if (args === undefined) return absent;
    linkArgs.push(...args);
  }
  return found({
    name: 'jni',
    type: 'system',
    machine: context.machine,
    version,
    compileArgs: [`-I${home}/include`, `-I${home}/include/${platform}`],
    linkArgs,
    since: { version: '0.62.0', advice: '' },
  });
}
