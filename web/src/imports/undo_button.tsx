// Takes an import back.
import { useState } from 'preact/hooks';
import { undoImport } from '../api';
import { t } from '../i18n';
import { reloadMemories } from '../memories/memory_list';
import { announce } from '../ui/announce';
import { ErrorNote } from '../ui/error_note';
import { Icon } from '../ui/icons';
import { tellUnitsChanged } from '../unit/open_unit';

export function UndoButton({ name }: { name: string }) {
  const [state, setState] = useState<'ready' | 'busy' | 'done'>('ready');
  const [told, setTold] = useState('');
  const [error, setError] = useState<unknown>(undefined);
  const undo = async () => {
    if (!confirm(t('undo.sure'))) return;
    setState('busy');
    try {
      const { undo: counts = {} } = await undoImport(name);
      const text = t('undo.done', {
        deleted: Number(counts.deletedCount ?? 0),
        restored: Number(counts.restoredCount ?? 0),
        kept: Number(counts.keptCount ?? 0),
      });
      setTold(text);
      announce(text);
      setError(undefined);
      setState('done');
    } catch (problem) {
      setError(problem);
      setState('ready');
    }
    await reloadMemories();
    tellUnitsChanged();
  };
  return (
    <div class="undo">
      {error !== undefined && <ErrorNote error={error} />}
      {state === 'done' ? (
        <p>{told}</p>
      ) : (
        <button
          type="button"
          class="button button-quiet"
          disabled={state === 'busy'}
          onClick={() => void undo()}
        >
          <Icon name="undo" />
          {t('undo')}
        </button>
      )}
    </div>
  );
}
