import type { MethodTable } from '../declare.ts';
import { methodOf } from '../declare.ts';
import {
  type BothLibrariesObject,
  bothLibrariesType,
  type TargetObject,
} from '../objects/target.ts';
import { half, preferredHalf } from '../targets/argument-types.ts';
import { buildTargetMethods } from './build-target.ts';

const method = methodOf<BothLibrariesObject>();

function halfMethod(name: string, which: 'shared' | 'static') {
  return method({
    name,
    doc: `The ${which} library, by itself.`,
    returns: 'lib',
    run: (_call, self): TargetObject => ({ ...half(self, which), alone: true }),
  });
}

export const bothLibrariesMethods: MethodTable = {
  type: bothLibrariesType,
  doc: 'A shared and a static library of the same sources; counts as one of them where only one is meant.',
  methods: [
    halfMethod('get_shared_lib', 'shared'),
    halfMethod('get_static_lib', 'static'),
    ...buildTargetMethods.methods.map((inherited) => ({
      ...inherited,
      run: (
        ...[call, self, args]: [
          Parameters<typeof inherited.run>[0],
          BothLibrariesObject,
          Parameters<typeof inherited.run>[2],
        ]
        // The method is one of build targets, and gets one.
      ) => inherited.run(call, preferredHalf(self) as never, args),
    })),
  ],
};
