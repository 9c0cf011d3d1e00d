import fc from 'fast-check';

/**
 * A run of the tests is to be repeatable: what passed here passes in a pipeline. `npm run
 * test:random` looks elsewhere each time, and prints the seed of what it finds.
 */
if (process.env['MODE'] !== 'random') fc.configureGlobal({ seed: 20_260_101 });

// biome-ignore lint/performance/noBarrelFile: it is the library itself, with a seed
export { default } from 'fast-check';
