import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    globalSetup: ['test/browser-folder.ts'],
    // By default a machine of two cores tests with one.
    maxWorkers: 2,
    // Written for bundlers: its imports name folders, which Node does not take.
    server: { deps: { inline: ['dt-sql-parser'] } },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // Runs as WebAssembly, which the coverage of JavaScript does not see.
      exclude: ['src/scanners/gateway/kernel/assembly/**'],
      reporter: ['text-summary'],
      thresholds: { statements: 90, branches: 80, functions: 90, lines: 90 },
    },
  },
});
