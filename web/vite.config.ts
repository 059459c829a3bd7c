import { defineConfig } from 'vitest/config';

// `npm run dev` serves the sources and asks a tercetd for the data:
//   TERCET_HTTP=http://127.0.0.1:7734 npm run dev
const server = process.env.TERCET_HTTP ?? 'http://127.0.0.1:7734';

export default defineConfig({
  server: {
    proxy: {
      '/v1': {
        target: server,
        // tercetd refuses pages of other origins, and Vite's is one.
        configure: (proxy) => proxy.on('proxyReq', (request) => request.removeHeader('origin')),
      },
      '/openapi.json': server,
    },
  },
  build: {
    target: 'es2022',
    // These have light-dark(), which would be rewritten for older ones.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The names are the same for every build: the server tells versions apart by
    // their ETag, and the history of the repository stays readable.
    rollupOptions: {
      output: {
        entryFileNames: 'assets/app.js',
        assetFileNames: 'assets/app.[ext]',
        codeSplitting: false,
      },
    },
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: { include: ['tests/*.test.ts'] },
});
