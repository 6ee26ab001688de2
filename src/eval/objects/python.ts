import { objectType, type Value } from '../value.ts';
import { type ProgramObject, programType } from './program.ts';

/** What a Python tells of itself. */
export interface PythonFacts {
  readonly version: string;
  readonly platform: string;
  readonly suffix: string;
  readonly limitedApiSuffix: string;
  readonly isPypy: boolean;
  readonly isVenv: boolean;
  readonly linksLibrary: boolean;
  readonly variables: ReadonlyMap<string, Value>;
  readonly paths: ReadonlyMap<string, string>;
  readonly installPaths: ReadonlyMap<string, string>;
  readonly sysconfigPaths: ReadonlyMap<string, string>;
  /** Those of `sysconfigPaths` without the prefix. */
  readonly bareSysconfigPaths: ReadonlyMap<string, string>;
  /** Where the Python to build for lies, where a file tells of it. */
  readonly build?: {
    readonly headers: string | undefined;
    readonly pkgConfig: string | undefined;
    readonly library: string | undefined;
  };
}

/** `python.find_installation()`: a program that also tells where its modules go. */
export interface PythonObject extends ProgramObject {
  readonly facts: PythonFacts;
  /** Whether what is installed is for any machine, where a call does not say. */
  readonly pure: boolean;
}
export const pythonType = objectType<PythonObject>('PythonInstallation', programType);
