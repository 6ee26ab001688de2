// `npm run fuzz [COUNT [SEED [ONLY]]]`: build files with mistakes, through parser, formatter and evaluator.
import { testTool } from './test-tool.mjs';

const { exported, outfile } = await testTool('fuzz');
process.exit(await exported.fuzz(process.argv.slice(2), outfile));
