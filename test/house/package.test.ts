import { expect, test } from 'vitest';
import description from '../../package.json' with { type: 'json' };

test('what is packed is whole: packages lie in the bundles, and none is installed with kaon', () => {
  expect(Object.keys(description)).not.toContain('dependencies');
  expect(description.files).toContain('dist');
});
