import type { FeatureWords } from '../rules.ts';

/** What a compiler of D calls the features of its language. */
export interface FeatureNames {
  readonly unittest: string;
  readonly debug: string;
  readonly version: string;
}

export const gdcFeatures: FeatureNames = {
  unittest: '-funittest',
  debug: '-fdebug',
  version: '-fversion',
};

export const ldcFeatures: FeatureNames = {
  unittest: '-unittest',
  debug: '-d-debug',
  version: '-d-version',
};

export const dmdFeatures: FeatureNames = {
  unittest: '-unittest',
  debug: '-debug',
  version: '-version',
};

/** D's keywords of a target as arguments. Of levels the highest counts, as it takes in those below. */
export function featureArgs(
  names: FeatureNames,
  { unittest, debug, versions, importFolders }: FeatureWords,
): readonly string[] {
  return [
    ...(unittest ? [names.unittest] : []),
    ...conditions(names.debug, debug),
    ...conditions(names.version, versions),
    ...importFolders.map((folder) => `-J${folder}`),
  ];
}

function conditions(option: string, values: readonly string[]): readonly string[] {
  const isLevel = (value: string): boolean => /^\d+$/.test(value);
  const levels = values.filter(isLevel).map(Number);
  return [
    ...values.filter((value) => !isLevel(value)).map((value) => `${option}=${value}`),
    ...(levels.length === 0 ? [] : [`${option}=${Math.max(...levels)}`]),
  ];
}
