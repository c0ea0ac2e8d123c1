/** Starts the dashboard: theme, language, answers kept for a while, and the pages by their address. */
import './mantine.ts';
import '@mantine/notifications/styles.css';
import './styles/tokens.css';
import './styles/reset.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { applyDensity } from './density.ts';
import { createPages } from './pages.tsx';
import { themeWith } from './theme.ts';
import { loadLanguage, WordsProvider } from './words/words.tsx';

/** The answer's nonce: without it the page's own styles would be refused. */
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
// styles that keep the page from scrolling behind a dialog are made by a package of its own
setNonce(nonce);
const STALE_MS = 2_000;
/** Changes are told; this is for what time alone changes, such as what is late. */
const REFRESH_MS = 60_000;

const answers = new QueryClient({
  defaultOptions: {
    queries: { staleTime: STALE_MS, refetchInterval: REFRESH_MS, retry: 1 },
  },
});
applyDensity();
const language = await loadLanguage();
const theme = themeWith(language.words.order.close);
const pages = createPages();
const root = document.getElementById('root');

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <WordsProvider language={language}>
          <QueryClientProvider client={answers}>
            <Notifications position="bottom-right" />
            <RouterProvider router={pages} />
          </QueryClientProvider>
        </WordsProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
