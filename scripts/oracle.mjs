// `npm run oracle [NAME…]`: compares what kaon makes of Cargo packages with what Cargo makes of them.
import { root, testTool } from './test-tool.mjs';

const { exported } = await testTool('oracle');
process.exit(await exported.oracle(root, process.argv.slice(2)));
