/** What `kaon install` is told. */
export interface InstallOptions {
  /** DESTDIR from the command line or the environment; undefined when neither names one. */
  readonly destdir: string | undefined;
  readonly onlyChanged: boolean;
  readonly quiet: boolean;
  readonly dryRun: boolean;
  /** Subprojects that are left out; `*` stands for all. */
  readonly skipSubprojects: readonly string[];
  /** Only items with one of these tags; all when undefined. */
  readonly tags: readonly string[] | undefined;
  /** Strips what can be, whatever the option said. */
  readonly strip: boolean;
}

export const defaultInstallOptions: InstallOptions = {
  destdir: undefined,
  onlyChanged: false,
  quiet: false,
  dryRun: false,
  skipSubprojects: [],
  tags: undefined,
  strip: false,
};
