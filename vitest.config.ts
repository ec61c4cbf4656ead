import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { kernels } from './scripts/vite/kernels.ts';
import { standalone } from './scripts/vite/standalone.ts';

export default defineConfig({
  plugins: [kernels(), standalone()],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    // Vitest leaves one core free, which on two is half of the time.
    maxWorkers: availableParallelism(),
  },
});
