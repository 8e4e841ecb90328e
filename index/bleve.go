package index

import (
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
)

// mappingVersion changes whenever documents or their mapping do; an index of
// another version is built anew.
const mappingVersion = "2"

// newMapping says which fields there are; nothing else is indexed.
func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer("terms", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	text := func(name string) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.DocValues = "terms", false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	word := func(name string) {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors = keyword.Name, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	for _, name := range []string{"text", "head", "official"} {
		text(name)
	}
	for _, name := range []string{"region", "party", "sector", "kind", "instrument", "status", "law", "year", "id"} {
		word(name)
	}
	day := bleve.NewNumericFieldMapping()
	day.Store, day.IncludeInAll = false, false
	doc.AddFieldMappingsAt("day", day)
	source := bleve.NewTextFieldMapping()
	source.Index, source.Store, source.IncludeInAll, source.DocValues = false, true, false, false
	doc.AddFieldMappingsAt("source", source)
	m.DefaultMapping = doc
	m.DefaultAnalyzer = keyword.Name
	return m, nil
}

// bleveQuery translates a checked query.
func bleveQuery(q Query) query.Query {
	var must, mustNot []query.Query
	for _, p := range phrases(q.Text) {
		if p.not {
			mustNot = append(mustNot, p.query())
		} else {
			must = append(must, p.query())
		}
	}
	any := func(field string, values []string, fold func(string) string) {
		var should []query.Query
		for _, v := range values {
			t := bleve.NewTermQuery(fold(v))
			t.SetField(field)
			should = append(should, t)
		}
		if len(should) > 0 {
			must = append(must, bleve.NewDisjunctionQuery(should...))
		}
	}
	same := func(s string) string { return s }
	any("region", q.Regions, same)
	any("sector", q.Sectors, same)
	any("kind", q.Kinds, same)
	any("instrument", q.Instruments, same)
	any("status", q.Statuses, same)
	any("law", q.Laws, lawKey)
	must = append(must, officials(q.Officials)...)
	if r := dayRange(q); r != nil {
		must = append(must, r)
	}
	if len(must) == 0 {
		must = append(must, bleve.NewMatchAllQuery())
	}
	b := bleve.NewBooleanQuery()
	b.AddMust(must...)
	b.AddMustNot(mustNot...)
	return b
}

// officials: all words of a name, for one of the names.
func officials(names []string) []query.Query {
	var should []query.Query
	for _, name := range names {
		var all []query.Query
		for _, w := range terms(name) {
			t := bleve.NewTermQuery(w)
			t.SetField("official")
			all = append(all, t)
		}
		if len(all) > 0 {
			should = append(should, bleve.NewConjunctionQuery(all...))
		}
	}
	if len(should) == 0 {
		return nil
	}
	return []query.Query{bleve.NewDisjunctionQuery(should...)}
}

func dayRange(q Query) query.Query {
	since, _, _ := days(q.Since) // Check has seen that both parse
	_, until, _ := days(q.Until)
	if since == 0 && until == 0 {
		return nil
	}
	low, high := max(since, 1), until
	yes := true
	r := bleve.NewNumericRangeInclusiveQuery(&low, &high, &yes, &yes)
	if until == 0 {
		r = bleve.NewNumericRangeInclusiveQuery(&low, nil, &yes, nil)
	}
	r.SetField("day")
	return r
}

// phrase is one item of the text: words that stand together.
type phrase struct {
	words []string
	not   bool
}

// phrases splits a text into its items.
func phrases(text string) []phrase {
	var out []phrase
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 1 {
			out = appendPhrase(out, phrase{words: terms(part)})
			continue
		}
		plain := []string{}
		for _, w := range strings.Fields(part) {
			if rest, not := strings.CutPrefix(w, "-"); not {
				out = appendPhrase(out, phrase{words: terms(rest), not: true})
			} else {
				plain = append(plain, w)
			}
		}
		// Together, so that "kerja sama" is seen as one word.
		for _, w := range terms(strings.Join(plain, " ")) {
			out = append(out, phrase{words: []string{w}})
		}
	}
	return out
}

func appendPhrase(all []phrase, p phrase) []phrase {
	if len(p.words) == 0 {
		return all
	}
	return append(all, p)
}

// query finds the phrase anywhere; in parties and headlines it weighs more.
func (p phrase) query() query.Query {
	fields := []query.Query{}
	for _, f := range []struct {
		name  string
		boost float64
	}{{"text", 1}, {"head", 3}} {
		if len(p.words) == 1 {
			t := bleve.NewTermQuery(p.words[0])
			t.SetField(f.name)
			t.SetBoost(f.boost)
			fields = append(fields, t)
		} else {
			t := bleve.NewPhraseQuery(p.words, f.name)
			t.SetBoost(f.boost)
			fields = append(fields, t)
		}
	}
	return bleve.NewDisjunctionQuery(fields...)
}

// sortOrder is the order that a query asks for; ids settle ties.
func sortOrder(q Query) search.SortOrder {
	by := q.Sort
	if by == "" && q.Text == "" {
		by = "newest"
	}
	switch by {
	case "newest":
		return search.ParseSortOrderStrings([]string{"-day", "id"})
	case "oldest":
		return search.ParseSortOrderStrings([]string{"day", "id"})
	case "id":
		return search.ParseSortOrderStrings([]string{"id"})
	}
	return search.ParseSortOrderStrings([]string{"-_score", "-day", "id"})
}

// facets are the counts that come with every result: field and how many.
var facets = []struct {
	name, field string
	size        int
}{
	{"region", "party", 50}, {"sector", "sector", 32}, {"kind", "kind", 5}, {"instrument", "instrument", 6},
	{"status", "status", 4}, {"year", "year", 50},
}

func addFacets(req *bleve.SearchRequest) {
	for _, f := range facets {
		req.AddFacet(f.name, bleve.NewFacetRequest(f.field, f.size))
	}
}
