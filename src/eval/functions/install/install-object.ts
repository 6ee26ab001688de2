import { type ObjectValue, objectType } from '../../value.ts';

const types = {
  Data: objectType('Data'),
  Headers: objectType('Headers'),
  Man: objectType('Man'),
  InstallDir: objectType('InstallDir'),
  SymlinkData: objectType('SymlinkData'),
  EmptyDir: objectType('EmptyDir'),
};

/** What the functions that install give: an object that nothing can be done with. */
export function installObject(kind: keyof typeof types): ObjectValue {
  return { type: types[kind] };
}
