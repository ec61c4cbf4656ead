import type { Plugin } from 'vite';
import { contentPolicy } from '../policy.js';

/** Puts the policy into the built page itself, for hosts that send no headers. Not while developing: Vite inlines styles. */
export function policy(): Plugin {
  return {
    name: 'constela-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
