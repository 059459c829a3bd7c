// Calls of tercetd's JSON API (docs/http.md).
import type {
  Import,
  LookupRequest,
  Match,
  Memory,
  SearchPage,
  SearchRequest,
  ServerInfo,
  Unit,
} from './types';

// An error as the server tells it; reason `NETWORK` when no answer came.
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly metadata: Record<string, string> = {},
    readonly violations: { field: string; description: string }[] = [],
  ) {
    super(message);
  }
}

const TOKEN_KEY = 'tercet.token';

// The token lives as long as the tab, and goes to this server only.
export const token = {
  get: () => sessionStorage.getItem(TOKEN_KEY) ?? '',
  set: (value: string) =>
    value ? sessionStorage.setItem(TOKEN_KEY, value) : sessionStorage.removeItem(TOKEN_KEY),
};

export function authorization(): Record<string, string> {
  return token.get() ? { Authorization: `Bearer ${token.get()}` } : {};
}

// Set by the page: asks the person for a token; null when she gives none.
let askForToken: (wrong: boolean) => Promise<string | null> = async () => null;
export function onTokenWanted(ask: typeof askForToken) {
  askForToken = ask;
}

// For a 401: whether there is a new token to try with.
export async function gotToken(): Promise<boolean> {
  const given = await askForToken(token.get() !== '');
  if (given === null) return false;
  token.set(given);
  return true;
}

export function toError(status: number, text: string): ApiError {
  try {
    const { error } = JSON.parse(text);
    return new ApiError(
      status,
      error.reason,
      error.message,
      error.metadata ?? {},
      error.fieldViolations ?? [],
    );
  } catch {
    return new ApiError(status, `HTTP_${status}`, text.slice(0, 200));
  }
}

async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...authorization(), ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'NETWORK', String(error));
  }
  const text = await response.text();
  if (response.status === 401 && (await gotToken())) return call(method, path, body, signal);
  if (!response.ok) throw toError(response.status, text);
  return JSON.parse(text) as T;
}

// `press` of `memories/press`, and of `memories/press/units/x`.
export const memoryOf = (name: string) => name.split('/')[1] ?? '';

export async function listMemories(): Promise<Memory[]> {
  const memories: Memory[] = [];
  let pageToken = '';
  do {
    const page = await call<{ memories?: Memory[]; nextPageToken?: string }>(
      'GET',
      `/v1/memories?pageSize=1000&pageToken=${encodeURIComponent(pageToken)}`,
    );
    memories.push(...(page.memories ?? []));
    pageToken = page.nextPageToken ?? '';
  } while (pageToken);
  return memories;
}

export const getServerInfo = (signal: AbortSignal) =>
  call<ServerInfo>('GET', '/v1/server', undefined, signal);

export const createMemory = (id: string, displayName: string, penalty: number) =>
  call<Memory>('POST', `/v1/memories?memoryId=${encodeURIComponent(id)}`, {
    displayName,
    penalty,
  });

export const updateMemory = (memory: Memory) =>
  call<Memory>('PATCH', `/v1/${memory.name}?updateMask=displayName,penalty`, memory);

export async function lookup(request: LookupRequest, signal: AbortSignal): Promise<Match[]> {
  const { memory, languageCode, text, previous, next } = request;
  const answer = await call<{ matches?: Match[] }>(
    'POST',
    `/v1/memories/${memory}:lookupSegment`,
    {
      query: { languageCode, text, previous, next },
      targetLanguageCodes: request.targets,
      minScore: request.minScore,
      maxMatches: request.maxMatches,
    },
    signal,
  );
  return answer.matches ?? [];
}

export function search(request: SearchRequest, signal?: AbortSignal): Promise<SearchPage> {
  const condition = (phrase: string, languageCode: string) => ({
    phrases: [phrase],
    allWords: request.allWords,
    form: request.form,
    languageCode,
  });
  const conditions = [condition(request.phrase, request.languageCode)];
  if (request.translationPhrase) conditions.push(condition(request.translationPhrase, ''));
  return call<SearchPage>(
    'POST',
    `/v1/memories/${request.memory}:searchUnits`,
    { conditions, pageSize: 20, pageToken: request.pageToken },
    signal,
  );
}

export const listUnits = (memory: string, pageToken: string, signal: AbortSignal) =>
  call<{ units?: Unit[]; nextPageToken?: string }>(
    'GET',
    `/v1/memories/${memory}/units?pageSize=50&pageToken=${encodeURIComponent(pageToken)}`,
    undefined,
    signal,
  );

export const getUnit = (name: string) => call<Unit>('GET', `/v1/${name}`);

export const createUnit = (memory: string, unit: Omit<Unit, 'name'>) =>
  call<Unit>('POST', `/v1/memories/${memory}/units`, unit);

// `unit.etag` makes it fail when somebody else was faster.
export const updateUnit = (unit: Unit) =>
  call<Unit>('PATCH', `/v1/${unit.name}?updateMask=variants,state,notes`, unit);

export const deleteUnit = (unit: Unit) =>
  call<object>('DELETE', `/v1/${unit.name}?etag=${encodeURIComponent(unit.etag ?? '')}`);

export const exportAddress = (memory: string, format: string) =>
  `/v1/memories/${memory}:exportUnits?alt=media&format=${format}`;

// Newest first.
export const listImports = (
  memory: string,
  pageSize: number,
  pageToken = '',
  signal?: AbortSignal,
) =>
  call<{ imports?: Import[]; nextPageToken?: string }>(
    'GET',
    `/v1/memories/${memory}/imports?pageSize=${pageSize}&pageToken=${encodeURIComponent(pageToken)}`,
    undefined,
    signal,
  );

export const getImport = (name: string) => call<Import>('GET', `/v1/${name}`);

// Takes an import back; how it then is.
export async function undoImport(name: string): Promise<Import> {
  const messages = await stream<{ import?: Import }>('POST', `/v1/${name}:undo`);
  return messages.at(-1)?.import ?? {};
}

// The messages of a call that answers in JSON lines, once it has ended.
async function stream<T>(method: string, path: string): Promise<T[]> {
  const response = await fetch(path, { method, headers: authorization(), body: '{}' });
  const text = await response.text();
  if (response.status === 401 && (await gotToken())) return stream(method, path);
  if (!response.ok) throw toError(response.status, text);
  const lines = text.split('\n').filter(Boolean);
  // What goes wrong in the middle is a line too.
  const failed = lines.find((line) => 'error' in JSON.parse(line));
  if (failed) throw toError(response.status, failed);
  return lines.map((line) => JSON.parse(line) as T);
}
