// The imports of a memory, newest first, with their reports.
import { useEffect, useState } from 'preact/hooks';
import { getImport, listImports } from '../api';
import { formatNumber, formatTime, t, tOr } from '../i18n';
import type { Import } from '../types';
import { Dialog } from '../ui/dialog';
import { ErrorNote } from '../ui/error_note';
import { Report } from './report';
import { UndoButton } from './undo_button';

const PAGE = 50;

export function ImportsDialog({ memory, onClose }: { memory: string; onClose: () => void }) {
  const [imports, setImports] = useState<Import[] | null>(null);
  const [next, setNext] = useState('');
  const [error, setError] = useState<unknown>(undefined);
  const load = async (pageToken: string) => {
    try {
      const page = await listImports(memory, PAGE, pageToken);
      setImports((before) => [...(before ?? []), ...(page.imports ?? [])]);
      setNext(page.nextPageToken ?? '');
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => void load(''), [memory]);
  return (
    <Dialog title={t('imports.title', { memory })} wide onClose={onClose}>
      <div class="dialog-body">
        {error !== undefined && <ErrorNote error={error} />}
        {imports?.length === 0 && <p class="quiet">{t('imports.none')}</p>}
        {(imports ?? []).map((item) => (
          <ImportRow key={item.name} item={item} />
        ))}
        {next && (
          <button type="button" class="button more" onClick={() => void load(next)}>
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
  const load = () => {
    if (!whole) getImport(name).then(setWhole, setError);
  };
  const { readCount, createdCount } = item.report ?? {};
  return (
    <details class="import-row" onToggle={(event) => event.currentTarget.open && load()}>
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
