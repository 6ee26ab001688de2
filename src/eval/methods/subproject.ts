import { didYouMean } from '../../base/close-match.ts';
import { anything, str } from '../argument-type.ts';
import { type MethodTable, methodOf, optional, positional } from '../declare.ts';
import { type SubprojectObject, subprojectType } from '../objects/subproject.ts';

const method = methodOf<SubprojectObject>();

export const subprojectMethods: MethodTable = {
  type: subprojectType,
  doc: 'What `subproject()` gives.',
  label: 'subproject',
  methods: [
    method({
      name: 'found',
      quietSince: '0.48.0',
      doc: 'Whether it could be read.',
      returns: 'bool',
      run: (_call, { state }) => state.kind === 'found',
    }),
    method({
      name: 'get_variable',
      doc: 'A variable of it.',
      positional: [
        positional('name', str, 'Its name.'),
        optional('fallback', anything, 'The value when there is none.'),
      ],
      returns: 'any',
      keepsLists: true,
      run: (call, { state, subdir }, { positional: [name, fallback] }) => {
        if (state.kind !== 'found')
          return call.fail(`Subproject "${subdir}" disabled can't get_variable on it.`);
        const { variables } = state.scope;
        if (variables.has(name)) return variables.get(name);
        if (fallback !== undefined) return fallback;
        return call.fail(
          `Requested variable "${name}" not found.${didYouMean(name, variables.keys())}`,
        );
      },
    }),
  ],
};
