// Package eval says how right records are: it compares them with labels that
// people gave the same articles.
//
// In go labelled articles ([ParseArticle]) and the records of them, out come
// the faults of each article, with the sentence they are about, and precision,
// recall and F1 of every field with their intervals:
//
//	s := eval.NewScorer(regions, sectors)
//	var tally eval.Tally
//	result := s.Score(article, record) // for each article
//	tally.Add(result)
//	tally.Report().MacroF1
//
// Values are compared as sets, one set an article and field; what counts as
// equal is said at [Field]. The package reads no articles and knows no rules.
package eval
