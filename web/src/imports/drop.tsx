// Files that are dropped anywhere on the page, or chosen.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { go } from '../router';
import { createStore } from '../store';
import { Icon } from '../ui/icons';
import { ACCEPTED } from './file_kind';

export interface Incoming {
  files: File[];
  memory: string; // Where they were dropped; empty: nowhere in particular.
}

// Files that wait for the import dialog; null: none.
export const incoming = createStore<Incoming | null>(null);

export function receive(files: File[], memory = '') {
  if (files.length === 0) return;
  incoming.set({ files, memory });
  if (!location.hash.startsWith('#/memories')) go('memories');
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

// Dialogs take no files.
const inDialog = () => document.querySelector('dialog[open]') !== null;

function memoryBelow({ target }: DragEvent): string {
  const card = target instanceof Element ? target.closest('[data-memory]') : null;
  return card?.getAttribute('data-memory') ?? '';
}

// Covers the page while files are held over it.
export function DropCurtain() {
  const [over, setOver] = useState<string | null>(null); // The memory below, or ''.
  useLayoutEffect(() => {
    const listen = new AbortController();
    const on = (name: 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      window.addEventListener(name, handle, { signal: listen.signal });
    on('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault(); // Else the browser would open the file.
      if (inDialog()) {
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
      } else setOver(memoryBelow(event));
    });
    on('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(null);
    });
    on('drop', (event) => {
      setOver(null);
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (inDialog()) return;
      receive(Array.from(event.dataTransfer?.files ?? []), memoryBelow(event));
    });
    return () => listen.abort();
  }, []);
  return over !== null ? (
    <div class="curtain" aria-hidden="true">
      <p>
        <Icon name="upload" />
        {over ? t('import.drop.into', { memory: over }) : t('import.drop.now')}
      </p>
    </div>
  ) : null;
}

export function FileButton({ class: look, children }: { class: string; children: ComponentChildren }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={look} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-hidden="true"
        multiple
        accept={ACCEPTED}
        onChange={(event) => {
          receive(Array.from(event.currentTarget.files ?? []));
          event.currentTarget.value = ''; // So that the same file can be chosen again.
        }}
      />
    </>
  );
}
