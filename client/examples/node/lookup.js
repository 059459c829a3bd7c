// Looks a sentence up: node lookup.js SERVER FROM TO TEXT
'use strict';

const {connect, call, run} = require('./tercet');

run(async (server, source, target, text) => {
  const client = connect('LookupService', server);
  const {matches} = await call(client, 'lookupSegment', {
    parent: 'memories/-',  // All of them.
    query: {languageCode: source, text},
    targetLanguageCodes: [target],
  }, 5000);
  for (const match of matches) {
    // Where only numbers and dates differ, the text with those of the query.
    const adapted = new Map(
        match.adaptedTargets.map((one) => [one.target, one.text]));
    const score = String(match.score).padStart(3);
    console.log(`${score}  ${match.kind}  ${match.source.text}`);
    match.targets.forEach((variant, number) => {
      console.log(`     ${adapted.get(number) ?? variant.text}`);
    });
  }
  client.close();
});
