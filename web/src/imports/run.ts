// Sends one file, and tells how far it is.
//
// Browsers show a page none of the answer before all of the file is sent, and what
// is sent may wait for long in buffers. Until then the server is asked from time to
// time how far the import is. One that writes nothing cannot be asked for: there the
// bytes that were sent have to do.
import { ApiError, authorization, gotToken, listImports, toError } from '../api';
import type { Import, ImportProblem, ImportProgress, ImportReport, ImportState, UnitState } from '../types';
import { formatOf } from './file_kind';

export interface ImportOptions {
  memory: string;
  state: UnitState;
  overwrite: boolean;
  checkOnly: boolean;
}

export interface Run {
  file: File;
  phase: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  bytesDone: number; // Stored; where nothing is written, read or sent.
  progress: ImportProgress;
  report: ImportReport; // So far; all of it at the end.
  name: string; // Of the import; empty where nothing is written.
  milliseconds: number;
  error?: ApiError;
}

export const newRun = (file: File): Run => ({
  file,
  phase: 'waiting',
  bytesDone: 0,
  progress: {},
  report: {},
  name: '',
  milliseconds: 0,
});

const POLL_MS = 700;

// One message of the answer, or what went wrong.
interface Message {
  started?: Import;
  progress?: ImportProgress;
  problem?: ImportProblem;
  result?: Import;
  error?: unknown;
}

// Calls `follow` with each state of the run, the last one when it resolves.
export async function importFile(
  file: File,
  options: ImportOptions,
  signal: AbortSignal,
  follow: (run: Run) => void,
): Promise<Run> {
  const start = performance.now();
  let run: Run = { ...newRun(file), phase: 'running' };
  const change = (part: Partial<Run>) => {
    run = { ...run, ...part, milliseconds: performance.now() - start };
    follow(run);
  };
  change({});
  const take = (message: Message) => {
    if (message.progress) {
      const bytesDone = Math.max(run.bytesDone, Number(message.progress.bytesRead ?? 0));
      change({ progress: message.progress, bytesDone });
    }
    const told = message.result ?? message.started;
    if (told) change({ name: told.name ?? '', report: told.report ?? {} });
    if (message.error) change({ error: toError(200, JSON.stringify(message)) });
  };
  let asking = false; // One at a time, for an older answer may come later.
  let over = false;
  const poll = setInterval(async () => {
    if (asking) return;
    asking = true;
    const running = await findImport(file, options, 'RUNNING');
    asking = false;
    if (running && !over && !run.progress.unitsRead) {
      const bytesDone = Number(running.durableBytes ?? 0);
      change({ name: running.name ?? '', report: running.report ?? {}, bytesDone });
    }
  }, POLL_MS);
  const status = await send(file, addressOf(file, options), signal, {
    sent: (bytesDone) => change(options.checkOnly ? { bytesDone } : {}),
    message: take,
    failed: (error) => change({ error }),
  });
  clearInterval(poll);
  over = true;
  if (status === 401 && (await gotToken())) return importFile(file, options, signal, follow);
  if (run.error?.reason === 'NETWORK') {
    // The server may have answered before it had all of the file; the browser
    // tells only that it could not send the rest. The import knows why.
    const broken = await findImport(file, options, 'BROKEN_OFF');
    const { errorReason = '', errorMessage = '' } = broken ?? {};
    if (broken?.name && (run.name === '' || run.name === broken.name)) {
      const error = new ApiError(400, errorReason, errorMessage);
      change({ name: broken.name, report: broken.report ?? {}, error });
    }
  }
  if (signal.aborted) change({ phase: 'stopped' });
  else if (run.error) change({ phase: 'failed' });
  else change({ phase: 'done', bytesDone: file.size });
  return run;
}

function addressOf(file: File, options: ImportOptions): string {
  const parameters = new URLSearchParams({
    alt: 'media',
    format: formatOf(file.name),
    source: file.name,
    totalBytes: String(file.size),
    defaultState: options.state,
  });
  if (options.overwrite) parameters.set('writeMode', 'OVERWRITE');
  if (options.checkOnly) parameters.set('validateOnly', 'true');
  return `/v1/memories/${options.memory}:importUnits?${parameters}`;
}

// The file's import in that state; undefined when it is not known.
async function findImport(
  file: File,
  { memory, checkOnly }: ImportOptions,
  wanted: ImportState,
): Promise<Import | undefined> {
  if (checkOnly) return undefined;
  try {
    const { imports = [] } = await listImports(memory, 4);
    return imports.find(({ state, source }) => state === wanted && source === file.name);
  } catch {
    return undefined; // The memory may not be there yet; the import itself tells.
  }
}

interface Listener {
  sent: (bytes: number) => void;
  message: (message: Message) => void;
  failed: (error: ApiError) => void;
}

// Resolves to the HTTP status at the end, however that comes; 0: no answer.
function send(
  file: File,
  address: string,
  signal: AbortSignal,
  listener: Listener,
): Promise<number> {
  return new Promise((resolve) => {
    // fetch() does not tell how much was sent.
    const request = new XMLHttpRequest();
    let read = 0;
    const readLines = () => {
      if (request.status !== 200) return;
      const end = request.responseText.lastIndexOf('\n') + 1;
      const lines = request.responseText.slice(read, end).split('\n').filter(Boolean);
      read = Math.max(read, end);
      for (const line of lines) listener.message(JSON.parse(line) as Message);
    };
    request.open('POST', address);
    for (const [name, value] of Object.entries(authorization())) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => listener.sent(event.loaded);
    request.onprogress = readLines;
    request.onload = () => {
      readLines();
      if (request.status !== 200) listener.failed(toError(request.status, request.responseText));
    };
    request.onerror = () => listener.failed(new ApiError(0, 'NETWORK', ''));
    request.onloadend = () => resolve(request.status);
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
