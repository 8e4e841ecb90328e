// Package extract reads one article and says what it reports: whether there is
// an agreement between governments in it, who its parties are, when and where
// it was signed, by whom, on what legal basis and in which sectors.
//
// In goes a [pakta.Article], out comes a [pakta.Record] in which every value
// carries the words it was read from and the id of the rule that read them:
//
//	x := extract.New(set)
//	rec := x.Extract(article)
//
// A record is a pure function of article and rules: no clock, disk, network,
// map order or package variable has a part in it, and an [Extractor] may be
// used by any number of goroutines at once.
//
// The work goes in steps. One pass makes tokens; one pass finds every phrase
// of every rule table in them. Annotators (date.go, law.go, region.go,
// official.go ...) turn the phrases they know into findings by small grammars
// and claim their words, in the order given in claim.go. Resolution settles
// what a finding means (Bandung the kabupaten or the kota, who "Bupati Fadhil"
// is, which year "Jumat (8/8)" lies in), and assembly decides roles from the
// frames of an agreement: which regions are its parties, which date is its
// signing. What stays open is written to "unresolved", never guessed.
//
// The package does not fetch, store or merge.
package extract
