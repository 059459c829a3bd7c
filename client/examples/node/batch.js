// Looks up a document, a segment a line:
// node batch.js SERVER FROM TO < DOCUMENT
// Blank lines, which are no segments, come out as blank lines.
'use strict';

const fs = require('fs');
const {connect, call, run} = require('./tercet');

const MOST_SEGMENTS = 1000;  // Of one call.

/** The lines of a text, without what is around them. */
function linesOf(text) {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();  // The last line was ended.
  return lines.map((line) => line.trim());
}

/** A line for each segment: its best match, or that it has none. */
async function lookUp(client, source, target, segments) {
  // The segments are neighbours, so an exact match can be one in context.
  const requests = segments.map((text) => ({
    query: {languageCode: source, text},
    targetLanguageCodes: [target],
    maxMatches: 1,
  }));
  const {responses} = await call(client, 'batchLookupSegments',
      {parent: 'memories/-', requests}, 60000);
  return responses.map(({matches: [match]}) => match ?
      `${String(match.score).padStart(3)}  ${match.targets[0].text}` :
      '  -');
}

run(async (server, source, target) => {
  const client = connect('LookupService', server);
  const lines = linesOf(fs.readFileSync(0, 'utf8'));
  for (let begin = 0; begin < lines.length; begin += MOST_SEGMENTS) {
    const some = lines.slice(begin, begin + MOST_SEGMENTS);
    const segments = some.filter((line) => line !== '');
    // A batch of none is refused.
    const found = segments.length === 0 ?
        [] : await lookUp(client, source, target, segments);
    for (const line of some) console.log(line === '' ? '' : found.shift());
  }
  client.close();
});
