// How the search of the site ranks what it finds. Sphinx takes this file into the search page (`html_search_scorer`). Its own score only
// says whether a word is in some heading of a page, so long pages of reference would come first for everything. Here, each heading is
// an answer of its own, and so is each question of `questions.md`, which conf.py gives to the search page as `QUESTIONS`.
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
    [/^(tutorial|explanation\/)/, 8],
    [/^index/, 2],
    [/^reference\/(novu-rules|more)/, -6],
    [/^(changelog|decisions|performance)/, -6],
  ],

  words: (text) => {
    const stemmer = new Stemmer();
    return splitQuery(text.toLowerCase())
      .filter((word) => !stopwords.has(word) && !/^(how|do|does|can|i|my|we|you|your|what|when|which|from|only)$/.test(word))
      .map((word) => stemmer.stemWord(word));
  },

  // Where an answer may be: [number of its page, anchor, heading or question, its words].
  sections: () => {
    const headings = Object.entries(Search._index.alltitles).flatMap(([heading, places]) =>
      places.map(([page, id]) => [page, id ? `#${id}` : "", heading])
    );
    const questions = QUESTIONS.map(([name, ...question]) => [Search._index.docnames.indexOf(name), ...question]);
    return [...headings, ...questions].map((section) => [...section, Scorer.words(section[2])]);
  },

  // The words of the query, each with how much it says: worked out once, since each search is a page of its own.
  asked: () => (Scorer.query ??= Scorer.weighed()),

  weighed: () => {
    Scorer.known = Scorer.sections();
    const words = Scorer.words(new URLSearchParams(location.search).get("q"));
    // a word that few sections have says more than one that many have
    const rarity = (word) => Math.log(1 + Scorer.known.length / (1 + Scorer.known.filter((section) => section[3].includes(word)).length));
    return words.map((word) => [word, rarity(word)]);
  },

  // From 0 to 1: how much of the query a heading has, and a little less for other words beside it.
  likeness: (query, heading) => {
    const begins = (word, other) => other.length > 3 && word.startsWith(other) && word.length - other.length < 4;
    const has = (word) =>
      heading.includes(word) ? 1 : heading.some((other) => begins(other, word) || begins(word, other)) ? 0.8 : 0;
    const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
    const found = query.map(([word]) => has(word));
    const share = sum(query.map(([, rarity], at) => rarity * found[at])) / sum(query.map(([, rarity]) => rarity));
    return query.length && heading.length ? share * (0.8 + (0.2 * sum(found)) / heading.length) : 0;
  },

  score: ([name, title, anchor, , score, , kind]) => {
    const place = Scorer.place.find(([pattern]) => pattern.test(name))?.[1] ?? 0;
    if (kind === "section") return place + 40 * score;
    const query = Scorer.asked();
    const page = Search._index.docnames.indexOf(name);
    const likeness = ([, , , words]) => Scorer.likeness(query, words);
    const best = Math.max(0, ...Scorer.known.filter((section) => section[0] === page).map(likeness));
    const heading = title.split(" > ").pop();
    // a name of the API is looked for in the reference
    const asked = new URLSearchParams(location.search).get("q").trim();
    if (anchor && (heading === asked || heading.endsWith(`.${asked}`)) && /[._A-Z]/.test(asked)) return 100;
    return place + 20 * Scorer.likeness(query, Scorer.words(Search._index.titles[page])) + 12 * best - (anchor ? 5 : 0);
  },
};

{
  const search = Search.performTermsSearch;
  // that page only leads to others, and has a word of everything
  const withAll = (terms, excluded) => search(terms, excluded).filter(([name]) => name !== "questions");
  const chosen = (words, size) =>
    size === 0 ? [[]] : words.flatMap((word, at) => chosen(words.slice(at + 1), size - 1).map((rest) => [word, ...rest]));

  // Sphinx wants every word on the page. Where no page has them all, one that has all but a few is a better answer than none.
  const pages = (terms, excluded) => {
    const words = [...terms].slice(0, 8); // so that there are few choices
    for (let size = words.length; size > 0; size--) {
      const found = chosen(words, size).flatMap((some) => withAll(new Set(some), excluded));
      if (found.length) return [...new Map(found.map((result) => [result[0], result])).values()];
    }
    return [];
  };

  const sections = () => {
    const { docnames, filenames, titles } = Search._index;
    const query = Scorer.asked();
    return Scorer.known
      .map(([page, anchor, text, words]) => [page, anchor, text, Scorer.likeness(query, words)])
      .filter(([, , , likeness]) => likeness >= 0.4)
      .map(([page, anchor, text, likeness]) => [
        docnames[page],
        text === titles[page] ? text : `${titles[page]} > ${text}`,
        anchor,
        null,
        likeness,
        filenames[page],
        "section",
      ]);
  };

  Search.performTermsSearch = (terms, excluded) => [...pages(terms, excluded), ...(excluded.size ? [] : sections())];

  // The best answer of each page, but all of a reference: its names are answers of their own. The last one is shown first.
  const all = Search._performSearch;
  Search._performSearch = (...query) => {
    const seen = new Set();
    const first = (result) => {
      const repeated = seen.has(result[0]) && !result[0].startsWith("reference/");
      seen.add(result[0]);
      return !repeated;
    };
    return all(...query).reverse().filter(first).reverse();
  };
}
