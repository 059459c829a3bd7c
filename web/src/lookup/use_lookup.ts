// Looks up while one types: a moment after the last change, and only the last
// one counts.
import { useEffect, useState } from 'preact/hooks';
import { lookup } from '../api';
import type { Match } from '../types';
import { type Query, toRequest } from './query';

const PAUSE_MS = 180;

export type Found =
  | { state: 'empty' }
  | { state: 'error'; error: unknown }
  | { state: 'done'; query: Query; matches: Match[]; milliseconds: number };

// `again` changes when the memories did.
export function useLookup(query: Query, again: number): { found: Found; busy: boolean } {
  const [found, setFound] = useState<Found>({ state: 'empty' });
  const [busy, setBusy] = useState(false);
  const request = JSON.stringify(toRequest(query));
  useEffect(() => {
    if (query.text.trim() === '') {
      setFound({ state: 'empty' });
      setBusy(false);
      return undefined;
    }
    const abort = new AbortController();
    setBusy(true);
    const timer = setTimeout(async () => {
      const start = performance.now();
      try {
        const matches = await lookup(toRequest(query), abort.signal);
        setFound({ state: 'done', query, matches, milliseconds: performance.now() - start });
      } catch (error) {
        if (abort.signal.aborted) return;
        setFound({ state: 'error', error });
      }
      setBusy(false);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [request, again]);
  return { found, busy };
}
