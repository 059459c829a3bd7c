// The settings of a memory; without one, those of a new memory.
import { useState } from 'preact/hooks';
import { createMemory, updateMemory } from '../api';
import { t } from '../i18n';
import type { Memory } from '../types';
import { toast } from '../ui/announce';
import { Dialog } from '../ui/dialog';
import { ErrorNote } from '../ui/error_note';
import { useGone } from '../ui/use_gone';
import { useUnsaved } from '../ui/use_unsaved';
import { reloadMemories } from './memory_list';

export const MEMORY_ID = '[a-z0-9]([a-z0-9\\-]{0,61}[a-z0-9])?';

export function MemoryDialog({ memory, onClose }: { memory?: Memory; onClose: () => void }) {
  const [id, setId] = useState('');
  const [displayName, setDisplayName] = useState(memory?.displayName ?? '');
  const [penalty, setPenalty] = useState(memory?.penalty ?? 0);
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false); // Saving; what is typed then would be lost.
  const gone = useGone();
  const changed =
    id !== '' ||
    displayName !== (memory?.displayName ?? '') ||
    penalty !== (memory?.penalty ?? 0);
  const mayClose = useUnsaved(changed, ({ view }) => view === 'memories');
  const save = async () => {
    setBusy(true);
    try {
      if (memory) await updateMemory({ ...memory, displayName, penalty });
      else await createMemory(id, displayName, penalty);
      await reloadMemories();
      toast(t('memory.saved'));
      if (!gone.aborted) onClose(); // Not what was opened since.
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={t(memory ? 'memory.settings' : 'memory.new')}
      mayClose={mayClose}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void save();
        }}
      >
        <div class="dialog-body">
          {error !== undefined && <ErrorNote error={error} />}
          {!memory && (
            <label class="field">
              <span class="field-name">{t('memory.id')}</span>
              <input
                type="text"
                required
                pattern={MEMORY_ID}
                title={t('memory.id.rule')}
                placeholder="press-2026"
                autocapitalize="off"
                spellcheck={false}
                readOnly={busy}
                value={id}
                onInput={(event) => setId(event.currentTarget.value)}
              />
            </label>
          )}
          <label class="field">
            <span class="field-name">{t('memory.title')}</span>
            <input
              type="text"
              maxLength={256}
              readOnly={busy}
              value={displayName}
              onInput={(event) => setDisplayName(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span class="field-name">{t('memory.penalty')}</span>
            <input
              type="number"
              min={0}
              max={99}
              required
              readOnly={busy}
              value={penalty}
              onInput={(event) => setPenalty(Number(event.currentTarget.value))}
            />
          </label>
          <p class="quiet">{t('memory.penalty.why')}</p>
        </div>
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {t('save')}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
