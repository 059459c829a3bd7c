// Line icons; decoration, so hidden from screen readers.
const PATHS = {
  lookup: 'M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13Zm4.8-1.7L20 20',
  search: 'M4 6h16M4 12h7M4 18h5m9.5 2L21 22m-6.5-1a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7Z',
  memories: 'M5 6c0-1.7 3.1-3 7-3s7 1.3 7 3-3.1 3-7 3-7-1.3-7-3Zm0 0v12c0 1.7 3.1 3 7 3s7-1.3 7-3V6M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  check: 'M5 12.5 10 17.5 19 7',
  edit: 'M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4',
  chevron: 'm6 9 6 6 6-6',
  close: 'M6 6l12 12M18 6 6 18',
  upload: 'M12 16V4m0 0L7 9m5-5 5 5M4 17v3h16v-3',
  download: 'M12 4v12m0 0 5-5m-5 5-5-5M4 17v3h16v-3',
  plus: 'M12 5v14M5 12h14',
  trash: 'M4 7h16M9 7V4h6v3m3 0-1 13H7L6 7m4 4v5m4-5v5',
  help: 'M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9v.3m0 3v.1M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18Z',
  sun: 'M12 16a4 4 0 1 1 0-8 4 4 0 0 1 0 8Zm0-14v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4m11.2 11.2L19 19M19 5l-1.4 1.4M6.4 17.6 5 19',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  system: 'M4 5h16v11H4zM9 20h6m-3-4v4',
  undo: 'M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1 1m2 3.600a4 4 0 0 0-6-.4l-3 3a4.200 4.200 0 0 0 6 6l1-1',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" class="logo-ground" />
      <path d="M8 10.500h16" class="logo-one" />
      <path d="M8 16h11" class="logo-two" />
      <path d="M8 21.500h14" class="logo-three" />
    </svg>
  );
}
