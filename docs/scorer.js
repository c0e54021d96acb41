// How the search of the site ranks pages. Sphinx takes this file into the search page (`html_search_scorer`); its own score only
// says whether a word is in some heading of a page, so long pages of reference would come first for everything.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,

  // What people want is mostly how to do something; lists of rules and the history of the project come last.
  place: [
    [/^(how-to\/|getting-started)/, 10],
    [/^(tutorial|explanation\/)/, 4],
    [/^index/, 2],
    [/^reference\/(novu-rules|more)/, -6],
    [/^(changelog|decisions|performance)/, -6],
  ],

  words: (text) => {
    const stemmer = new Stemmer();
    return splitQuery(text.toLowerCase())
      .filter((word) => !stopwords.has(word))
      .map((word) => stemmer.stemWord(word));
  },

  headings: () => {
    const headings = new Map(Search._index.docnames.map((name) => [name, []]));
    for (const [heading, places] of Object.entries(Search._index.alltitles))
      for (const [page] of places) headings.get(Search._index.docnames[page]).push(Scorer.words(heading));
    return headings;
  },

  // From 0 to 1: how many words of the query a heading has, and a little less for other words beside them.
  likeness: (query, heading) => {
    const found = query.filter((word) => heading.includes(word)).length;
    return query.length && heading.length ? (found / query.length) * (0.8 + (0.2 * found) / heading.length) : 0;
  },

  score: ([name, title, anchor]) => {
    const asked = new URLSearchParams(location.search).get("q").trim();
    const query = Scorer.words(asked);
    Scorer.known ??= Scorer.headings();
    const place = Scorer.place.find(([pattern]) => pattern.test(name))?.[1] ?? 0;
    const page = Scorer.likeness(query, Scorer.words(Search._index.titles[Search._index.docnames.indexOf(name)]));
    const best = Math.max(0, ...Scorer.known.get(name).map((heading) => Scorer.likeness(query, heading)));
    const heading = title.split(" > ").pop();
    // a name of the API is looked for in the reference
    if (anchor && (heading === asked || heading.endsWith(`.${asked}`)) && /[._A-Z]/.test(asked)) return 100;
    return place + 20 * page + 12 * best - (anchor ? 5 : 0);
  },
};

// Sphinx wants every word on the page. Where no page has them all, one that has all but a few is a better answer than none.
{
  const withAll = Search.performTermsSearch;
  const chosen = (words, size) =>
    size === 0 ? [[]] : words.flatMap((word, at) => chosen(words.slice(at + 1), size - 1).map((rest) => [word, ...rest]));
  Search.performTermsSearch = (terms, excluded) => {
    const words = [...terms].slice(0, 8); // so that there are few choices
    for (let size = words.length; size > 0; size--) {
      const found = chosen(words, size).flatMap((some) => withAll(new Set(some), excluded));
      if (found.length) return [...new Map(found.map((result) => [result[0], result])).values()];
    }
    return [];
  };
}
