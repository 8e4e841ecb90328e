package index

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"pakta"
)

// ErrQuery marks errors in what a person asked for.
var ErrQuery = errors.New("bad query")

// Limits of a query. They keep the worst query well below a second.
const (
	maxText  = 1000   // bytes of text and filters together
	maxTerms = 64     // words and filters
	maxSize  = 200    // agreements a page
	maxFrom  = 10_000 // how deep paging goes; export has no such limit
)

// Query says what is asked for. Values of one list are alternatives, different
// fields must all fit. The zero Query asks for everything.
type Query struct {
	// Text is words that must all be there; "quoted words" stand together; a
	// word after "-" must not be there.
	Text string
	// Regions are Kemendagri codes of parties; a province's code stands for
	// its kabupaten and kota too.
	Regions []string
	Sectors []string // codes of urusan
	Kinds   []string
	// Instruments are types: kesepakatan_bersama.
	Instruments []string
	Statuses    []string
	Laws        []string // ids: "UU 23/2014"
	Officials   []string // words of names
	// Since and Until bound the signing date, or the publication of the first
	// report where there is none: YYYY, YYYY-MM or YYYY-MM-DD, both included.
	Since, Until string
	// Sort is relevance, newest, oldest or id; empty is relevance with a
	// text and newest without.
	Sort string
	From int // how many to pass over, at most 10,000
	Size int // how many to give, at most 200; 0 gives 20
}

// listFields are the fields that may stand several times, in the order in
// which String writes them.
func (q *Query) listFields() []listField {
	return []listField{
		{"region", &q.Regions}, {"sector", &q.Sectors}, {"kind", &q.Kinds}, {"instrument", &q.Instruments},
		{"status", &q.Statuses}, {"law", &q.Laws}, {"official", &q.Officials},
	}
}

type listField struct {
	name   string
	values *[]string
}

// ParseQuery reads the query language: words, "phrases", -word, and
// field:value or field:"a value" with the fields region, sector, kind,
// instrument, status, law, official, since, until. Errors wrap [ErrQuery].
func ParseQuery(s string) (Query, error) {
	var q Query
	if len(s) > maxText {
		return q, fmt.Errorf("%w: %d characters; at most %d are read", ErrQuery, len(s), maxText)
	}
	var text []string
	for rest := strings.TrimSpace(s); rest != ""; {
		item, after, err := cutItem(rest)
		if err != nil {
			return Query{}, err
		}
		rest = strings.TrimSpace(after)
		name, value, ok := strings.Cut(item, ":")
		if !ok || !isField(name) {
			text = append(text, item)
			continue
		}
		if n := len(value); n > 1 && value[0] == '"' && value[n-1] == '"' {
			value = value[1 : n-1]
		}
		if err := q.set(name, value); err != nil {
			return Query{}, err
		}
	}
	q.Text = strings.Join(text, " ")
	return q, q.Check()
}

// cutItem cuts the first item off: up to white space, or a closing quote.
func cutItem(s string) (item, rest string, err error) {
	quoted := false
	for i, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && unicode.IsSpace(r):
			return s[:i], s[i:], nil
		}
	}
	if quoted {
		return "", "", fmt.Errorf(`%w: a quotation mark " is not closed`, ErrQuery)
	}
	return s, "", nil
}

func isField(name string) bool {
	var q Query
	return name == "since" || name == "until" ||
		slices.ContainsFunc(q.listFields(), func(f listField) bool { return f.name == name })
}

func (q *Query) set(name, value string) error {
	if value == "" || strings.Contains(value, `"`) {
		return fmt.Errorf(`%w: %s: wants a value, in quotation marks when it has spaces: %s:"UU 23/2014"`, ErrQuery, name, name)
	}
	switch name {
	case "since":
		q.Since = value
	case "until":
		q.Until = value
	}
	for _, f := range q.listFields() {
		if f.name == name {
			*f.values = append(*f.values, value)
		}
	}
	return nil
}

// String writes the query in the language that [ParseQuery] reads; Sort, From
// and Size have no place in it.
func (q Query) String() string {
	var items []string
	if q.Text != "" {
		items = append(items, q.Text)
	}
	add := func(name, value string) {
		if strings.ContainsFunc(value, unicode.IsSpace) {
			value = `"` + value + `"`
		}
		items = append(items, name+":"+value)
	}
	for _, f := range q.listFields() {
		for _, v := range *f.values {
			add(f.name, v)
		}
	}
	if q.Since != "" {
		add("since", q.Since)
	}
	if q.Until != "" {
		add("until", q.Until)
	}
	return strings.Join(items, " ")
}

// Check says what is wrong with a query; its errors wrap [ErrQuery]. Kinds,
// instruments and statuses are brought to their written form.
func (q *Query) Check() error {
	n, size := len(strings.Fields(q.Text)), len(q.Text)
	for _, f := range q.listFields() {
		n += len(*f.values)
		for _, v := range *f.values {
			size += len(v)
		}
	}
	switch {
	case size > maxText:
		return fmt.Errorf("%w: %d characters; at most %d are read", ErrQuery, size, maxText)
	case n > maxTerms:
		return fmt.Errorf("%w: %d words and filters; at most %d are read", ErrQuery, n, maxTerms)
	case q.From < 0 || q.From > maxFrom:
		return fmt.Errorf("%w: from %d: want 0 to %d; to read further, export", ErrQuery, q.From, maxFrom)
	case q.Size < 0 || q.Size > maxSize:
		return fmt.Errorf("%w: size %d: want 1 to %d; to read all, export", ErrQuery, q.Size, maxSize)
	case strings.Count(q.Text, `"`)%2 != 0:
		return fmt.Errorf(`%w: a quotation mark " is not closed`, ErrQuery)
	case !slices.Contains([]string{"", "relevance", "newest", "oldest", "id"}, q.Sort):
		return fmt.Errorf("%w: sort %.20q: want relevance, newest, oldest or id", ErrQuery, q.Sort)
	}
	for _, d := range []string{q.Since, q.Until} {
		if _, _, err := days(d); err != nil {
			return err
		}
	}
	return errors.Join(
		canonical(q.Kinds, pakta.ParseKind), canonical(q.Instruments, pakta.ParseInstrumentType), canonical(q.Statuses, pakta.ParseStatus))
}

// canonical brings values of an enumeration to their written form.
func canonical[T ~string](values []string, parse func(string) (T, error)) error {
	for i, v := range values {
		p, err := parse(v)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrQuery, err)
		}
		values[i] = string(p)
	}
	return nil
}
