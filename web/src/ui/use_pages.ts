// What a call lists, page by page.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useGone } from './use_gone';

export interface Page<T> {
  items: T[];
  nextPageToken: string;
}

export interface Pages<T> {
  items: T[] | null; // Null: not there yet.
  error: unknown; // Undefined: none.
  busy: boolean;
  more: (() => void) | undefined; // Asks for the next page, where there is one.
}

// `ask` is for the same list as long as the component is there.
export function usePages<T>(
  ask: (pageToken: string, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const [items, setItems] = useState<T[] | null>(null);
  const [next, setNext] = useState('');
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const asking = useRef(false); // Known at once, unlike the state.
  const gone = useGone();
  const load = async (pageToken: string) => {
    if (asking.current) return;
    asking.current = true;
    setBusy(true);
    try {
      const page = await ask(pageToken, gone);
      setItems((before) => [...(before ?? []), ...page.items]);
      setNext(page.nextPageToken);
      setError(undefined);
    } catch (problem) {
      if (!gone.aborted) setError(problem);
    }
    asking.current = false;
    setBusy(false);
  };
  useEffect(() => void load(''), []);
  return { items, error, busy, more: next ? () => void load(next) : undefined };
}
