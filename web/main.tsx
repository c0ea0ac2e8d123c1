/** Starts the dashboard: theme, language, answers kept for a while, and the pages by their address. */
import './mantine.ts';
import '@mantine/notifications/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createPages } from './pages.tsx';
import { THEME } from './theme.ts';
import { WordsProvider } from './words/words.tsx';

/** The answer's nonce: without it the page's own styles would be refused. */
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
const STALE_MS = 2_000;
const REFRESH_MS = 5_000;

const answers = new QueryClient({
  defaultOptions: {
    queries: { staleTime: STALE_MS, refetchInterval: REFRESH_MS, retry: 1 },
  },
});
const pages = createPages();
const root = document.getElementById('root');

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={THEME} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <WordsProvider>
          <QueryClientProvider client={answers}>
            <Notifications position="bottom-right" />
            <RouterProvider router={pages} />
          </QueryClientProvider>
        </WordsProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
