// The editor of one unit.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ApiError, deleteUnit, getUnit, memoryOf, updateUnit } from '../api';
import { formatTime, t } from '../i18n';
import { reloadMemories } from '../memories/memory_list';
import type { Unit, UnitState } from '../types';
import { toast } from '../ui/announce';
import { Dialog } from '../ui/dialog';
import { ErrorNote } from '../ui/error_note';
import { Icon } from '../ui/icons';
import { useGone } from '../ui/use_gone';
import { useUnsaved } from '../ui/use_unsaved';
import { type Draft, draftOf, draftOfVariant, isChanged, unitOf } from './draft';
import { closeUnit, openUnitName, tellUnitsChanged } from './open_unit';
import { VariantField } from './variant_field';

export function UnitDialog({ name }: { name: string }) {
  const [unit, setUnit] = useState<Unit | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const gone = useGone();
  const changed = unit !== null && draft !== null && isChanged(unit, draft);
  const latest = useRef(draft);
  latest.current = draft;
  const mayClose = useUnsaved(changed, (next) => openUnitName(next) === name);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
      setError(undefined);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  const load = () =>
    attempt(async () => {
      const stored = await getUnit(name);
      setUnit(stored);
      setDraft(draftOf(stored));
    });
  useEffect(() => void load(), [name]);
  const form = useRef<HTMLFormElement>(null);
  const loaded = unit !== null;
  useLayoutEffect(() => {
    if (loaded && matchMedia('(pointer: fine)').matches) {
      form.current?.querySelector('textarea')?.focus();
    }
  }, [loaded]);

  const tell = (message: string) => {
    toast(message);
    tellUnitsChanged();
    void reloadMemories();
  };
  const leave = (message: string) => {
    tell(message);
    if (!gone.aborted) closeUnit(); // Not the one that was opened since.
  };
  const save = () =>
    unit &&
    draft &&
    attempt(async () => {
      const stored = await updateUnit(unitOf(unit, draft));
      if (latest.current === draft) return leave(t('unit.saved'));
      // Something was changed meanwhile, which is still to be saved.
      setUnit(stored);
      tell(t('unit.saved'));
    });
  const remove = () =>
    unit &&
    confirm(t('unit.delete.sure')) &&
    attempt(async () => {
      await deleteUnit(unit);
      leave(t('unit.deleted'));
    });

  return (
    <Dialog
      title={t('unit.title')}
      wide
      mayClose={mayClose}
      onClose={closeUnit}
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && !busy) void save();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        <div class="dialog-body">
          {error !== undefined && <ErrorNote error={error} />}
          {error instanceof ApiError && error.reason === 'ETAG_MISMATCH' && (
            <button type="button" class="button" onClick={() => void load()}>
              {t('unit.reload')}
            </button>
          )}
          {unit && draft && <Fields unit={unit} draft={draft} onChange={setDraft} />}
        </div>
        {unit && (
          <footer class="dialog-foot">
            <button
              type="button"
              class="button button-danger"
              disabled={busy}
              onClick={() => void remove()}
            >
              <Icon name="trash" />
              {t('unit.delete')}
            </button>
            <button type="submit" class="button button-main" disabled={!changed || busy}>
              {t('save')}
            </button>
          </footer>
        )}
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  unit: Unit;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

const STATES: UnitState[] = ['CONFIRMED', 'DRAFT', 'ALIGNED'];

function Fields({ unit, draft, onChange }: FieldsProps) {
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <>
      {draft.variants.map((variant, i) => (
        <VariantField
          key={variant.key}
          variant={variant}
          removable={draft.variants.length > 1}
          onChange={(changed) =>
            change({ variants: draft.variants.map((v, j) => (j === i ? changed : v)) })
          }
          onRemove={() => change({ variants: draft.variants.filter((_, j) => j !== i) })}
        />
      ))}
      <button
        type="button"
        class="button button-quiet"
        onClick={() =>
          change({
            variants: [...draft.variants, draftOfVariant({ languageCode: '', text: '' })],
          })
        }
      >
        <Icon name="plus" />
        {t('unit.add')}
      </button>
      <div class="settings-row">
        <label class="field">
          <span class="field-name">{t('unit.state')}</span>
          <select
            value={draft.state}
            onChange={(event) => change({ state: event.currentTarget.value as UnitState })}
          >
            {STATES.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="field field-grow">
          <span class="field-name">{t('unit.notes')}</span>
          <textarea
            rows={1}
            value={draft.notes}
            onInput={(event) => change({ notes: event.currentTarget.value })}
          />
        </label>
      </div>
      <Facts unit={unit} />
    </>
  );
}

// What cannot be edited here.
function Facts({ unit }: { unit: Unit }) {
  const { origin, attribution, externalId } = unit;
  const facts: [string, string | undefined][] = [
    [t('memory'), memoryOf(unit.name)],
    [t('unit.document'), origin?.document],
    [t('unit.previous'), origin?.previous],
    [t('unit.next'), origin?.next],
    [t('unit.external'), externalId],
    [t('unit.creator'), withTime(attribution?.creator, attribution?.creationTime)],
    [t('unit.changer'), withTime(attribution?.changer, attribution?.changeTime)],
    [t('unit.updated'), unit.updateTime && formatTime(unit.updateTime)],
    ...(unit.properties ?? []).map(
      ({ type, value }): [string, string | undefined] => [type, value],
    ),
    [t('unit.name'), unit.name],
  ];
  return (
    <details class="context">
      <summary>{t('unit.facts')}</summary>
      <dl class="sheet">
        {facts
          .filter(([, value]) => value)
          .map(([title, value], i) => (
            <div key={i}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </details>
  );
}

const withTime = (who?: string, when?: string) =>
  [who, when && formatTime(when)].filter(Boolean).join(' · ');
