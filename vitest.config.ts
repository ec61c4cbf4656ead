import { defineConfig } from 'vitest/config';
import { kernels } from './scripts/vite/kernels.ts';

export default defineConfig({
  plugins: [kernels()],
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 },
});
