// Concordance: units whose texts have a phrase.
import { useEffect, useState } from 'preact/hooks';
import { isAborted, search } from '../api';
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
        <Hits found={found.hits} phrase={phrase} onMore={found.more} busy={found.busy} />
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

  const ask = async (before: Hits | null, signal?: AbortSignal) => {
    setBusy(true);
    try {
      const page = await search(toRequest(phrase, before?.nextPageToken ?? ''), signal);
      const all = [...(before?.hits ?? []), ...(page.hits ?? [])];
      setHits({ hits: all, nextPageToken: page.nextPageToken ?? '' });
      setError(undefined);
      announce(all.length === 0 ? t('search.none') : t('search.hits', { count: all.length }));
    } catch (problem) {
      if (isAborted(problem)) return;
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
    const abort = new AbortController();
    const timer = setTimeout(() => void ask(null, abort.signal), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, changes]);

  return { hits, error, busy, more: () => void ask(hits) };
}

interface HitsProps {
  found: Hits;
  phrase: Phrase;
  busy: boolean;
  onMore: () => void;
}

function Hits({ found, phrase, busy, onMore }: HitsProps) {
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
          <HitCard key={hit.unit.name} hit={hit} phrase={phrase} first={i === 0} />
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
