// Looks up a document, a segment a line:
// node batch.js SERVER FROM TO < DOCUMENT
'use strict';

const fs = require('fs');
const {connect, call, run} = require('./tercet');

const MOST_SEGMENTS = 1000;  // Of one call.

run(async (server, source, target) => {
  const client = connect('LookupService', server);
  const segments =
      fs.readFileSync(0, 'utf8').replace(/\n$/, '').split('\n');
  for (let begin = 0; begin < segments.length; begin += MOST_SEGMENTS) {
    // The lines are neighbours, so an exact match can be one in context.
    const requests = segments.slice(begin, begin + MOST_SEGMENTS)
        .map((text) => ({
          query: {languageCode: source, text},
          targetLanguageCodes: [target],
          maxMatches: 1,
        }));
    const {responses} = await call(client, 'batchLookupSegments',
        {parent: 'memories/-', requests}, 60000);
    for (const {matches: [match]} of responses) {
      console.log(match ?
          `${String(match.score).padStart(3)}  ${match.targets[0].text}` :
          '  -');
    }
  }
  client.close();
});
