// What the page uses of the API's messages, as proto3 JSON has them
// (proto/tercet/v1): fields with their default value are not there, 64-bit
// numbers are strings.

export interface LanguageCount {
  languageCode: string;
  variantCount?: string;
}

export interface Memory {
  name: string;
  displayName?: string;
  penalty?: number;
  unitCount?: string;
  languageCounts?: LanguageCount[];
  createTime?: string;
  updateTime?: string;
  etag?: string;
}

export interface Property {
  type: string;
  value?: string;
}

export interface InlineCode {
  kind: string;
  offset?: number;
  content?: string;
  attributes?: Property[];
  contentIsXml?: boolean;
}

export interface Attribution {
  creator?: string;
  creationTime?: string;
  changer?: string;
  changeTime?: string;
}

export interface Variant {
  languageCode: string;
  text: string;
  codes?: InlineCode[];
  attribution?: Attribution;
  notes?: string[];
  properties?: Property[];
}

export type UnitState = 'CONFIRMED' | 'DRAFT' | 'ALIGNED';

export interface Unit {
  name: string;
  variants?: Variant[];
  sourceLanguageCode?: string;
  origin?: { document?: string; previous?: string; next?: string; key?: string };
  state?: UnitState;
  externalId?: string;
  usageCount?: string;
  attribution?: Attribution;
  notes?: string[];
  properties?: Property[];
  createTime?: string;
  updateTime?: string;
  etag?: string;
}

export type MatchKind = 'FUZZY' | 'NEAR_EXACT' | 'EXACT' | 'EXACT_IN_CONTEXT';
export type EditOp = 'INSERT' | 'DELETE' | 'REPLACE';
export type EditWhat =
  | 'WORD'
  | 'INFLECTION'
  | 'PLACEABLE'
  | 'TAG'
  | 'PUNCTUATION'
  | 'LETTER_FORM'
  | 'SPACING';

// Two spans in code points, ends exclusive.
export interface SpanPair {
  storedBegin?: number;
  storedEnd?: number;
  queryBegin?: number;
  queryEnd?: number;
}

export interface Edit extends SpanPair {
  op: EditOp;
  what: EditWhat;
  cost?: number;
}

export interface PlaceableDifference extends SpanPair {
  kind: string;
  storedValue?: string;
  queryValue?: string;
  carriesOver?: boolean;
}

export interface Penalty {
  reason: string;
  points?: number;
}

export interface AdaptedTarget {
  target?: number;
  text: string;
  codes?: InlineCode[];
}

export interface Match {
  unit: Unit;
  kind: MatchKind;
  score?: number;
  textScore?: number;
  penalties?: Penalty[];
  source: Variant;
  targets?: Variant[];
  edits?: Edit[];
  editCost?: number;
  length?: number;
  placeables?: PlaceableDifference[];
  adaptedTargets?: AdaptedTarget[];
}

export interface LookupRequest {
  memory: string; // An id, or `-` for all.
  languageCode: string;
  text: string;
  previous: string;
  next: string;
  targets: string[];
  minScore: number;
  maxMatches: number;
}

export interface SearchRequest {
  memory: string;
  phrase: string;
  allWords: boolean;
  form: 'FOLDED' | 'EXACT' | 'INFLECTED';
  languageCode: string; // Empty: any.
  translationPhrase: string; // Empty: any; else in another variant.
  pageToken: string;
}

export interface TextSpan {
  begin?: number;
  end?: number;
}

export interface SearchHit {
  unit: Unit;
  variantHits?: { variantIndex?: number; spans?: TextSpan[] }[];
}

export interface SearchPage {
  hits?: SearchHit[];
  nextPageToken?: string;
}

export interface ServerInfo {
  version: string;
  startTime?: string;
  uptimeSeconds?: string;
  memoryCount?: string;
  unitCount?: string;
  scoringVersion?: number;
  diskBytes?: string;
  index?: {
    segmentCount?: string;
    memoryBytes?: string;
    rebuildUnitsDone?: string;
    rebuildUnitsTotal?: string;
  };
}

export interface ImportProgress {
  bytesRead?: string;
  unitsRead?: string;
  unitsDurable?: string;
  unitsPerSecond?: number;
  remaining?: string; // `12.5s`
}

export type ProblemKind = 'FAILED' | 'SKIPPED' | 'WARNING' | 'KEPT';

export interface ImportProblem {
  line?: string;
  reason: string;
  message?: string;
  unitId?: string;
  excerpt?: string;
  file?: string;
  kind?: ProblemKind;
}

export interface ImportReport {
  readCount?: string;
  createdCount?: string;
  updatedCount?: string;
  variantsAddedCount?: string;
  duplicateCount?: string;
  skippedCount?: string;
  failedCount?: string;
  warningCount?: string;
  newVariantCount?: string;
  removedVariantCount?: string;
  reasonCounts?: { kind: ProblemKind; reason: string; count?: string }[];
  problems?: ImportProblem[];
}

export type ImportState = 'RUNNING' | 'DONE' | 'BROKEN_OFF' | 'UNDOING' | 'UNDONE';

export interface Import {
  name?: string; // Empty where nothing was to be written.
  state?: ImportState;
  source?: string;
  createTime?: string;
  updateTime?: string;
  report?: ImportReport;
  durableBytes?: string;
  errorReason?: string;
  errorMessage?: string;
  undo?: { deletedCount?: string; restoredCount?: string; keptCount?: string };
}
