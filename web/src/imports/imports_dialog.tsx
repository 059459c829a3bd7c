// The imports of a memory, newest first, with their reports.
import { useState } from 'preact/hooks';
import { getImport, listImports } from '../api';
import { formatNumber, formatTime, t, tOr } from '../i18n';
import type { Import } from '../types';
import { Dialog } from '../ui/dialog';
import { ErrorNote } from '../ui/error_note';
import { usePages } from '../ui/use_pages';
import { Report } from './report';
import { UndoButton } from './undo_button';

const PAGE = 50;

export function ImportsDialog({ memory, onClose }: { memory: string; onClose: () => void }) {
  const { items, error, busy, more } = usePages(async (pageToken, signal) => {
    const page = await listImports(memory, PAGE, pageToken, signal);
    return { items: page.imports ?? [], nextPageToken: page.nextPageToken ?? '' };
  });
  return (
    <Dialog title={t('imports.title', { memory })} wide onClose={onClose}>
      <div class="dialog-body">
        {error !== undefined && <ErrorNote error={error} />}
        {items?.length === 0 && <p class="quiet">{t('imports.none')}</p>}
        {(items ?? []).map((item) => (
          <ImportRow key={item.name} item={item} />
        ))}
        {more && (
          <button type="button" class="button more" disabled={busy} onClick={more}>
            {t('more')}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function ImportRow({ item }: { item: Import }) {
  const [whole, setWhole] = useState<Import | null>(null);
  const [error, setError] = useState<unknown>(undefined);
  const name = item.name ?? '';
  const load = async () => {
    try {
      if (!whole) setWhole(await getImport(name));
      setError(undefined);
    } catch (problem) {
      setError(problem);
    }
  };
  const { readCount, createdCount } = item.report ?? {};
  return (
    <details class="import-row" onToggle={(event) => event.currentTarget.open && void load()}>
      <summary>
        <strong>{item.source || name}</strong>
        <span class="badge">{tOr(`import.state.${item.state}`, item.state ?? '')}</span>
        <span class="quiet">
          {item.createTime && formatTime(item.createTime)} ·{' '}
          {t('imports.counts', {
            read: formatNumber(Number(readCount ?? 0)),
            created: formatNumber(Number(createdCount ?? 0)),
          })}
        </span>
      </summary>
      {error !== undefined && <ErrorNote error={error} />}
      {whole && (
        <>
          {whole.errorMessage && (
            <p class="note note-error" lang="en">
              {whole.errorMessage}
            </p>
          )}
          <Report report={whole.report ?? {}} />
          {whole.state !== 'UNDONE' && <UndoButton name={name} />}
        </>
      )}
    </details>
  );
}
