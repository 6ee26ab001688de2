import { version } from '../../package.json';

/** kaon's own version. */
export const kaonVersion: string = version;
