// Imports files one after the other: what to do with them, how far it is, and
// what became of them. It belongs to no view, so that an import goes on when the
// person goes Back.
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatBytes, formatList, t } from '../i18n';
import { MEMORY_ID } from '../memories/memory_dialog';
import { idOf, memoriesOf, memoryList, reloadMemories } from '../memories/memory_list';
import { place } from '../router';
import { useStore } from '../store';
import type { UnitState } from '../types';
import { announce } from '../ui/announce';
import { Dialog } from '../ui/dialog';
import { useBeforeUnload } from '../ui/use_unsaved';
import { tellUnitsChanged } from '../unit/open_unit';
import { type Incoming, incoming } from './drop';
import { kindOf, memoryIdFor } from './file_kind';
import { importFile, type ImportOptions, newRun, type Run } from './run';
import { RunPanel } from './run_panel';

export function ImportDialog({ files, memory }: Incoming) {
  const readable = files.filter((file) => kindOf(file.name));
  const foreign = files.filter((file) => !kindOf(file.name));
  const memories = memoriesOf(useStore(memoryList)).map(idOf);
  const [options, setOptions] = useState<ImportOptions>({
    memory: memory || (memories.length === 1 && memories[0]) || memoryIdFor(files[0]?.name ?? ''),
    state: 'CONFIRMED',
    overwrite: false,
    checkOnly: false,
  });
  const [runs, setRuns] = useState<Run[] | null>(null);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);
  const busy = runs?.some(({ phase }) => phase === 'running' || phase === 'waiting') ?? false;

  const start = async () => {
    let all = readable.map(newRun);
    setRuns(all);
    for (const [i, file] of readable.entries()) {
      const follow = (run: Run) => {
        all = all.map((other, j) => (j === i ? run : other));
        setRuns(all);
      };
      if (abort.current.signal.aborted) {
        follow({ ...newRun(file), phase: 'stopped' });
        continue;
      }
      const done = await importFile(file, options, abort.current.signal, follow);
      announce(`${file.name}: ${t(`import.phase.${done.phase}`)}`);
    }
    await reloadMemories();
    tellUnitsChanged();
  };
  const close = () => incoming.set(null);
  useBeforeUnload(busy);
  useEffect(
    () => place.follow(({ view }) => view === 'memories' || busy || close()),
    [busy],
  );

  return (
    <Dialog
      title={t('import.title')}
      wide
      mayClose={() => !busy || confirm(t('import.stop.sure'))}
      onClose={close}
    >
      {runs === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          <div class="dialog-body">
            <FileList files={readable} />
            {foreign.length > 0 && (
              <p class="note note-error" role="alert">
                {t('import.foreign', { files: formatList(foreign.map((file) => file.name)) })}
              </p>
            )}
            <OptionFields options={options} memories={memories} onChange={setOptions} />
          </div>
          <footer class="dialog-foot">
            <button type="button" class="button" onClick={close}>
              {t('cancel')}
            </button>
            <button type="submit" class="button button-main" disabled={readable.length === 0}>
              {t(options.checkOnly ? 'import.check' : 'import.start')}
            </button>
          </footer>
        </form>
      ) : (
        <>
          <div class="dialog-body">
            {runs.map((run, i) => (
              <RunPanel key={i} run={run} checkOnly={options.checkOnly} />
            ))}
          </div>
          <footer class="dialog-foot">
            {busy ? (
              <button type="button" class="button" onClick={() => abort.current.abort()}>
                {t('import.stop')}
              </button>
            ) : (
              <button type="button" class="button button-main" onClick={close}>
                {t('close')}
              </button>
            )}
          </footer>
        </>
      )}
    </Dialog>
  );
}

function FileList({ files }: { files: File[] }) {
  return (
    <ul class="files">
      {files.map((file, i) => (
        <li key={i}>
          <strong>{file.name}</strong>
          <span class="quiet">
            {kindOf(file.name)} · {formatBytes(file.size)}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface OptionFieldsProps {
  options: ImportOptions;
  memories: string[];
  onChange: (options: ImportOptions) => void;
}

const STATES: UnitState[] = ['CONFIRMED', 'DRAFT', 'ALIGNED'];

function OptionFields({ options, memories, onChange }: OptionFieldsProps) {
  const change = (part: Partial<ImportOptions>) => onChange({ ...options, ...part });
  const isNew = options.memory !== '' && !memories.includes(options.memory);
  return (
    <>
      <div class="settings-row">
        <label class="field field-grow">
          <span class="field-name">
            {t('import.into')} {isNew && <em>{t('import.new')}</em>}
          </span>
          <input
            type="text"
            list="known-memories"
            required
            pattern={MEMORY_ID}
            title={t('memory.id.rule')}
            autocapitalize="off"
            spellcheck={false}
            value={options.memory}
            onInput={(event) => change({ memory: event.currentTarget.value.trim() })}
          />
          <datalist id="known-memories">
            {memories.map((id) => (
              <option key={id} value={id} />
            ))}
          </datalist>
        </label>
        <label class="field">
          <span class="field-name">{t('import.state')}</span>
          <select
            value={options.state}
            onChange={(event) => change({ state: event.currentTarget.value as UnitState })}
          >
            {STATES.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div>
        <label class="check">
          <input
            type="checkbox"
            checked={options.overwrite}
            onChange={(event) => change({ overwrite: event.currentTarget.checked })}
          />
          {t('import.overwrite')}
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={options.checkOnly}
            onChange={(event) => change({ checkOnly: event.currentTarget.checked })}
          />
          {t('import.checkonly')}
        </label>
      </div>
    </>
  );
}
