// Which memory is asked: one, or all.
import { t } from '../i18n';
import { idOf, memoriesOf, memoryList, titleOf } from '../memories/memory_list';
import { useStore } from '../store';

export const ALL = '-';

export interface MemorySelectProps {
  value: string;
  onChange: (memory: string) => void;
}

export function MemorySelect({ value, onChange }: MemorySelectProps) {
  const memories = memoriesOf(useStore(memoryList));
  const known = value === ALL || memories.some((memory) => idOf(memory) === value);
  return (
    <label class="field">
      <span class="field-name">{t('memory')}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value={ALL}>{t('memory.all')}</option>
        {memories.map((memory) => (
          <option key={memory.name} value={idOf(memory)}>
            {titleOf(memory)}
          </option>
        ))}
        {!known && <option value={value}>{value}</option>}
      </select>
    </label>
  );
}
