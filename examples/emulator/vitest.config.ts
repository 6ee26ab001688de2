export default {
  test: { include: ['{tools,console}/**/*.test.ts'] },
};
