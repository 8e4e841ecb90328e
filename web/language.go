package web

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
)

// language is a language of the pages, by its ISO 639-1 code.
type language string

const (
	indonesian language = "id"
	english    language = "en"
)

// other is the language that a page offers beside its own.
func (l language) other() language {
	if l == english {
		return indonesian
	}
	return english
}

// chooseLanguage is the language asked for by ?lang=, which explicit reports,
// else the one the browser prefers, else Indonesian.
func chooseLanguage(r *http.Request) (l language, explicit bool) {
	switch l := language(r.URL.Query().Get("lang")); l {
	case indonesian, english:
		return l, true
	}
	return preferred(r.Header.Get("Accept-Language")), false
}

// preferred reads an Accept-Language header. What it cannot read it skips.
func preferred(header string) language {
	best, weight := indonesian, 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, parameter, _ := strings.Cut(part, ";")
		base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if base == "in" { // the code of before 1989, which old Java still sends
			base = string(indonesian)
		}
		if base != string(indonesian) && base != string(english) {
			continue
		}
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(parameter), "q="); ok {
			var err error
			if q, err = strconv.ParseFloat(v, 64); err != nil {
				continue
			}
		}
		if q > weight {
			best, weight = language(base), q
		}
	}
	return best
}

//go:embed texts
var textFiles embed.FS

// catalog holds the texts of the pages by language and key.
type catalog map[language]map[string]string

// loadCatalog reads texts/pages.csv, whose columns are key, id and en, and the
// English names of the sectors, which are Indonesian by law.
func loadCatalog() (catalog, error) {
	c := catalog{indonesian: {}, english: {}}
	rows, err := readTable(textFiles, "texts/pages.csv", 3)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		c[indonesian][row[0]], c[english][row[0]] = row[1], row[2]
	}
	rows, err = readTable(textFiles, "texts/sectors.csv", 2)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		c[english]["sector."+row[0]] = row[1]
	}
	return c, nil
}

// readTable reads a CSV file of so many columns, without its heading.
func readTable(fsys fs.FS, name string, columns int) ([][]string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = columns
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: no heading", name)
	}
	return rows[1:], nil
}

// text is the text of a key with its arguments, and false when there is none.
func (c catalog) text(l language, key string, args ...any) (string, bool) {
	t, ok := c[l][key]
	if ok && len(args) > 0 {
		t = fmt.Sprintf(t, args...)
	}
	return t, ok
}

// number writes n with the thousands apart as the language does.
func (l language) number(n int64) string {
	separator := byte('.')
	if l == english {
		separator = ','
	}
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i := range len(digits) {
		if left := len(digits) - i; i > 0 && left%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(separator)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}
