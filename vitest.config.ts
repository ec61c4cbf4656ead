import { defineConfig } from 'vitest/config';
import { kernels } from './scripts/vite/kernels.ts';
import { standalone } from './scripts/vite/standalone.ts';

export default defineConfig({
  plugins: [kernels(), standalone()],
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 },
});
