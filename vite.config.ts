import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { kernels } from './scripts/vite/kernels.ts';
import { models } from './scripts/vite/models.ts';
import { isolationHeaders } from './scripts/policy.js';
import { policy } from './scripts/vite/policy.ts';
import { serviceWorker } from './scripts/vite/serviceWorker.ts';
import { standalone } from './scripts/vite/standalone.ts';

const ort = new URL('./node_modules/onnxruntime-web/dist/', import.meta.url).pathname;

/** Compiling the kernels takes most of a build, and its name need not be said each time. */
const checks = { pluginTimings: false };

/** `vite build` makes the page in dist/, `vite build --mode cli` the command line in dist-cli/. */
export default defineConfig(({ mode }) =>
  mode === 'cli'
    ? {
        publicDir: false,
        plugins: [kernels(), standalone()],
        // Node's own conditions: transformers.js brings its native runtime there.
        // Small libraries are built in: --help starts in 170 ms instead of 230 ms (node itself: 90 ms). What is outside is loaded with every verb,
        // whichever needs it: the readers and writers of Parquet and Arrow outside took 60 ms more.
        ssr: {
          noExternal: [
            'commander',
            'fflate',
            'papaparse',
            'sirv',
            'totalist',
            '@polka/url',
            'mrmime',
            'umap-js',
            'hyparquet',
            'hyparquet-compressors',
            'hyparquet-writer',
            'hysnappy',
            '@uwdata/flechette',
            'fzstd',
            'saxen',
          ],
        },
        build: {
          ssr: 'src/cli.ts',
          ssrEmitAssets: true,
          outDir: 'dist-cli',
          target: 'node20',
          // One file, so that it can be replaced at once (see scripts/built.js).
          rollupOptions: { output: { entryFileNames: 'constela.js', codeSplitting: false }, checks },
        },
      }
    : {
        // Relative, so that the page works from any folder of a static host.
        base: './',
        // Without a fallback to index.html a missing model file is a 404, not a page with status 200.
        appType: 'mpa',
        plugins: [svelte({ configFile: false }), kernels(), standalone(), models(), policy(), serviceWorker()],
        resolve: {
          // The wasm glue must stay a file of its own: bundled into the worker, each thread re-runs the bundle and hangs.
          conditions: ['onnxruntime-web-use-extern-wasm', 'svelte', 'module', 'browser', 'development|production'],
          alias: [
            // transformers.js asks for the WebGPU build (26.9 MB); plain wasm (14.3 MB) serves everyone, and
            // `ort-webgpu` is loaded only where a hardware adapter was found.
            { find: /^onnxruntime-web\/webgpu$/, replacement: 'onnxruntime-web/wasm' },
            { find: /^ort-webgpu$/, replacement: `${ort}ort.webgpu.min.mjs` },
          ],
        },
        // Found at the start: a library met only when a worker starts would reload the page under it.
        optimizeDeps: { entries: ['index.html', 'src/workers/*.worker.ts'] },
        worker: { format: 'es', plugins: () => [kernels(), standalone()] },
        build: { target: 'es2022', chunkSizeWarningLimit: 1500, assetsInlineLimit: 0, rollupOptions: { checks } },
        server: { headers: isolationHeaders },
        preview: { headers: isolationHeaders },
      },
);
