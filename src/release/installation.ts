import type { Host } from '../host/host.ts';
import type { Turns } from '../host/turns.ts';
import type { InstallPlan } from '../model/install-plan.ts';
import type { Destination } from './destination.ts';
import type { InstallOptions } from './install-options.ts';
import type { InstalledThing } from './installed-thing.ts';
import type { Installer } from './installer.ts';

/** What is to be installed, where to, and who is told. */
export interface Install {
  readonly host: Host;
  readonly plan: InstallPlan;
  readonly options: InstallOptions;
  readonly print: (line: string) => void;
  /** Ends the installation between two files. */
  readonly signal?: AbortSignal;
  /** Told of each thing that is put in its place. */
  readonly onInstalled?: (thing: InstalledThing) => void;
  /** Where the log goes, if not where uninstalling looks for it. */
  readonly log?: string;
}

/** What the steps of an installation share. */
export interface Installation extends Install {
  readonly installer: Installer;
  readonly destination: Destination;
  readonly turns: Turns;
}
