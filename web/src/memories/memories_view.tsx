// The memories, what is in them, and ways in and out.
import { useEffect, useState } from 'preact/hooks';
import { getServerInfo } from '../api';
import { formatBytes, t } from '../i18n';
import { FileButton } from '../imports/drop';
import { useStore } from '../store';
import type { ServerInfo } from '../types';
import { ErrorNote } from '../ui/error_note';
import { Icon } from '../ui/icons';
import { unitsChanged } from '../unit/open_unit';
import { MemoryCard } from './memory_card';
import { MemoryDialog } from './memory_dialog';
import { memoriesOf, memoryList, reloadMemories } from './memory_list';

export function MemoriesView() {
  const list = useStore(memoryList);
  const changes = useStore(unitsChanged);
  const [creating, setCreating] = useState(false);
  const memories = memoriesOf(list);
  useEffect(() => void reloadMemories(), [changes]);
  return (
    <>
      <div class="view-head">
        <h1>{t('nav.memories')}</h1>
        <button type="button" class="button" onClick={() => setCreating(true)}>
          <Icon name="plus" />
          {t('memory.new')}
        </button>
      </div>
      <ServerLine changes={changes} />
      <div class="drop-zone">
        <p class="drop-title">{t('import.drop')}</p>
        <p class="quiet">{t('import.formats')}</p>
        <FileButton class="button button-main">
          <Icon name="upload" />
          {t('import.choose')}
        </FileButton>
      </div>
      {list !== 'loading' && 'error' in list && <ErrorNote error={list.error} />}
      <ul class="memories">
        {memories.map((memory) => (
          <MemoryCard key={memory.name} memory={memory} />
        ))}
      </ul>
      {creating && <MemoryDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function ServerLine({ changes }: { changes: number }) {
  const [info, setInfo] = useState<ServerInfo | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    // What fails here fails for the list too, which says so.
    getServerInfo(abort.signal).then(setInfo, () => abort.signal.aborted || setInfo(null));
    return () => abort.abort();
  }, [changes]);
  if (!info) return null;
  const rebuild = Number(info.index?.rebuildUnitsTotal ?? 0);
  return (
    <p class="server-line">
      <span>{t('server.memories', { count: Number(info.memoryCount ?? 0) })}</span>
      <span>{t('server.units', { count: Number(info.unitCount ?? 0) })}</span>
      <span>{t('server.disk', { size: formatBytes(Number(info.diskBytes ?? 0)) })}</span>
      <span>tercetd {info.version}</span>
      {rebuild > 0 && (
        <span>
          {t('server.rebuild', {
            done: Number(info.index?.rebuildUnitsDone ?? 0),
            total: rebuild,
          })}
        </span>
      )}
    </p>
  );
}
