// `npm run conformance [CATEGORY…]`: builds kaon and runs Meson's own project tests with it.
import { bundle } from './bundle.mjs';
import { root, testTool } from './test-tool.mjs';

await bundle();
const { exported } = await testTool('conformance');
process.exit(exported.conformance(root, process.argv.slice(2)));
