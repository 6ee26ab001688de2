// The environment in which kaon and its peers are timed.

// Node would read these certificates at each start, for 50 ms; Python would compile Meson each time.
const unfair = ['NODE_EXTRA_CA_CERTS', 'PYTHONDONTWRITEBYTECODE'];

/**
 * Our own environment without what slows one of the tools down, with what is given.
 * @param {NodeJS.ProcessEnv} own @returns {NodeJS.ProcessEnv}
 */
export function fairEnvironment(own) {
  /** @type {NodeJS.ProcessEnv} */
  const environment = { ...process.env, NO_COLOR: '1' };
  for (const name of unfair) delete environment[name];
  return Object.assign(environment, own);
}
