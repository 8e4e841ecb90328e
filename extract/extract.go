package extract

import (
	"fmt"
	"slices"
	"sync"

	"pakta"
	"pakta/rules"
)

// Extractor reads articles by one set of rules. It is safe for concurrent
// use.
type Extractor struct {
	set  *rules.Set
	lex  *lexicon
	gate gate

	dates     dateRules
	laws      lawRules
	bodies    bodyRules
	regions   regionRules
	officials officialRules
	deals     dealRules
	modality  modalityRules
	venues    venueRules
	sectors   sectorRules

	pool sync.Pool // of *scratch
}

// scratch is what one extraction needs and the next can use again.
type scratch struct {
	buf []byte
	doc document
}

// New compiles the rules.
func New(set *rules.Set) *Extractor {
	x := &Extractor{set: set, lex: newLexicon(set)}
	x.pool.New = func() any { return &scratch{} }
	x.gate = newGate(x.lex)
	x.dates = newDateRules(x.lex)
	x.laws = newLawRules(x.lex)
	x.bodies = newBodyRules(x.lex)
	x.regions = newRegionRules(x.lex, set)
	x.officials = newOfficialRules(x.lex, set)
	x.deals = newDealRules(x.lex)
	x.modality = newModalityRules(x.lex)
	x.venues = newVenueRules(x.lex, set)
	x.sectors = newSectorRules(x.lex, set)
	x.lex.seal()
	return x
}

// Version is that of the rules; see [rules.Set.Version].
func (x *Extractor) Version() string { return x.set.Version() }

// Extract reads one article. The article is normalised first, so evidence
// counts in the text of [Normalize](a). A bug that makes a rule panic costs
// the article, not the program: the record then holds nothing but a warning
// with code "extractor_failed".
func (x *Extractor) Extract(a *pakta.Article) *pakta.Record {
	rec, _ := x.run(a, runOptions{})
	return rec
}

// Read is Extract without the gate: also an article that has no word of
// agreements is read to its end, for the dates, regions, officials and laws
// that it names. That costs what reading an agreement does.
func (x *Extractor) Read(a *pakta.Article) *pakta.Record {
	rec, _ := x.run(a, runOptions{force: true})
	return rec
}

// Explain reads one article and tells the candidates that gave no value, with
// the reason, in the order they were looked at.
func (x *Extractor) Explain(a *pakta.Article) (*pakta.Record, []Step) {
	return x.run(a, runOptions{trace: true, force: true})
}

// Relevant reports whether the article has words that a report of an
// agreement cannot do without. Most news has none, and is told apart here at
// the cost of one pass over its words.
func (x *Extractor) Relevant(a *pakta.Article) bool {
	s := x.pool.Get().(*scratch)
	defer x.pool.Put(s)
	s.load(x, Normalize(a))
	return x.gate.opens(s.doc.toks)
}

type runOptions struct {
	trace bool // note rejected candidates
	force bool // read everything even when the gate is shut
}

func (x *Extractor) run(a *pakta.Article, o runOptions) (rec *pakta.Record, steps []Step) {
	a = Normalize(a)
	defer func() {
		if p := recover(); p != nil {
			rec, steps = x.failed(a, p), nil
		}
	}()
	s := x.pool.Get().(*scratch)
	s.load(x, a)
	rec = pakta.NewRecord(refOf(a), x.set.Version())
	if o.force || x.gate.opens(s.doc.toks) {
		d := &s.doc
		d.reset(x, a, string(s.buf))
		d.trace = o.trace
		d.read()
		d.assemble(rec)
		steps = slices.Clone(d.steps)
	}
	x.pool.Put(s) // not when a rule panicked: its state is not to be trusted
	return rec, steps
}

// load puts the canonical text of a normalised article and its tokens in s.
func (s *scratch) load(x *Extractor, a *pakta.Article) {
	s.buf = append(s.buf[:0], a.Title...)
	s.buf = append(s.buf, "\n\n"...)
	s.buf = append(s.buf, a.Text...)
	s.doc.toks = x.lex.vocab.tokenize(s.doc.toks[:0], s.buf)
}

// read runs the annotators in the order of their claims.
func (d *document) read() {
	d.readLaws()
	d.readDocumentNumbers()
	d.readQuantities()
	d.readDates()
	d.readBodies()
	d.readRegions()
	d.readCollectiveRegions()
	d.readOfficials()
	d.dropNamesakes()
	d.readFramed()
}

// failed is the record of an article on which a rule panicked.
func (x *Extractor) failed(a *pakta.Article, p any) *pakta.Record {
	rec := pakta.NewRecord(refOf(a), x.set.Version())
	rec.Warnings = append(rec.Warnings, pakta.Warning{
		Code:     "extractor_failed",
		Message:  fmt.Sprintf("reading article %q: %v; this is a bug of the extractor, nothing was read", a.ID, p),
		Evidence: []pakta.Evidence{},
	})
	return rec
}

func refOf(a *pakta.Article) pakta.ArticleRef {
	return pakta.ArticleRef{
		ID: a.ID, URL: pakta.Maybe(a.URL), Site: pakta.Maybe(a.Site), Title: a.Title,
		Published: a.Published, Fetched: a.Fetched,
	}
}
