/** `install_mode`: permissions as `rwxr-xr-x`, owner, group; undefined leaves each as it is. */
export interface InstallMode {
  readonly permissions: string | undefined;
  readonly owner: string | number | undefined;
  readonly group: string | number | undefined;
}
