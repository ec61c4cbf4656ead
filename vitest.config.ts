import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { kernels } from './scripts/vite/kernels.ts';

export default defineConfig({
  plugins: [kernels()],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    // Vitest leaves one core free, which on two is half of the time.
    maxWorkers: availableParallelism(),
  },
});
