import type { MethodTable } from '../../declare.ts';
import { mesonType } from '../../objects/meson.ts';
import { mesonBuildMethods } from './build.ts';
import { mesonOverrideMethods } from './override.ts';
import { mesonProjectMethods } from './project.ts';
import { mesonScriptMethods } from './script.ts';

/** Methods of the variable `meson`. */
export const mesonMethods: MethodTable = {
  type: mesonType,
  doc: 'What is known of this build and of the project that asks.',
  label: 'meson',
  methods: [
    ...mesonProjectMethods,
    ...mesonBuildMethods,
    ...mesonScriptMethods,
    ...mesonOverrideMethods,
  ],
};
