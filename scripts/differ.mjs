// `npm run differ KIND [COUNT [FIRST]]`: random projects and commands, with Meson and with kaon.
import { bundle } from './bundle.mjs';
import { root, testTool } from './test-tool.mjs';

await bundle();
const { exported } = await testTool('differ');
process.exit(exported.differ(root, process.argv.slice(2)));
