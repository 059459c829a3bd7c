// Concordance: units whose texts have a phrase.
import { useEffect, useRef, useState } from 'preact/hooks';
import { search } from '../api';
import { t } from '../i18n';
import { place, set } from '../router';
import { useStore } from '../store';
import type { SearchHit } from '../types';
import { announce } from '../ui/announce';
import { EmptyState } from '../ui/empty_state';
import { ErrorNote } from '../ui/error_note';
import { ResultList } from '../ui/result_list';
import { unitsChanged } from '../unit/open_unit';
import { HitCard } from './hit_card';
import { type Phrase, toParameters, toPhrase, toRequest } from './phrase';
import { SearchForm } from './search_form';

const PAUSE_MS = 250;

interface Hits {
  phrase: Phrase; // That they have.
  hits: SearchHit[];
  nextPageToken: string;
}

export function SearchView() {
  const phrase = toPhrase(useStore(place).parameters);
  const found = useSearch(phrase);
  return (
    <>
      <h1 class="hidden">{t('nav.search')}</h1>
      <SearchForm
        phrase={phrase}
        busy={found.busy}
        onChange={(part) => set(toParameters({ ...phrase, ...part }))}
      />
      {found.error !== undefined ? (
        <ErrorNote error={found.error} />
      ) : found.hits === null ? (
        <EmptyState kind="search" />
      ) : (
        <Hits found={found.hits} onMore={found.more} busy={found.busy} />
      )}
    </>
  );
}

function useSearch(phrase: Phrase) {
  const changes = useStore(unitsChanged);
  const [hits, setHits] = useState<Hits | null>(null);
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const key = JSON.stringify(phrase);
  const abort = useRef(new AbortController()); // Of all that is asked about the phrase.

  const ask = async ({ phrase, hits: before, nextPageToken }: Hits) => {
    const { signal } = abort.current;
    setBusy(true);
    try {
      const page = await search(toRequest(phrase, nextPageToken), signal);
      const hits = [...before, ...(page.hits ?? [])];
      setHits({ phrase, hits, nextPageToken: page.nextPageToken ?? '' });
      setError(undefined);
      announce(hits.length === 0 ? t('search.none') : t('search.hits', { count: hits.length }));
    } catch (problem) {
      if (signal.aborted) return;
      setError(problem);
    }
    setBusy(false);
  };

  useEffect(() => {
    if (phrase.text.trim() === '') {
      setHits(null);
      setError(undefined);
      setBusy(false);
      return undefined;
    }
    abort.current = new AbortController();
    setBusy(true);
    const first = { phrase, hits: [], nextPageToken: '' };
    const timer = setTimeout(() => void ask(first), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.current.abort();
    };
  }, [key, changes]);

  return { hits, error, busy, more: () => hits && void ask(hits) };
}

interface HitsProps {
  found: Hits;
  busy: boolean;
  onMore: () => void;
}

function Hits({ found, busy, onMore }: HitsProps) {
  if (found.hits.length === 0) {
    return (
      <div class="empty">
        <p>{t('search.none')}</p>
      </div>
    );
  }
  const more = found.nextPageToken !== '';
  return (
    <section aria-label={t('search.results')}>
      <h2 class="hidden">{t('search.results')}</h2>
      <p class="summary">
        <strong>
          {t(more ? 'search.hits.more' : 'search.hits', { count: found.hits.length })}
        </strong>
      </p>
      <ResultList label={t('search.results')}>
        {found.hits.map((hit, i) => (
          <HitCard key={hit.unit.name} hit={hit} phrase={found.phrase} first={i === 0} />
        ))}
      </ResultList>
      {more && (
        <button type="button" class="button more" disabled={busy} onClick={onMore}>
          {t('more')}
        </button>
      )}
    </section>
  );
}
